import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { workbenchAddress } from '../../../scripts/setup/workbenchAddress.ts';
import type { Workbench } from '../../../scripts/setup/workbench.ts';
import { startWorkbenchServer } from '../../../scripts/setup/workbenchServer.ts';
import { launchBrowser } from '../../support/workbench/browser.ts';
import type { ProbeOrder } from './probe.ts';

export interface BenchHost {
  /** Milliseconds that loading and activating this extension takes in an extension host of its own. */
  activation(extension: string): Promise<number>;
  close(): Promise<void>;
}

/** An extension that does nothing: what activating costs in any case. */
export const emptyExtension = 'glovebox-bench.empty';
const limitMs = 60_000;

/** VS Code's server, in which each window that is opened has a fresh extension host. */
export async function openHost(root: string, workbench: Workbench): Promise<BenchHost> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-bench-'));
  const extensions = path.join(folder, 'extensions');
  const probe = await addExtension(extensions, 'probe', ['onStartupFinished']);
  await build({
    entryPoints: [path.join(root, 'test/bench/host/probe.ts')],
    outfile: path.join(probe, 'extension.js'),
    ...{ bundle: true, format: 'esm', platform: 'node', external: ['vscode'], logLevel: 'warning' },
  });
  const empty = await addExtension(extensions, 'empty', []);
  await writeFile(path.join(empty, 'extension.js'), 'export function activate() {}\n');
  // As it is packaged, but for what is not read before it is used.
  const ours = path.join(extensions, 'glovebox.glovebox-0.1.0');
  for (const part of ['package.json', 'package.nls.json', 'dist', 'media'])
    await cp(path.join(root, part), path.join(ours, part), { recursive: true });
  const server = await startWorkbenchServer(workbench, {
    extensionsFolder: extensions,
    settings: {
      'workbench.startupEditor': 'none',
      'telemetry.telemetryLevel': 'off',
      'chat.disableAIFeatures': true,
    },
  });
  const browser = await launchBrowser();
  const address = workbenchAddress(server.port, folder);
  return {
    async activation(extension) {
      const answer = path.join(folder, 'answer.json');
      await rm(answer, { force: true });
      const order: ProbeOrder = { extension, answer };
      await writeFile(path.join(probe, 'order.json'), JSON.stringify(order));
      const window = await browser.newContext();
      try {
        await (await window.newPage()).goto(address);
        return await readAnswer(answer);
      } finally {
        await window.close();
      }
    },
    async close() {
      await browser.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function addExtension(folder: string, name: string, activationEvents: readonly string[]) {
  const own = path.join(folder, `glovebox-bench.${name}-0.0.1`);
  await mkdir(own, { recursive: true });
  const manifest = {
    ...{ name, publisher: 'glovebox-bench', version: '0.0.1', type: 'module', main: './extension.js' },
    engines: { vscode: '^1.125.0' },
    activationEvents,
  };
  await writeFile(path.join(own, 'package.json'), JSON.stringify(manifest));
  return own;
}

async function readAnswer(file: string): Promise<number> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(25)) {
    if (!existsSync(file)) continue;
    const answer = JSON.parse(await readFile(file, 'utf8')) as { ms?: number; problem?: string };
    if (answer.ms === undefined) throw new Error(answer.problem);
    return answer.ms;
  }
  throw new Error('The extension host never said how long the activation took.');
}
