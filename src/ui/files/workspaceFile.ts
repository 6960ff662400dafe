import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { isBelow } from '../../core/below.ts';
import type { InputFile } from '../../core/proposal.ts';
import { isSecretPath } from '../../core/secretPath.ts';
import { contentAt, seeFile } from '../../files/seenFile.ts';

/** A file as the sandbox will get it, and where it lies. */
export interface WorkspaceFile extends InputFile {
  readonly uri: vscode.Uri;
  /**
   * Whether it may hold secrets: by the name that it was asked for, or only by where the links of that
   * name lead, so that nobody who reads the name could know.
   */
  readonly secret: 'no' | 'named' | 'disguised';
}

/**
 * A file at the place where its links lead now: links that come later are not followed, though it may be
 * saved anew. Undefined for what is not there, not a regular file, or not in the folder `within`.
 */
export async function workspaceFile(
  uri: vscode.Uri,
  name: string,
  within?: vscode.Uri,
): Promise<WorkspaceFile | undefined> {
  try {
    if (uri.scheme !== 'file') return await virtualFile(uri, name);
    const real = await realpath(uri.fsPath);
    const folder = within === undefined ? path.dirname(real) : await realpath(within.fsPath);
    if (!isBelow(path.relative(folder, real))) return undefined;
    const seen = await seeFile(real);
    if (seen === undefined) return undefined;
    // With the folder's own name before it: in an opened `.ssh` everything is a secret, and named as one.
    const place = path.join(path.basename(folder), path.relative(folder, real));
    const opened = within === undefined ? [path.dirname(uri.fsPath)] : [within.fsPath, folder];
    const named = opened.some((each) => isSecretPath(path.join(path.basename(each), name)));
    const secret = named ? 'named' : isSecretPath(place) ? 'disguised' : 'no';
    return { uri, name, place, bytes: seen.bytes, secret, open: () => contentAt(real) };
  } catch {
    return undefined;
  }
}

/** A file that the editor has from elsewhere, where there are no links to us. */
async function virtualFile(uri: vscode.Uri, name: string): Promise<WorkspaceFile | undefined> {
  const stat = await vscode.workspace.fs.stat(uri);
  if ((stat.type & vscode.FileType.File) === 0) return undefined;
  const open = async function* (): AsyncIterable<Uint8Array> {
    yield await vscode.workspace.fs.readFile(uri);
  };
  const secret = isSecretPath(name) || isSecretPath(uri.path) ? 'named' : 'no';
  return { uri, name, place: uri.path, bytes: stat.size, secret, open };
}

/**
 * Whether a file truly lies in the folder, with links resolved: a link in the workspace that points
 * to a private file is not a file of the workspace.
 */
export async function liesWithin(uri: vscode.Uri, folder: vscode.Uri): Promise<boolean> {
  if (uri.scheme !== folder.scheme || uri.authority !== folder.authority) return false;
  if (uri.scheme !== 'file') return uri.path.startsWith(`${folder.path.replace(/\/$/, '')}/`);
  try {
    return isBelow(path.relative(await realpath(folder.fsPath), await realpath(uri.fsPath)));
  } catch {
    return false;
  }
}

/**
 * Whether a file that is not there yet would lie in the folder: it is the nearest folder above it, links
 * resolved, that says where it is made.
 */
export async function wouldLieWithin(file: string, folder: string): Promise<boolean> {
  try {
    const base = await realpath(folder);
    for (let above = path.dirname(file); isIn(folder, above); above = path.dirname(above))
      if (await isThere(above)) return isIn(base, await realpath(above));
    return false;
  } catch {
    return false;
  }
}

async function isThere(name: string): Promise<boolean> {
  return lstat(name).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
}

function isIn(folder: string, place: string): boolean {
  const relative = path.relative(folder, place);
  return relative === '' || isBelow(relative);
}
