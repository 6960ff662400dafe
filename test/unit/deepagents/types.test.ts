import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type * as published from '../../../src/deepagents/published.d.ts';
import type { GloveboxSandbox, GloveboxSandboxOptions } from '../../../src/deepagents/gloveboxSandbox.ts';

// Compiled with everything else: what is published is what there is, no more and no less.
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Fields<T> = { [K in keyof T]-?: { [F in keyof NonNullable<T[K]>]-?: NonNullable<T[K]>[F] } };
const sameOptions: Same<Fields<GloveboxSandboxOptions>, Fields<published.GloveboxSandboxOptions>> = true;
const sameMembers: Same<keyof GloveboxSandbox, keyof published.GloveboxSandbox> = true;
const fits = (real: typeof GloveboxSandbox): typeof published.GloveboxSandbox => real;

const root = path.resolve(import.meta.dirname, '../../..');
const consumer = (timeout: string): string => `
import { GloveboxSandbox, type GloveboxSandboxOptions } from 'glovebox/deepagents';
import { createDeepAgent } from 'deepagents';

const options: GloveboxSandboxOptions = {
  initialFiles: { '/work/a.txt': 'a' },
  limits: { wallMs: 1000 },
  docker: { runtime: 'runsc', packages: ['polars'] },
};
await using sandbox = await GloveboxSandbox.create(options);
export const agent = createDeepAgent({ backend: sandbox });
const { output, exitCode } = await sandbox.execute('ls', { timeout: ${timeout} });
export const said: string = output + String(exitCode) + String(sandbox.isRunning);
`;

describe('the types of glovebox/deepagents', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    assert.ok(sameOptions && sameMembers && typeof fits === 'function');
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-types-'));
    const modules = path.join(folder, 'node_modules');
    // The package as it is installed: its manifest and the types, beside the peer that it asks for.
    await mkdir(path.join(modules, 'glovebox', 'dist'), { recursive: true });
    await cp(path.join(root, 'package.json'), path.join(modules, 'glovebox', 'package.json'));
    await cp(
      path.join(root, 'src/deepagents/published.d.ts'),
      path.join(modules, 'glovebox/dist/deepagents.d.ts'),
    );
    for (const name of ['deepagents', '@types', 'langchain', '@langchain'])
      await symlink(path.join(root, 'node_modules', name), path.join(modules, name));
    const compilerOptions = {
      target: 'es2024',
      lib: ['es2024', 'esnext.disposable'],
      module: 'nodenext',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
    };
    await writeFile(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['use.mts'] }),
    );
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function compile(source: string): Promise<string> {
    await writeFile(path.join(folder, 'use.mts'), source);
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    return promisify(execFile)(process.execPath, [tsc, '-p', folder]).then(
      ({ stdout }) => stdout,
      (error: unknown) => String((error as { stdout?: string }).stdout ?? error),
    );
  }

  it('are found by a project that uses it, with strict checks', async () => {
    assert.equal(await compile(consumer('5')), '');
  });

  it('refuse what it does not take', async () => {
    assert.match(await compile(consumer('"soon"')), /use\.mts.*string.*number/);
  });

  it('name no package but deepagents, which is the only one its user has', async () => {
    const text = await readFile(path.join(root, 'src/deepagents/published.d.ts'), 'utf8');
    const named = [...text.matchAll(/from '([^']+)'/g)].map((match) => match[1]);
    assert.deepEqual(named, ['deepagents']);
  });
});
