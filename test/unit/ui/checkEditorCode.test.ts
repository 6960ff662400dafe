import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import type { Report } from '../../../src/core/finding.ts';
import type * as checking from '../../../src/ui/run/checkEditorCode.ts';
import type * as lying from '../../../src/ui/run/fileOfCode.ts';
import type { UiApp } from '../../../src/ui/uiApp.ts';
import { hearingEditor, withEditor } from '../../support/fakeEditor.ts';
import { uriOf } from './editorUri.ts';

const clean: Report = { verdict: 'allow', findings: [] };
const nothing = { dispose: () => undefined };

describe('a file of the editor that is checked', () => {
  /** Checks a document that this happens to while it is checked for the first time. */
  async function checked(happens: (document: { version: number; isClosed: boolean }) => void) {
    const { editor, heard } = hearingEditor();
    const marked: string[] = [];
    const collection = {
      set: (uri: unknown) => marked.push(String(uri)),
      delete: () => undefined,
      ...nothing,
    };
    const { EditorFindings } = await withEditor<typeof checking>('run/checkEditorCode.ts', {
      ...editor,
      languages: { createDiagnosticCollection: () => collection },
      workspace: { onDidChangeTextDocument: () => nothing, onDidCloseTextDocument: () => nothing },
    });
    const document = {
      uri: uriOf('/w/a.py'),
      languageId: 'python',
      version: 1,
      isClosed: false,
      getText: () => `version ${document.version}`,
    };
    const read: string[] = [];
    const check = async (_language: string, code: string): Promise<Report> => {
      read.push(code);
      if (read.length === 1) happens(document);
      return clean;
    };
    const app = async () => ({ validator: { check } }) as unknown as UiApp;
    await new EditorFindings(app, () => undefined).check(document as unknown as TextDocument);
    return { read, marked, messages: heard.messages };
  }

  it('is marked once', async () => {
    const { read, marked, messages } = await checked(() => undefined);
    assert.deepEqual([read.length, marked.length, messages.length], [1, 1, 1]);
  });

  it('is checked anew where it was changed meanwhile, for the places are others now', async () => {
    const { read, marked } = await checked((document) => (document.version += 1));
    assert.deepEqual([read, marked.length], [['version 1', 'version 2'], 1]);
  });

  it('is not marked where it was closed meanwhile', async () => {
    const { marked, messages } = await checked((document) => (document.isClosed = true));
    assert.deepEqual([marked, messages], [[], []]);
  });
});

describe('the file in which code lies', () => {
  it('is the notebook of a cell, and else its own', async () => {
    const document = { uri: uriOf('/w/a.ipynb', 'vscode-notebook-cell') } as TextDocument;
    const alone = { uri: uriOf('/w/a.py') } as TextDocument;
    const notebook = { uri: uriOf('/w/a.ipynb'), getCells: () => [{ document }] };
    const { fileOfCode } = await withEditor<typeof lying>('run/fileOfCode.ts', {
      workspace: { notebookDocuments: [notebook] },
    });
    assert.equal(fileOfCode(document), notebook.uri);
    assert.equal(fileOfCode(alone), alone.uri);
  });
});
