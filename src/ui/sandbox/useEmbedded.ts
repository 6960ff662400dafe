import * as vscode from 'vscode';

/** Chooses the embedded sandbox, as the setting would: for who has chosen Docker and has none. */
export async function useEmbedded(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('glovebox');
  await settings.update('sandbox', 'wasm', vscode.ConfigurationTarget.Global);
}
