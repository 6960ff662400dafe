import assert from 'node:assert/strict';
import type * as documents from '../../../src/ui/run/codeDocument.ts';
import { hearingEditor, withEditor } from '../../support/fakeEditor.ts';

describe('the code that a button runs', () => {
  const document = (name: string, languageId: string) => ({ languageId, uri: { toString: () => name } });

  async function found(active: object | undefined, visible: readonly object[]) {
    const { editor, heard } = hearingEditor();
    const opened: { content?: string; selection?: unknown } = {};
    const { codeDocument } = await withEditor<typeof documents>('run/codeDocument.ts', {
      ...editor,
      Uri: class {},
      Selection: class {
        readonly lines: readonly number[];
        constructor(...lines: readonly number[]) {
          this.lines = lines;
        }
      },
      window: {
        ...editor.window,
        activeTextEditor: active && { document: active },
        visibleTextEditors: visible.map((each) => ({ document: each })),
        showTextDocument: async () => opened,
      },
      workspace: {
        openTextDocument: async ({ content }: { content: string }) => {
          opened.content = content;
          return { ...document('sample', 'python'), lineCount: content.split('\n').length };
        },
      },
    });
    return { name: (await codeDocument(undefined)).uri.toString(), opened, heard };
  }

  it('is the file in front, else the one beside a page', async () => {
    const python = document('a.py', 'python');
    assert.equal((await found(python, [python])).name, 'a.py');
    const beside = await found(undefined, [document('notes.md', 'markdown'), python]);
    assert.deepEqual([beside.name, beside.heard.messages], ['a.py', []]);
  });

  it('is a sample where no code is open, and that is no error', async () => {
    const { name, opened, heard } = await found(undefined, [document('notes.md', 'markdown')]);
    assert.equal(name, 'sample');
    assert.match(opened.content ?? '', /statistics\.mean/);
    assert.notEqual(opened.selection, undefined);
    assert.equal(heard.messages.length, 1);
    assert.match(heard.messages.join(), /^information: No code was open/);
  });
});
