import * as vscode from 'vscode';
import { DisposableList, Emitter, type Disposable } from '../../core/lifecycle.ts';
import { readSettings, type Settings } from '../../settings/readSettings.ts';
import type { SettingName } from '../../settings/settingTable.ts';
import { notify } from '../output/notify.ts';

export interface WatchedSettings extends Disposable {
  read(): Settings;
  /** Something below `glovebox.` has changed. */
  readonly onDidChange: (listener: () => void) => Disposable;
}

/** The settings as they are now. A value that can't be used is named once, and its default holds. */
export function watchSettings(): WatchedSettings {
  const owned = new DisposableList();
  const told = new Set<SettingName>();
  const changed = owned.push(new Emitter<void>());
  owned.push(
    vscode.workspace.onDidChangeConfiguration((event) => {
      for (const name of told) if (event.affectsConfiguration(`glovebox.${name}`)) told.delete(name);
      if (event.affectsConfiguration('glovebox')) changed.fire();
    }),
  );
  return {
    read() {
      const configuration = vscode.workspace.getConfiguration('glovebox');
      const { settings, unusable } = readSettings((name) => configuration.get(name));
      const fresh = unusable.filter((name) => !told.has(name));
      for (const name of fresh) told.add(name);
      if (fresh.length > 0) void tell(fresh);
      return settings;
    },
    onDidChange: changed.on,
    dispose: () => owned.dispose(),
  };
}

async function tell(names: readonly SettingName[]): Promise<void> {
  const action = vscode.l10n.t('Open Settings');
  const answer = await notify(
    'warning',
    vscode.l10n.t(
      'Glovebox can’t use the value of {0}; the default is used instead.',
      names.map((name) => `glovebox.${name}`).join(', '),
    ),
    action,
  );
  if (answer === action)
    await vscode.commands.executeCommand('glovebox.openSettings', `glovebox.${names[0]}`);
}
