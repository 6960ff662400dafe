import path from 'node:path';
import * as vscode from 'vscode';
import { GloveboxError } from '../../core/errors.ts';
import { resolveFiles } from '../files/pickFiles.ts';
import type { LazyChat } from './lazyChat.ts';

const longest = 20_000;

/** Puts the selection, or the line of the cursor, into the composer; the person adds the question. */
export async function askAboutSelection(chat: LazyChat): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new GloveboxError('bad-input', vscode.l10n.t('Open a file first.'));
  const { document, selection } = editor;
  const text = selection.isEmpty
    ? document.lineAt(selection.active.line).text
    : document.getText(selection).slice(0, longest);
  const name = path.posix.basename(document.uri.path);
  const lines = `${selection.start.line + 1}-${selection.end.line + 1}`;
  const fence = fenceFor(text);
  await vscode.commands.executeCommand('glovebox.chat.focus');
  const { controller } = await chat.load();
  controller.compose(`\n\n${name}:${lines}\n${fence}${document.languageId}\n${text}\n${fence}\n`);
}

/** Attaches files of the explorer to the next request. */
export async function askAboutFiles(chat: LazyChat, uri: unknown, uris: unknown): Promise<void> {
  const given = Array.isArray(uris) ? uris : [uri];
  const named = given.filter((each) => each instanceof vscode.Uri).map((each) => each.toString());
  const files = await resolveFiles(named);
  await vscode.commands.executeCommand('glovebox.chat.focus');
  const { controller } = await chat.load();
  if (files.length === 0)
    throw new GloveboxError('bad-input', vscode.l10n.t('Only files of this workspace can be attached here.'));
  controller.attach(files);
}

/** A fence that the text itself can't close. */
function fenceFor(text: string): string {
  const longestRun = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(longestRun + 1);
}
