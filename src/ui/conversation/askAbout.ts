import path from 'node:path';
import * as vscode from 'vscode';
import { GloveboxError } from '../../core/errors.ts';
import type { RunRecord } from '../../core/record.ts';
import { resolveFiles } from '../files/pickFiles.ts';
import type { LazyChat } from './lazyChat.ts';

const longest = 20_000;

/** Puts the selection, or the line of the cursor, into the composer; the person adds the question. */
export async function askAboutSelection(chat: LazyChat): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new GloveboxError('bad-input', vscode.l10n.t('Open a file first.'));
  const text = excerpt(editor, editor.selection);
  await vscode.commands.executeCommand('glovebox.chat.focus');
  const { controller } = await chat.load();
  controller.compose(text);
}

/** The selection as it goes into a request; undefined where nothing is selected. */
export function selectedText(): string | undefined {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  return editor === undefined || editor.selection.isEmpty ? undefined : excerpt(editor, editor.selection);
}

/** The range, or the line of an empty one, with the name of its file and its lines. */
function excerpt({ document }: vscode.TextEditor, range: vscode.Range): string {
  const text = range.isEmpty ? document.lineAt(range.start.line).text : document.getText(range);
  const name = path.posix.basename(document.uri.path);
  const lines = `${range.start.line + 1}-${range.end.line + 1}`;
  return `\n\n${name}:${lines}\n${block(document.languageId, text.slice(0, longest))}\n`;
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

/** Puts a run that failed into the composer: its code and the end of what it said. */
export async function askAboutRun(chat: LazyChat, record: RunRecord): Promise<void> {
  const { result } = record;
  const said = `${result?.stderr ?? ''}`.slice(-4000);
  const lines = [
    vscode.l10n.t('This run ended with {0}. Find out why and mend it.', result?.status ?? 'running'),
    block(record.language, record.code.slice(0, longest)),
    ...(said === '' ? [] : [block('', said)]),
  ];
  const files = await resolveFiles(record.files.map(({ name }) => name));
  await vscode.commands.executeCommand('glovebox.chat.focus');
  const { controller } = await chat.load();
  if (files.length > 0) controller.attach(files);
  controller.compose(lines.join('\n\n'));
}

function block(language: string, text: string): string {
  const fence = fenceFor(text);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A fence that the text itself can't close. */
function fenceFor(text: string): string {
  const longestRun = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(longestRun + 1);
}
