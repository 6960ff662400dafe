import * as vscode from 'vscode';
import type { CommandId } from '../commands/commandTable.ts';

/** What the status bar item offers when nothing runs. */
export async function showMenu(): Promise<void> {
  const row = (icon: string, label: string, command: CommandId) => ({
    label: `$(${icon}) ${label}`,
    command,
  });
  const rows = [
    row('comment-discussion', vscode.l10n.t('Ask the agent'), 'glovebox.ask'),
    row('shield', vscode.l10n.t('Run selection in the sandbox'), 'glovebox.runSelection'),
    row('history', vscode.l10n.t('Run history'), 'glovebox.history.focusList'),
    row('book', vscode.l10n.t('Skills'), 'glovebox.showSkills'),
    row('output', vscode.l10n.t('Output'), 'glovebox.showOutput'),
    row('info', vscode.l10n.t('Sandbox state'), 'glovebox.showSandbox'),
    row('sparkle', vscode.l10n.t('Model'), 'glovebox.chooseModel'),
    row('key', vscode.l10n.t('API key'), 'glovebox.setApiKey'),
    row('gear', vscode.l10n.t('Settings'), 'glovebox.openSettings'),
  ];
  const picked = await vscode.window.showQuickPick(rows, { title: 'Glovebox' });
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command);
}
