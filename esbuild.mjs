// Bundles the product into dist/: the extension, the terminal door and the chat page.
// ES modules with splitting, so that what is imported lazily is a file of its own.
// Files are replaced one by one and stale ones removed last, so that dist/ is never without a product.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { thirdPartyNotices } from './scripts/thirdParty.mjs';

const require = createRequire(import.meta.url);
const root = import.meta.dirname;
const dist = path.join(root, 'dist');
const production = process.argv.includes('--production');

const shared = {
  bundle: true,
  sourcemap: production ? false : 'linked',
  minify: production,
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
};
/** Absolute paths of everything that belongs into dist/. */
const written = new Set();
/** Every file that went into a bundle. */
const inputs = new Set();
const note = ({ metafile }) => {
  for (const file of Object.keys(metafile.inputs)) inputs.add(file);
  for (const file of Object.keys(metafile.outputs)) written.add(path.join(root, file));
  return metafile;
};

/** Optional native accelerators of our dependencies: they fall back to JavaScript without them. */
const noNativeModules = {
  name: 'no-native-modules',
  setup(plugin) {
    plugin.onResolve({ filter: /\.node$|^cpu-features$/ }, () => ({ path: 'absent', namespace: 'absent' }));
    plugin.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({
      contents: 'throw new Error("no native modules")',
    }));
  },
};

/**
 * The small zod is what activation loads. Its files are the big one's too, of which LangChain uses
 * everything; kept as modules of their own, the unused part of them can be left out.
 */
const smallZod = {
  name: 'small-zod',
  setup(plugin) {
    const own = (file) => ({ path: file, namespace: 'small-zod', sideEffects: false });
    plugin.onResolve({ filter: /^zod\/mini$/ }, ({ path: name }) =>
      own(require.resolve(name).replace(/\.cjs$/, '.js')),
    );
    plugin.onResolve({ filter: /^\./, namespace: 'small-zod' }, ({ path: name, importer }) =>
      own(path.resolve(path.dirname(importer), name)),
    );
    plugin.onLoad({ filter: /.*/, namespace: 'small-zod' }, async ({ path: file }) => ({
      contents: await readFile(file, 'utf8'),
    }));
  },
};

await mkdir(dist, { recursive: true });

const host = await build({
  ...shared,
  absWorkingDir: root,
  entryPoints: [
    { in: 'src/extension.ts', out: 'extension' },
    { in: 'src/cli.ts', out: 'cli' },
    { in: 'src/deepagents/gloveboxSandbox.ts', out: 'deepagents' },
  ],
  outdir: dist,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  // `deepagents` is a peer of that export alone.
  external: ['vscode', 'deepagents'],
  plugins: [noNativeModules, smallZod],
  // Bundled CommonJS packages call require() for Node's own modules and ask where they are.
  banner: {
    js:
      "import { createRequire as $createRequire } from 'node:module';const require = $createRequire(import.meta.url);" +
      'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
  },
});
const types = path.join(dist, 'deepagents.d.ts');
await cp(path.join(root, 'src/deepagents/published.d.ts'), types);
written.add(types);
// Which file imports which, for the size check of the package.
await mkdir(path.join(root, 'out'), { recursive: true });
await writeFile(path.join(root, 'out', 'bundle.json'), JSON.stringify(note(host)));

const page = await build({
  ...shared,
  absWorkingDir: root,
  entryPoints: ['src/webview/chat.ts'],
  outdir: path.join(dist, 'webview'),
  platform: 'browser',
  target: 'chrome130',
  format: 'iife',
});
note(page);

/** Copies files of a package into a folder of dist/, as they are. */
async function ship(from, folder, files) {
  for (const file of files) {
    const to = path.join(dist, folder, file);
    await cp(path.join(from, file), to);
    written.add(to);
  }
}

const grammars = path.join(path.dirname(require.resolve('@vscode/tree-sitter-wasm/package.json')), 'wasm');
await ship(grammars, 'wasm', [
  'tree-sitter.wasm',
  'tree-sitter-python.wasm',
  'tree-sitter-javascript.wasm',
  'tree-sitter-typescript.wasm',
  'tree-sitter-bash.wasm',
]);

const pyodide = path.dirname(require.resolve('pyodide/package.json'));
await ship(pyodide, 'pyodide', [
  'package.json',
  'pyodide.mjs',
  'pyodide.asm.mjs',
  'pyodide.asm.wasm',
  'python_stdlib.zip',
  'pyodide-lock.json',
]);

const quickjs = path.dirname(path.dirname(require.resolve('quickjs-wasi')));
await ship(quickjs, 'quickjs', [
  'package.json',
  'LICENSE',
  'quickjs.wasm',
  'dist/index.js',
  'dist/wasi-shim.js',
  'dist/extensions.js',
  'dist/version.js',
]);

const grammarPackage = path.dirname(grammars);
const notices = path.join(dist, 'third-party-notices.txt');
await writeFile(notices, await thirdPartyNotices(inputs, [grammarPackage, pyodide, quickjs]));
written.add(notices);

for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  const file = path.join(entry.parentPath, entry.name);
  if (entry.isFile() && !written.has(file)) await rm(file, { force: true });
}
