import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';

// The tests of test/integration in VS Code's extension host, through VS Code's standard runner: with the
// stand-in beside this file where there is no display, else with the VS Code that the runner downloads.
const root = path.resolve(import.meta.dirname, '../../..');
const outFolder = path.join(root, 'out', 'integration');

await rm(outFolder, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['test/integration/*.ts'],
  outdir: outFolder,
  outbase: 'test/integration',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  sourcemap: 'inline',
  packages: 'external',
  logLevel: 'warning',
});

// A provider of a language model, as an extension that is installed beside the product.
const extensionsFolder = path.join(outFolder, 'extensions');
const provider = path.join(extensionsFolder, 'glovebox-test.model-provider-0.0.1');
await build({
  absWorkingDir: root,
  entryPoints: ['test/integration/provider/extension.ts'],
  outdir: provider,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  external: ['vscode'],
  logLevel: 'warning',
});
await cp(path.join(root, 'test/integration/provider/package.json'), path.join(provider, 'package.json'));

const workspace = await mkdtemp(path.join(os.tmpdir(), 'gbi-'));
try {
  await cp(path.join(root, 'test', 'fixtures', 'sample'), workspace, { recursive: true });
  const headless = process.platform === 'linux' && process.env['GLOVEBOX_DESKTOP'] === undefined;
  process.exitCode = await runTests({
    ...(headless ? { vscodeExecutablePath: path.join(import.meta.dirname, 'code.ts') } : {}),
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(outFolder, 'index.js'),
    launchArgs: [workspace, `--extensions-dir=${extensionsFolder}`],
    reuseMachineInstall: headless,
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(workspace, { recursive: true, force: true });
}
