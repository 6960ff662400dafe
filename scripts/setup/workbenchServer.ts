import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcessGroup } from './processGroup.ts';
import type { Workbench } from './workbench.ts';

export interface ServerOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  /** Where extensions are installed; a fresh, empty folder without it. */
  readonly extensionsFolder?: string;
  /** Lets a page run tests in the extension host; hides notification toasts. */
  readonly testDriver?: boolean;
  /** Ask whether a folder is trusted, as VS Code does by default. */
  readonly workspaceTrust?: boolean;
  /** Who opens the address needs this token; without it, whoever reaches the port may. */
  readonly token?: string;
  /** Keeps its state here instead of in a folder that is removed with it. */
  readonly dataFolder?: string;
}

export interface WorkbenchServer {
  readonly port: number;
  /** Also its process group, in which everything runs that it starts. */
  readonly pid: number;
  /** Its data: settings, logs, the extension's storage. */
  readonly folder: string;
  readonly log: () => string;
  stop(): Promise<void>;
}

/** Starts VS Code's server on a free local port, in a process group of its own. */
export async function startWorkbenchServer(
  workbench: Workbench,
  options: ServerOptions = {},
): Promise<WorkbenchServer> {
  const folder = options.dataFolder ?? (await mkdtemp(path.join(os.tmpdir(), 'gbw-')));
  const temporary = path.join(folder, 'tmp');
  await mkdir(temporary, { recursive: true });
  for (const level of ['Machine', 'User']) {
    await mkdir(path.join(folder, 'data', level), { recursive: true });
    const file = path.join(folder, 'data', level, 'settings.json');
    await writeFile(file, JSON.stringify(options.settings ?? {}));
  }
  const port = await freePort();
  const child = spawn(process.execPath, [workbench.server, ...serverArguments(folder, port, options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    // Its sockets and temporary files go with the folder; no extension gallery is asked.
    env: {
      ...process.env,
      TMPDIR: temporary,
      XDG_RUNTIME_DIR: temporary,
      EXTENSIONS_GALLERY: '{"serviceUrl":""}',
      ...options.env,
    },
  });
  let text = '';
  const keep = (chunk: Buffer): void => void (text = (text + chunk.toString('utf8')).slice(-100_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const stop = async (): Promise<void> => {
    await endProcessGroup(child, 5000);
    if (options.dataFolder === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
    if (child.exitCode !== null) break;
    if (await responds(port)) return { port, pid: child.pid ?? 0, folder, log: () => text, stop };
  }
  await stop();
  throw new Error(`The VS Code server did not start:\n${text}`);
}

function serverArguments(folder: string, port: number, options: ServerOptions): readonly string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...(options.token === undefined ? ['--without-connection-token'] : ['--connection-token', options.token]),
    ...['--accept-server-license-terms', '--telemetry-level', 'off'],
    ...['--server-data-dir', folder],
    ...['--extensions-dir', options.extensionsFolder ?? path.join(folder, 'extensions')],
    ...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
    ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
  ];
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

async function responds(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}
