import * as vscode from 'vscode';

/** The settings editor with what matches. Most settings are the machine's: on a remote they have a tab of their own. */
export async function openSettings(query: string): Promise<void> {
  const command =
    vscode.env.remoteName === undefined
      ? 'workbench.action.openSettings'
      : 'workbench.action.openRemoteSettings';
  await vscode.commands.executeCommand(command, { query });
}
