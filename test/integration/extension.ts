import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export const extensionId = 'glovebox.glovebox';

export function ownExtension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(extensionId);
  assert.ok(found, 'the extension is not installed in this host');
  return found;
}

/** The folder that the tests were opened on: a copy of the sample workspace. */
export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder, 'the tests were not opened on a folder');
  return folder;
}

/** Writes a file of the workspace and shows it in an editor. */
export async function openFile(name: string, text?: string): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.joinPath(workspaceFolder(), name);
  if (text !== undefined) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

/** Runs a command of the extension and gives the id of the run that it made. */
export async function runCommand(command: string, ...args: readonly unknown[]): Promise<string> {
  const runId = await vscode.commands.executeCommand<unknown>(command, ...args);
  assert.ok(typeof runId === 'string', `${command} gave no run`);
  return runId;
}

/** Does something under a setting of the person's. */
export async function withSetting<T>(name: string, value: unknown, work: () => Promise<T>): Promise<T> {
  const configuration = vscode.workspace.getConfiguration('glovebox');
  await configuration.update(name, value, vscode.ConfigurationTarget.Global);
  try {
    return await work();
  } finally {
    await configuration.update(name, undefined, vscode.ConfigurationTarget.Global);
  }
}

/** A part of a record, as the extension's own documents show it. */
export async function recordText(runId: string, part: 'code' | 'output'): Promise<string> {
  const uri = vscode.Uri.from({
    scheme: 'glovebox-run',
    path: `/${runId}/${part}.txt`,
    query: new URLSearchParams({ run: runId, part }).toString(),
  });
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

/** Waits until `look` gives something, and fails with `what` when it does not. */
export async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail(`waited in vain for ${what}`);
}

/** All tabs that show documents of a scheme, on either side of a diff. */
export function tabsOf(scheme: string): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => {
      if (input instanceof vscode.TabInputText) return input.uri.scheme === scheme;
      return input instanceof vscode.TabInputTextDiff && input.modified.scheme === scheme;
    });
}
