import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const execute = promisify(execFile);

/** Prints how long the first validator of a process took to load, with its modules and one grammar. */
const program = `
const from = performance.now();
const { createValidator } = await import(process.argv[1]);
const validator = createValidator({ wasmFolder: process.argv[2] });
await validator.prepare('python');
console.log(performance.now() - from);
await validator.dispose();
`;

/** The validator bundled as it is shipped, loaded by a process of its own at each call. */
export async function freshLoad(root: string): Promise<{ load(): Promise<number>; close(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-bench-'));
  await build({
    absWorkingDir: root,
    entryPoints: ['src/validator/createValidator.ts'],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    splitting: true,
    logLevel: 'error',
    banner: {
      js:
        "import { createRequire as $createRequire } from 'node:module';const require = $createRequire(import.meta.url);" +
        'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
    },
  });
  const module = pathToFileURL(path.join(folder, 'createValidator.mjs')).href;
  const wasmFolder = path.join(root, 'node_modules/@vscode/tree-sitter-wasm/wasm');
  return {
    async load() {
      const args = ['--input-type=module', '-e', program, module, wasmFolder];
      const { stdout } = await execute(process.execPath, args);
      const took = Number(stdout);
      if (!(took > 0)) throw new Error(`The load was not measured: ${stdout}`);
      return took;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
