import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { statSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Memento, Uri } from 'vscode';
import type * as attachNamed from '../../../src/ui/files/attachNamedFiles.ts';
import type * as attach from '../../../src/ui/files/attachPaths.ts';
import type * as pick from '../../../src/ui/files/pickFiles.ts';

interface Row {
  readonly label: string;
  readonly detail?: string;
  readonly picked: boolean;
}

/** As much of the editor as finding files takes, on one folder. */
function editorOn(root: () => string, asked: Row[]): object {
  const uriOf = (fsPath: string): Uri =>
    ({
      scheme: 'file',
      authority: '',
      path: fsPath,
      fsPath,
      toString: () => pathToFileURL(fsPath).href,
    }) as Uri;
  return {
    FileType: { File: 1, Directory: 2 },
    RelativePattern: class {
      readonly folder: Uri;
      constructor(folder: Uri) {
        this.folder = folder;
      }
    },
    Uri: {
      file: uriOf,
      parse: (text: string) => uriOf(new URL(text).pathname),
      joinPath: (uri: Uri, ...more: string[]) => uriOf(path.join(uri.fsPath, ...more)),
    },
    l10n: { t: (text: string) => text },
    window: {
      showQuickPick: async (rows: readonly Row[]) => {
        asked.push(...rows);
        return undefined;
      },
    },
    workspace: {
      get workspaceFolders() {
        return [{ uri: uriOf(root()) }];
      },
      getWorkspaceFolder: () => ({ uri: uriOf(root()) }),
      asRelativePath: (uri: Uri) => path.relative(root(), uri.fsPath),
      findFiles: async ({ folder }: { readonly folder: Uri }) => {
        const entries = await readdir(folder.fsPath, { withFileTypes: true });
        return entries
          .filter((each) => !each.isDirectory())
          .map(({ name }) => uriOf(path.join(folder.fsPath, name)));
      },
      fs: { stat: async (uri: Uri) => ({ type: statSync(uri.fsPath).isDirectory() ? 2 : 1, size: 1 }) },
    },
  };
}

/** Loads a module of the editor's part, and what it imports, with another thing in the editor's place. */
async function load<Module>(name: string, editor: object): Promise<Module> {
  const place = globalThis as unknown as Record<string, unknown>;
  place['testEditor'] = editor;
  const names = 'FileType, RelativePattern, Uri, l10n, window, workspace';
  const source = `export const { ${names} } = globalThis.testEditor;`;
  const hooks = registerHooks({
    resolve: (wanted, context, next) => {
      if (wanted === 'vscode')
        return { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true };
      const found = next(wanted, context);
      return found.url.includes('/src/ui/') ? { ...found, url: `${found.url}?test-editor` } : found;
    },
  });
  try {
    const file = path.join(import.meta.dirname, '../../../src/ui', name);
    return (await import(pathToFileURL(file).href)) as Module;
  } finally {
    hooks.deregister();
    delete place['testEditor'];
  }
}

describe('a secret behind a link of an innocent name', () => {
  let root: string;
  const asked: Row[] = [];
  let named: typeof attachNamed;
  let paths: typeof attach;
  let files: typeof pick;
  before(async () => {
    const editor = editorOn(() => root, asked);
    files = await load('files/pickFiles.ts', editor);
    paths = await load('files/attachPaths.ts', editor);
    named = await load('files/attachNamedFiles.ts', editor);
  });
  beforeEach(async () => {
    asked.length = 0;
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'glovebox-links-')));
    await mkdir(path.join(root, 'data'));
    await mkdir(path.join(root, '.ssh'));
    await writeFile(path.join(root, '.env'), 'DB=the secret');
    await writeFile(path.join(root, '.ssh', 'work'), 'the key');
    await writeFile(path.join(root, 'plain.csv'), 'a,b');
    await symlink('.env', path.join(root, 'sales.csv'));
    await symlink('../.env', path.join(root, 'data', 'costs.csv'));
    await symlink('../plain.csv', path.join(root, 'data', 'same.csv'));
    await symlink('.ssh', path.join(root, 'reports'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('is no file that a name may stand for', async () => {
    const found = await files.resolveFiles(['sales.csv', 'data/costs.csv', 'reports/work', 'data/same.csv']);
    assert.deepEqual(
      found.map(({ name, secret }) => [name, secret]),
      [['data/same.csv', 'no']],
    );
  });

  it('is told from one that is asked for by its own name, however often', async () => {
    const found = await files.resolveFiles(['.env', '.env']);
    assert.deepEqual(
      found.map(({ secret }) => secret),
      ['named', 'named'],
    );
  });

  it('is not among the files of a folder', async () => {
    for (const folder of ['', 'data', 'reports']) {
      const found = await paths.attachPaths([pathToFileURL(path.join(root, folder)).href]);
      const wanted = folder === '' ? ['plain.csv'] : folder === 'data' ? ['data/same.csv'] : [];
      assert.deepEqual(
        found.map(({ name }) => name),
        wanted,
        folder,
      );
    }
  });

  it('is offered with a warning and not picked, where code names it, also when it was picked before', async () => {
    const document = { toString: () => 'x', scheme: 'file', fsPath: path.join(root, 'a.py') } as Uri;
    const memory = {
      get: () => [
        pathToFileURL(path.join(root, 'sales.csv')).href,
        pathToFileURL(path.join(root, 'plain.csv')).href,
      ],
    } as unknown as Memento;
    const code = 'open("sales.csv"); open("plain.csv")';
    assert.equal(await named.attachNamedFiles(code, 'python', document, memory), undefined);
    assert.deepEqual(
      asked.map(({ label, picked, detail }) => [label, picked, detail !== undefined]),
      [
        ['sales.csv', false, true],
        ['plain.csv', true, false],
      ],
    );
  });
});
