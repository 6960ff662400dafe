import { randomUUID } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { GloveboxError } from '../../core/errors.ts';
import { labelsOf, languageOfEditor, languages, type Language } from '../../core/language.ts';
import { attachNamedFiles } from '../files/attachNamedFiles.ts';
import { notify } from '../output/notify.ts';
import type { RunChannel } from '../output/runChannel.ts';
import { requireTrust } from '../trust/workspaceTrust.ts';
import { codeDocument } from './codeDocument.ts';
import { fileOfCode } from './fileOfCode.ts';
import { runDraft, type DraftParts } from './runDraft.ts';
import { selectedCode, wholeFile, type CodeToRun } from './selectedCode.ts';
import { tellOutcome } from './tellOutcome.ts';

export interface EditorRunParts extends DraftParts {
  readonly channel: RunChannel;
  readonly memory: vscode.Memento;
}

/** Runs the selection or the whole file of an editor: no AI and no key, the same way as all code. */
export async function runEditorCode(
  what: 'selection' | 'file',
  uri: unknown,
  parts: EditorRunParts,
): Promise<string | undefined> {
  requireTrust();
  const document = await codeDocument(uri);
  const language = languageOf(document);
  const found = codeIn(document, language, what);
  if (found === undefined) {
    throw new GloveboxError(
      'bad-input',
      vscode.l10n.t('There is no code to run: {0} is empty.', nameOf(document)),
    );
  }
  const attached = await attachNamedFiles(found.code, language, fileOfCode(document), parts.memory);
  if (attached === undefined) return undefined;
  if (attached.outside.length > 0) {
    void notify(
      'warning',
      vscode.l10n.t(
        'The sandbox can’t have {0}: it lies outside of the folder. Copy it next to the code.',
        attached.outside.slice(0, 3).join(', '),
      ),
    );
  }
  parts.channel.reveal();
  const outcome = await runDraft(
    {
      id: randomUUID(),
      origin: 'selection',
      language,
      code: found.code,
      purpose: '',
      title: found.title,
      files: attached.files,
      cell: found.cell,
    },
    parts,
  );
  void tellOutcome(outcome, parts.log);
  return outcome.result.runId;
}

/** Which of our languages a document is in. */
export function languageOf(document: vscode.TextDocument): Language {
  const language = languageOfEditor(document.languageId);
  if (language !== undefined) return language;
  throw new GloveboxError(
    'bad-input',
    vscode.l10n.t('The sandbox runs {0}; {1} is none of them.', labelsOf(languages), nameOf(document)),
  );
}

export const nameOf = (document: vscode.TextDocument): string => path.posix.basename(document.uri.path);

function codeIn(
  document: vscode.TextDocument,
  language: Language,
  what: 'selection' | 'file',
): CodeToRun | undefined {
  const text = document.getText();
  const name = nameOf(document);
  if (what === 'file') return wholeFile({ name, text });
  const selection = editorOf(document)?.selection;
  if (selection === undefined) return wholeFile({ name, text });
  const lastLine =
    selection.end.character === 0 && selection.end.line > selection.start.line
      ? selection.end.line - 1
      : selection.end.line;
  // From the line's indentation on, so that a selection that starts mid-indent still lines up.
  const lead = document.lineAt(selection.start.line).text.slice(0, selection.start.character);
  const start = lead.trim() === '' ? selection.start.with({ character: 0 }) : selection.start;
  return selectedCode({
    name,
    text,
    language,
    cursorLine: selection.active.line,
    ...(selection.isEmpty
      ? {}
      : {
          selection: {
            text: document.getText(new vscode.Range(start, selection.end)),
            firstLine: selection.start.line,
            lastLine,
          },
        }),
  });
}

/** Where the person is, if a file is open in several editors: each has a selection of its own. */
function editorOf(document: vscode.TextDocument): vscode.TextEditor | undefined {
  const { activeTextEditor: active, visibleTextEditors } = vscode.window;
  return [active, ...visibleTextEditors].find((each) => each?.document === document);
}
