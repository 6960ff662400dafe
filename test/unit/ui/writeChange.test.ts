import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { EditRequest } from '../../../src/core/permission.ts';
import { BehindEntries } from '../../../src/ui/chat/behindEntries.ts';
import type * as changes from '../../../src/ui/permissions/writeChange.ts';
import { hearingEditor, withEditor } from '../../support/fakeEditor.ts';
import { Position, Range } from './editorRange.ts';

class WorkspaceEdit {
  range: Range | undefined;
  text = '';
  replace(_uri: object, range: Range, text: string): void {
    this.range = range;
    this.text = text;
  }
}

describe('a change in an editor that formats on saving', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'gbf-')));
  });
  afterEach(async () => rm(folder, { recursive: true }));

  /** An editor that makes this of a text whenever it saves it. */
  async function formatting(format: (text: string) => string) {
    const { editor, heard } = hearingEditor();
    const uriOf = (fsPath: string) => ({ scheme: 'file', authority: '', path: fsPath, fsPath });
    const documents = new Map<string, { text: string }>();
    const openTextDocument = async ({ fsPath }: { readonly fsPath: string }) => {
      const document = documents.get(fsPath) ?? { text: await readFile(fsPath, 'utf8') };
      documents.set(fsPath, document);
      const save = async (): Promise<boolean> => {
        document.text = format(document.text);
        await writeFile(fsPath, document.text);
        return true;
      };
      return { uri: uriOf(fsPath), isDirty: false, getText: () => document.text, save };
    };
    const applyEdit = async ({ range, text }: WorkspaceEdit): Promise<boolean> => {
      const [document] = documents.values();
      if (document === undefined || range === undefined) return false;
      const lines = document.text.split('\n');
      const offset = ({ line, character }: Position): number =>
        lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, character);
      const { start, end } = range;
      document.text = document.text.slice(0, offset(start)) + text + document.text.slice(offset(end));
      return true;
    };
    const file = await withEditor<typeof changes>('permissions/writeChange.ts', {
      ...editor,
      Position,
      Range,
      WorkspaceEdit,
      Uri: {
        joinPath: ({ fsPath }: { readonly fsPath: string }, name: string) => uriOf(path.join(fsPath, name)),
      },
      workspace: {
        isTrusted: true,
        workspaceFolders: [{ uri: uriOf(folder) }],
        fs: { readFile: async ({ fsPath }: { readonly fsPath: string }) => readFile(fsPath) },
        openTextDocument,
        applyEdit,
      },
    });
    return { ...file, messages: heard.messages };
  }

  async function changeOf(before: string, after: string): Promise<EditRequest> {
    await writeFile(path.join(folder, 'a.py'), before);
    const fileHash = createHash('sha256').update(before).digest('hex');
    const ids = { kind: 'edit', id: 'call-1', threadId: 't', path: 'a.py', hash: 'h' } as const;
    return { ...ids, purpose: 'Test', before, after, fileHash };
  }
  const onDisk = (): Promise<string> => readFile(path.join(folder, 'a.py'), 'utf8');
  /** The change as the chat knows it when its card says that it is done. */
  function afterwards(
    change: EditRequest,
    result: Awaited<ReturnType<typeof changes.undoChange>>,
  ): EditRequest {
    const behind = new BehindEntries([]);
    behind.heard({ kind: 'asked', request: change });
    behind.heard({ kind: 'changed', requestId: change.id, result });
    return behind.edit(change.id)!;
  }

  it('is told with all that was saved, and is taken back', async () => {
    const { changeWriter, undoChange, messages } = await formatting((text) => text.replaceAll('=', ' = '));
    const change = await changeOf('a\nb\n', 'a=1\nb\n');
    const result = await changeWriter(() => undefined).write(change);
    assert.deepEqual(result, { written: true, saved: 'a = 1\nb\n' });
    const known = afterwards(change, result);
    assert.equal(known.after, 'a = 1\nb\n', 'its diff shows what came of it');
    assert.notEqual(known.hash, change.hash, 'a diff that is open shows another text');
    assert.deepEqual(await undoChange(known), { written: true });
    assert.equal(await onDisk(), 'a\nb\n');
    assert.deepEqual(messages, []);
  });

  it('says so where what was before is formatted as well when it is taken back', async () => {
    const { changeWriter, undoChange, messages } = await formatting((text) => `${text.trimEnd()}\n`);
    const change = await changeOf('a = 1', 'a = 2');
    const result = await changeWriter(() => undefined).write(change);
    await undoChange(afterwards(change, result));
    assert.equal(await onDisk(), 'a = 1\n');
    assert.match(
      messages.join(),
      /^warning: a\.py was taken back\. When it was saved, your editor changed more/,
    );
  });

  it('is as it was allowed where nothing is formatted', async () => {
    const { changeWriter } = await formatting((text) => text);
    const change = await changeOf('a = 1\n', 'a = 2\n');
    const result = await changeWriter(() => undefined).write(change);
    assert.deepEqual(result, { written: true });
    assert.equal(afterwards(change, result), change);
  });
});
