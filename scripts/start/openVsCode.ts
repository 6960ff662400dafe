import { randomBytes } from 'node:crypto';
import { cacheFolder } from '../setup/cacheFolder.ts';
import { findCommand, run } from '../setup/command.ts';
import type { Log } from '../setup/part.ts';
import { ensureWorkbench } from '../setup/workbench.ts';
import { remotePath, workbenchAddress } from '../setup/workbenchAddress.ts';
import { startWorkbenchServer } from '../setup/workbenchServer.ts';

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') !== '';
}

export interface WhatToOpen {
  /** Where the extension is loaded from. */
  readonly root: string;
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;
  /** For the server; the desktop application has the person's own. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Opens VS Code on a folder with the extension loaded: the desktop application where there is one, else a
 * server for the browser, until `signal`.
 */
export async function openVsCode(
  { root, workspace, env, settings }: WhatToOpen,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const code = await findCommand('code');
  if (code !== undefined && hasDisplay()) {
    log('opening VS Code');
    // `--wait` keeps a Docker engine of ours for as long as the window is open.
    await run(code, ['--new-window', '--wait', `--extensionDevelopmentPath=${root}`, workspace], { env });
    return;
  }
  const workbench = await ensureWorkbench(log);
  if (workbench.kind === 'missing') {
    log(`VS Code can't be opened: ${workbench.what} is missing. ${workbench.how}`);
    return;
  }
  const token = randomBytes(24).toString('hex');
  const server = await startWorkbenchServer(workbench.value, {
    token,
    env,
    dataFolder: await cacheFolder('workbench-data'),
    workspaceTrust: true,
    settings: { 'workbench.startupEditor': 'none', 'telemetry.telemetryLevel': 'off', ...settings },
  });
  try {
    const payload: [string, string][] = [['extensionDevelopmentPath', remotePath(server.port, root)]];
    console.log('\nVS Code with Glovebox is at this address, until you press Ctrl+C:\n');
    console.log(`  ${workbenchAddress(server.port, workspace, { token, payload })}\n`);
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    await server.stop();
  }
}
