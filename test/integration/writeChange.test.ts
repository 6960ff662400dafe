import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ChangeResult, EditRequest } from '../../src/core/permission.ts';
import { changeWriter, undoChange } from '../../src/ui/permissions/writeChange.ts';
import { workspaceFolder } from './extension.ts';

describe('writing an allowed change through the editor', () => {
  const heard: ChangeResult[] = [];
  const writer = changeWriter((_change, result) => heard.push(result));
  const placeOf = (name: string): string => path.join(workspaceFolder().fsPath, name);
  const read = (name: string): Promise<string> => readFile(placeOf(name), 'utf8');

  /** The change of a file that was just written, as the agent would propose it. */
  async function changeOf(name: string, text: string, after: string): Promise<EditRequest> {
    await writeFile(placeOf(name), text);
    const fileHash = createHash('sha256').update(text).digest('hex');
    const before = text.replace('\ufeff', '').replaceAll('\r\n', '\n');
    return {
      kind: 'edit',
      id: name,
      threadId: 't',
      path: name,
      purpose: 'Test',
      before,
      after,
      fileHash,
      hash: 'h',
    };
  }

  afterEach(async () => {
    for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('saves it, keeps line ends and byte order mark, and takes it back', async () => {
    const change = await changeOf('crlf.txt', '\ufeffone\r\ntwo\r\nthree\r\n', 'one\n2\nand more\nthree\n');
    assert.deepEqual(await writer.write(change), { written: true });
    assert.equal(await read('crlf.txt'), '\ufeffone\r\n2\r\nand more\r\nthree\r\n');
    assert.deepEqual(await undoChange(change), { written: true });
    assert.equal(await read('crlf.txt'), '\ufeffone\r\ntwo\r\nthree\r\n');
    assert.deepEqual(heard.at(-1), { written: true });
  });

  it('tells what the editor made of it on saving', async () => {
    const formatting = vscode.workspace.onWillSaveTextDocument((event) => {
      const at = event.document.getText().indexOf('=1');
      if (at < 0) return;
      const position = event.document.positionAt(at);
      event.waitUntil(Promise.resolve([vscode.TextEdit.insert(position, ' ')]));
    });
    try {
      const change = await changeOf('formatted.py', 'a = 0\n', 'a=1\n');
      assert.deepEqual(await writer.write(change), { written: true, saved: 'a =1\n' });
      assert.equal(await read('formatted.py'), 'a =1\n');
      assert.deepEqual(await undoChange({ ...change, after: 'a =1\n' }), { written: true });
      assert.equal(await read('formatted.py'), 'a = 0\n');
    } finally {
      formatting.dispose();
    }
  });

  it("is undone by the editor's own undo", async () => {
    const change = await changeOf('undo.py', 'a = 1\n', 'a = 2\n');
    const uri = vscode.Uri.file(placeOf('undo.py'));
    await vscode.window.showTextDocument(uri);
    assert.deepEqual(await writer.write(change), { written: true });
    await vscode.commands.executeCommand('undo');
    assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), 'a = 1\n');
  });

  it('leaves a file alone that has changed on disk', async () => {
    const change = await changeOf('stale.py', 'a = 1\n', 'a = 2\n');
    await writeFile(placeOf('stale.py'), 'a = 3\n');
    const result = await writer.write(change);
    assert.ok(!result.written && /changed since/.test(result.reason), JSON.stringify(result));
    assert.equal(await read('stale.py'), 'a = 3\n');
  });

  it('leaves a file alone that has unsaved changes', async () => {
    const change = await changeOf('dirty.py', 'a = 1\n', 'a = 2\n');
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(placeOf('dirty.py')));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# mine\n'));
    const result = await writer.write(change);
    assert.ok(!result.written && /unsaved changes/.test(result.reason), JSON.stringify(result));
    assert.equal(editor.document.getText(), '# mine\na = 1\n');
  });

  it('makes a new file with its folders, never over another, and takes it away again', async () => {
    const change: EditRequest = {
      kind: 'edit',
      id: 'new',
      threadId: 't',
      path: 'deep/er/new.py',
      purpose: 'Test',
      after: 'print(1)\n',
      hash: 'h',
    };
    assert.deepEqual(await writer.write(change), { written: true });
    assert.equal(await read('deep/er/new.py'), 'print(1)\n');
    assert.equal((await writer.write(change)).written, false);
    assert.deepEqual(await undoChange(change), { written: true });
    await assert.rejects(read('deep/er/new.py'));
  });

  it('does not take back what was changed since', async () => {
    const change = await changeOf('since.py', 'a = 1\n', 'a = 2\n');
    await writer.write(change);
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(placeOf('since.py')));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# mine\n'));
    const result = await undoChange(change);
    assert.ok(!result.written && /changed since/.test(result.reason));
  });

  it('writes nothing behind a link that leads outside', async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), 'gbo-'));
    try {
      await writeFile(path.join(outside, 'far.py'), 'a = 1\n');
      await symlink(path.join(outside, 'far.py'), placeOf('near.py'));
      const result = await writer.write(await changeOf('near.py', 'a = 1\n', 'a = 2\n'));
      assert.equal(result.written, false);
      assert.equal(await readFile(path.join(outside, 'far.py'), 'utf8'), 'a = 1\n');
    } finally {
      await rm(placeOf('near.py'), { force: true });
      await rm(outside, { recursive: true });
    }
  });
});
