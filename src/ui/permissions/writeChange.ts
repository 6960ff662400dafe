import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { ChangeResult, EditRequest } from '../../core/permission.ts';
import type { ChangeWriter } from '../../core/ports.ts';
import { liesWithin, wouldLieWithin } from '../files/workspaceFile.ts';
import { neutralLine } from '../output/controlText.ts';
import { notify } from '../output/notify.ts';
import { requireTrust } from '../trust/workspaceTrust.ts';

/**
 * Writes changes through the editor, so that its own undo takes them back, and saves them. A file with
 * other bytes than the change was made for, or with unsaved changes, stays as it is.
 */
export function changeWriter(heard: (change: EditRequest, result: ChangeResult) => void): ChangeWriter {
  return {
    async write(change) {
      const result = await written(change).catch((error: unknown) =>
        no(error instanceof Error ? error.message : String(error)),
      );
      heard(change, result);
      return result;
    },
  };
}

/** Takes a change back, if the file is still as the change left it. */
export async function undoChange(change: EditRequest): Promise<ChangeResult> {
  const uri = await placeOf(change.path);
  if (uri === undefined) return no(vscode.l10n.t('The file is not there any more.'));
  const document = await vscode.workspace.openTextDocument(uri);
  if (plainText(document) !== change.after)
    return no(vscode.l10n.t('The file has changed since, so the change is not taken back.'));
  if (change.before !== undefined) return takenBack(document, change.before, change.path);
  const edit = new vscode.WorkspaceEdit();
  edit.deleteFile(uri);
  return (await vscode.workspace.applyEdit(edit))
    ? { written: true }
    : no(vscode.l10n.t('The editor refused.'));
}

/** Also says where the person's settings made something else of it on saving. */
async function takenBack(document: vscode.TextDocument, before: string, path: string): Promise<ChangeResult> {
  const result = await replaced(document, before);
  if (result.written && result.saved !== undefined)
    void notify(
      'warning',
      vscode.l10n.t(
        '{0} was taken back. When it was saved, your editor changed more of it, by its settings (a formatter, for example).',
        neutralLine(path, 80),
      ),
    );
  return result;
}

async function written(change: EditRequest): Promise<ChangeResult> {
  requireTrust();
  if (change.before === undefined) return created(change);
  const uri = await placeOf(change.path);
  if (uri === undefined) return no(vscode.l10n.t('The file is not there any more.'));
  const hash = createHash('sha256')
    .update(await vscode.workspace.fs.readFile(uri))
    .digest('hex');
  const document = await vscode.workspace.openTextDocument(uri);
  if (hash !== change.fileHash || plainText(document) !== change.before)
    return no(
      document.isDirty
        ? vscode.l10n.t('It has unsaved changes in the editor. Save or undo them, then ask again.')
        : vscode.l10n.t('It has changed since it was shown. Ask again.'),
    );
  return replaced(document, change.after);
}

async function created(change: EditRequest): Promise<ChangeResult> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  if (folder === undefined) return no(vscode.l10n.t('There is no folder to write it to.'));
  const uri = vscode.Uri.joinPath(folder.uri, change.path);
  const outside = vscode.l10n.t('It would lie outside of the workspace.');
  if (!(await wouldLieWithin(uri.fsPath, folder.uri.fsPath))) return no(outside);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, contents: Buffer.from(change.after) });
  if (!(await vscode.workspace.applyEdit(edit)))
    return no(vscode.l10n.t('The editor could not make the file; it may exist by now.'));
  // A link may have taken a folder's place in between.
  if (await liesWithin(uri, folder.uri)) return { written: true };
  await vscode.workspace.fs.delete(uri);
  return no(outside);
}

/** The file in the folder that the agent looks at, links resolved; undefined where it is not inside. */
async function placeOf(path: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  if (folder === undefined) return undefined;
  const uri = vscode.Uri.joinPath(folder.uri, path);
  return (await liesWithin(uri, folder.uri)) ? uri : undefined;
}

/** Replaces only what differs, so that cursors and marks elsewhere stay. */
async function replaced(document: vscode.TextDocument, after: string): Promise<ChangeResult> {
  const before = plainText(document);
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  // Half of a character that takes two units is no position in a document.
  if (isSecondHalf(before, head) || isSecondHalf(after, head)) head -= 1;
  if (isSecondHalf(before, before.length - tail) || isSecondHalf(after, after.length - tail)) tail -= 1;
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(positionAt(before, head), positionAt(before, before.length - tail));
  edit.replace(document.uri, range, after.slice(head, after.length - tail));
  if (!(await vscode.workspace.applyEdit(edit))) return no(vscode.l10n.t('The editor refused.'));
  if (!(await document.save())) return no(vscode.l10n.t('It could not be saved.'));
  // What the person's settings do on each save, a formatter for example, is done to this one as well.
  const saved = plainText(document);
  return saved === after ? { written: true } : { written: true, saved };
}

/** By lines: offsets of the document count its own line ends, which may be two characters. */
function positionAt(text: string, offset: number): vscode.Position {
  const lines = text.slice(0, offset).split('\n');
  return new vscode.Position(lines.length - 1, lines.at(-1)?.length ?? 0);
}

function isSecondHalf(text: string, offset: number): boolean {
  return offset > 0 && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(offset - 1, offset + 1));
}

function plainText(document: vscode.TextDocument): string {
  return document.getText().replaceAll('\r\n', '\n');
}

const no = (reason: string): ChangeResult => ({ written: false, reason });
