import * as vscode from 'vscode';
import type { CommandId } from '../commands/commandTable.ts';

/** What the status bar item offers when nothing runs: commands, by the names that the palette has for them. */
export async function showMenu(): Promise<void> {
  const row = (icon: string, label: string, command: CommandId) => ({
    label: `$(${icon}) ${label}`,
    command,
  });
  const rows = [
    row('comment-discussion', vscode.l10n.t('Ask the Agent'), 'glovebox.ask'),
    row('shield', vscode.l10n.t('Run Selection in Sandbox'), 'glovebox.runSelection'),
    row('history', vscode.l10n.t('Show Run History'), 'glovebox.history.focusList'),
    row('book', vscode.l10n.t('Show Skills'), 'glovebox.showSkills'),
    row('output', vscode.l10n.t('Show Output'), 'glovebox.showOutput'),
    row('info', vscode.l10n.t('Show Sandbox State'), 'glovebox.showSandbox'),
    row('sparkle', vscode.l10n.t('Choose Model'), 'glovebox.chooseModel'),
    row('key', vscode.l10n.t('Set API Key…'), 'glovebox.setApiKey'),
    row('gear', vscode.l10n.t('Open Settings'), 'glovebox.openSettings'),
  ];
  const picked = await vscode.window.showQuickPick(rows, { title: 'Glovebox' });
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command);
}
