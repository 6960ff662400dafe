import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { mustRun } from './setup/command.ts';
import { z } from 'zod';

// `npm run package`: the product as one VSIX for every platform, within its budgets.
const root = path.dirname(import.meta.dirname);
const packagePath = path.join(root, 'out', 'glovebox.vsix');
const KiB = 1024;
const budgets = { package: 12 * KiB * KiB, entry: 150 * KiB, page: 150 * KiB };

const bundleSchema = z.object({
  outputs: z.record(
    z.string(),
    z.object({
      bytes: z.number(),
      imports: z.array(z.object({ path: z.string(), kind: z.string() })),
    }),
  ),
});

/** Bytes that are loaded with an entry file: the file, and all that it imports statically. */
async function loadedBytes(entry: string): Promise<number> {
  const text = await readFile(path.join(root, 'out', 'bundle.json'), 'utf8');
  const { outputs } = bundleSchema.parse(JSON.parse(text));
  const seen = new Set<string>();
  const visit = (file: string): number => {
    const output = outputs[file];
    if (output === undefined || seen.has(file)) return 0;
    seen.add(file);
    const next = output.imports.filter(({ kind }) => kind === 'import-statement');
    return next.reduce((bytes, imported) => bytes + visit(imported.path), output.bytes);
  };
  return visit(entry);
}

// A package that could not be built must not leave an older one in its place.
await rm(packagePath, { force: true });
await mustRun('node', [path.join(root, 'esbuild.mjs'), '--production'], { echo: true });
await mkdir(path.dirname(packagePath), { recursive: true });
await createVSIX({
  cwd: root,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});

const problems: string[] = [];
const within = (what: string, bytes: number, budget: number): void => {
  console.log(`${what}: ${(bytes / KiB).toFixed(0)} KiB of ${(budget / KiB).toFixed(0)} KiB`);
  if (bytes > budget) problems.push(`${what} is over its budget`);
};
const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
within('the package', (await stat(packagePath)).size, budgets.package);
within('what activation loads', await loadedBytes('dist/extension.js'), budgets.entry);
const page = files.filter((file) => /^dist\/webview\/.*\.js$/.test(file));
for (const file of page) within(file, (await stat(path.join(root, file))).size, budgets.page);
for (const file of files.filter((name) => /\.(node|so|dylib|dll|exe|pyc|ts|map)$/.test(name))) {
  problems.push(`${file} does not belong into the package`);
}
for (const needed of ['dist/extension.js', 'dist/webview/chat.js', 'sandbox/Dockerfile', 'README.md']) {
  if (!files.includes(needed)) problems.push(`${needed} is missing in the package`);
}
for (const problem of problems) console.error(`package: ${problem}`);
console.log(packagePath);
process.exitCode = problems.length === 0 ? 0 : 1;
