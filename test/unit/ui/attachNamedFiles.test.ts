import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Memento, Uri } from 'vscode';
import type * as attaching from '../../../src/ui/files/attachNamedFiles.ts';
import { withEditor } from '../../support/fakeEditor.ts';
import { uriOf } from './editorUri.ts';

interface Row {
  readonly label: string;
}
interface Asked {
  readonly names: readonly string[];
  readonly placeHolder: string;
}

describe('the files that code names', () => {
  let root: string;
  beforeEach(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'glovebox-named-')));
    for (const name of ['a.csv', 'b.csv']) await writeFile(path.join(root, name), 'x');
  });
  afterEach(() => rm(root, { recursive: true }));

  /** Runs of one window, in which the person leaves these files picked. */
  async function runs(document = uriOf(path.join(root, 'program.py'))) {
    const asked: Asked[] = [];
    let left: readonly string[] = [];
    const { attachNamedFiles } = await withEditor<typeof attaching>('files/attachNamedFiles.ts', {
      Uri: { joinPath: (uri: Uri, ...more: string[]) => uriOf(path.join(uri.fsPath, ...more)) },
      workspace: {
        getWorkspaceFolder: ({ scheme }: Uri) => (scheme === 'file' ? { uri: uriOf(root) } : undefined),
        workspaceFolders: [{ uri: uriOf(root) }],
      },
      window: {
        showQuickPick: async (rows: readonly Row[], { placeHolder }: { readonly placeHolder: string }) => {
          asked.push({ names: rows.map(({ label }) => label), placeHolder });
          return rows.filter(({ label }) => left.includes(label));
        },
      },
    });
    const kept = new Map<string, unknown>();
    const memory = {
      get: (key: string, other: unknown) => kept.get(key) ?? other,
      update: async (key: string, value: unknown) => void kept.set(key, value),
    } as unknown as Memento;
    const run = async (code: string, picks: readonly string[]) => {
      left = picks;
      const attached = await attachNamedFiles(code, 'python', document, memory);
      return attached?.files.map(({ name }) => name);
    };
    return { asked, run };
  }

  it('are asked for once, and again where the last word on one of them was no', async () => {
    const { asked, run } = await runs();
    const both = 'open("a.csv"); open("b.csv")';
    assert.deepEqual(await run('open("a.csv")', ['a.csv']), ['a.csv']);
    assert.deepEqual(await run('open("a.csv")', []), ['a.csv'], 'was picked before');
    assert.deepEqual(await run(both, ['b.csv']), ['b.csv']);
    assert.deepEqual(await run(both, ['b.csv']), ['b.csv'], 'was unpicked');
    assert.deepEqual(await run('open("b.csv")', []), ['b.csv']);
    assert.deepEqual(
      asked.map(({ names }) => names),
      [['a.csv'], ['a.csv', 'b.csv'], ['a.csv', 'b.csv']],
    );
  });

  it('lie in the only folder where the code was never saved', async () => {
    const { run } = await runs(uriOf('Untitled-1', 'untitled'));
    assert.deepEqual(await run('open("a.csv")', ['a.csv']), ['a.csv']);
  });

  it('are said to go in as copies, which a program may change', async () => {
    const { asked, run } = await runs();
    await run('open("a.csv")', []);
    assert.match(asked[0]?.placeHolder ?? '', /gets a copy of those you pick.*yours can’t be changed/);
  });
});
