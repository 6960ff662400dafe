import * as vscode from 'vscode';
import { GloveboxError } from '../../core/errors.ts';
import type { RunRecord } from '../../core/record.ts';
import { maskSecrets } from '../../core/secrets.ts';
import { resolveFiles } from '../files/pickFiles.ts';
import { neutralLine } from '../output/controlText.ts';
import type { KnownSecrets } from '../output/screenText.ts';
import { howItEnded } from './howItEnded.ts';
import { block, excerpt } from './excerpt.ts';
import type { LazyChat } from './lazyChat.ts';
import type { ChatController } from '../chat/chatController.ts';

/** Puts the selection, or the line of the cursor, into the composer; the person adds the question. */
export async function askAboutSelection(chat: LazyChat): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new GloveboxError('bad-input', vscode.l10n.t('Open a file first.'));
  const text = excerpt(editor.document, editor.selection);
  await inChat(chat, (controller) => controller.compose(text, false, true));
}

/** Attaches files of the explorer to the next request. */
export async function askAboutFiles(chat: LazyChat, uri: unknown, uris: unknown): Promise<void> {
  const given = Array.isArray(uris) ? uris : [uri];
  const named = given.filter((each) => each instanceof vscode.Uri).map((each) => each.toString());
  const files = await resolveFiles(named);
  await inChat(chat, (controller) => controller.attach(files));
  if (files.length === 0)
    throw new GloveboxError('bad-input', vscode.l10n.t('Only files of this workspace can be attached here.'));
}

/** Puts a problem that the editor shows into the composer, with the lines around it and its file. */
export async function askAboutProblem(
  chat: LazyChat,
  uri: unknown,
  line: unknown,
  message: unknown,
): Promise<void> {
  if (!(uri instanceof vscode.Uri) || typeof line !== 'number' || typeof message !== 'string')
    throw new GloveboxError('bad-input', vscode.l10n.t('Use the light bulb at an error in a file.'));
  const document = await vscode.workspace.openTextDocument(uri);
  const last = document.lineCount - 1;
  const range = new vscode.Range(Math.max(0, line - 10), 0, Math.min(last, line + 10), 10_000);
  const name = vscode.workspace.asRelativePath(uri, false);
  const files = await resolveFiles([uri.toString()]);
  const asked = vscode.l10n.t(
    'Fix this error in line {0} of {1}: {2}',
    line + 1,
    name,
    neutralLine(message, 500),
  );
  const text = `${asked}${excerpt(document, document.validateRange(range))}`;
  await inChat(chat, (controller) => {
    controller.attach(files);
    controller.compose(text, true);
  });
}

/** Puts a run that failed into the composer: its code and the end of what it said. */
export async function askAboutRun(chat: LazyChat, record: RunRecord, secrets: KnownSecrets): Promise<void> {
  const { result } = record;
  const said = maskSecrets(result?.stderr ?? '', secrets()).slice(-4000);
  const lines = [
    vscode.l10n.t('{0} Find out why, and fix it.', howItEnded(result)),
    block(record.language, record.code),
    ...(said === '' ? [] : [block('', said)]),
    // What the sandbox said of it, such as what was missing.
    ...(result?.notices ?? []).map((notice) => neutralLine(maskSecrets(notice, secrets()), 500)),
  ];
  const files = await resolveFiles(record.files.map(({ name }) => name));
  await inChat(chat, (controller) => {
    controller.attach(files);
    controller.compose(lines.join('\n\n'), true);
  });
}

/** Brings the chat to the front. What it is given waits for its page by itself, however long that takes. */
async function inChat(chat: LazyChat, give: (controller: ChatController) => void): Promise<void> {
  const opened = vscode.commands.executeCommand('glovebox.chat.focus');
  await Promise.all([opened, chat.load().then(({ controller }) => give(controller))]);
}
