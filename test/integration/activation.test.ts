import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandTable } from '../../src/ui/commands/commandTable.ts';
import { settingTable, type SettingName } from '../../src/settings/settingTable.ts';
import { ownExtension } from './extension.ts';

describe('the extension in its host', () => {
  it('sleeps until something of it is used, and then has every command', async () => {
    assert.equal(ownExtension().isActive, false);
    await vscode.commands.executeCommand('glovebox.history.refresh');
    assert.equal(ownExtension().isActive, true);
    const all = await vscode.commands.getCommands(true);
    const missing = Object.keys(commandTable).filter((id) => !all.includes(id));
    assert.deepEqual(missing, []);
  });

  it('has the settings of its table, and keeps workspaces from setting what is the machine’s', async () => {
    const configuration = vscode.workspace.getConfiguration('glovebox');
    for (const [name, row] of Object.entries(settingTable)) {
      const seen = configuration.inspect(name);
      assert.deepEqual(seen?.defaultValue, row.default, name);
    }
    const machine = Object.keys(settingTable).filter(
      (name) => settingTable[name as SettingName].scope === 'machine',
    );
    assert.ok(machine.length > 10);
    for (const name of machine) {
      await assert.rejects(
        async () =>
          configuration.update(
            name,
            settingTable[name as SettingName].default,
            vscode.ConfigurationTarget.Workspace,
          ),
        name,
      );
    }
  });

  it('tells assistants about its tool', () => {
    const tool = vscode.lm.tools.find(({ name }) => name === 'glovebox_run_code');
    assert.ok(tool);
    assert.match(JSON.stringify(tool.inputSchema), /"required":\["language","code","purpose"\]/);
  });
});
