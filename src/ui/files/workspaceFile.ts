import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { GloveboxError } from '../../core/errors.ts';
import { inputChunkBytes, type InputFile } from '../../core/proposal.ts';

/** A file as the sandbox will get it, and where it lies. */
export interface WorkspaceFile extends InputFile {
  readonly uri: vscode.Uri;
}

/** Undefined for what is not there or not a regular file. */
export async function workspaceFile(uri: vscode.Uri, name: string): Promise<WorkspaceFile | undefined> {
  try {
    const stat = await vscode.workspace.fs.stat(uri);
    if ((stat.type & vscode.FileType.File) === 0) return undefined;
    return { uri, name, bytes: stat.size, open: () => contentOf(uri, name) };
  } catch {
    return undefined;
  }
}

/**
 * Whether a file truly lies in the folder, with links resolved: a link in the workspace that points
 * to a private file is not a file of the workspace.
 */
export async function liesWithin(uri: vscode.Uri, folder: vscode.Uri): Promise<boolean> {
  if (uri.scheme !== folder.scheme || uri.authority !== folder.authority) return false;
  if (uri.scheme !== 'file') return uri.path.startsWith(`${folder.path.replace(/\/$/, '')}/`);
  try {
    const relative = path.relative(await realpath(folder.fsPath), await realpath(uri.fsPath));
    return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
  } catch {
    return false;
  }
}

async function* contentOf(uri: vscode.Uri, name: string): AsyncIterable<Uint8Array> {
  if (uri.scheme !== 'file') {
    yield await vscode.workspace.fs.readFile(uri);
    return;
  }
  // Opened once and then looked at, so that nothing can be put in its place between the two.
  const handle = await open(await realpath(uri.fsPath), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    if (!(await handle.stat()).isFile())
      throw new GloveboxError('bad-input', `${name} is not a regular file.`);
    const content = handle.createReadStream({ autoClose: false, highWaterMark: inputChunkBytes });
    for await (const chunk of content) yield chunk as Uint8Array;
  } finally {
    await handle.close();
  }
}
