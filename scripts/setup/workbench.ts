import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './cacheFolder.ts';
import { run } from './command.ts';
import { missing, ready, type Log, type Part } from './part.ts';

/** A VS Code workbench that needs no display: a server for a browser. */
export interface Workbench {
  /** The VS Code server's main file, to be run by the project's Node. */
  readonly server: string;
}

const version = '4.139.1';

function inside(folder: string): Workbench {
  const vscode = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  return { server: path.join(vscode, 'out', 'server-main.js') };
}

/** Output channels are written through a logger whose native part is not compiled: ours is plain Node. */
async function withLogger(folder: string): Promise<Workbench> {
  const workbench = inside(folder);
  const modules = path.join(path.dirname(workbench.server), '..', 'node_modules');
  const logger = path.join(modules, '@vscode', 'spdlog', 'index.js');
  await copyFile(path.join(import.meta.dirname, 'plainLogger.cjs'), logger);
  return workbench;
}

/** code-server out of the npm registry, kept in the cache folder and never among our dependencies. */
export async function ensureWorkbench(log: Log): Promise<Part<Workbench>> {
  const folder = path.join(await cacheFolder('workbench'), version);
  if (existsSync(folder)) return ready(await withLogger(folder));
  if (process.platform === 'win32') return missing('the VS Code server', 'It needs Linux or macOS.');
  log(`installing the VS Code server (code-server ${version}), ≈ 800 MB`);
  const half = `${folder}.${process.pid}`;
  await mkdir(half, { recursive: true });
  await writeFile(path.join(half, 'package.json'), '{"private":true}\n');
  // Its install scripts would compile native modules that the server does without.
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const first = await run('npm', ['install', `code-server@${version}`, ...quiet], { cwd: half });
  const vscode = path.join(half, 'node_modules', 'code-server', 'lib', 'vscode');
  const second =
    first.code === 0 ? await run('npm', ['install', '--omit=dev', ...quiet], { cwd: vscode }) : first;
  if (second.code !== 0) {
    log(second.output.slice(-2000));
    await rm(half, { recursive: true, force: true });
    return missing('the VS Code server', `Make "npm install code-server@${version}" work.`);
  }
  await rename(half, folder);
  return ready(await withLogger(folder));
}
