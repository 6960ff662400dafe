import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findCommand, mustRun, run } from './command.ts';
import { canInstallPackages, installPackages } from './debian.ts';
import type { Engine } from './engine.ts';
import { missing, ready, type Log, type Part } from './part.ts';

const name = 'debian:trixie-slim';

/**
 * The image that `sandbox/Dockerfile` starts from. Where no registry can be reached, the same Debian
 * release is put together from the Debian archive and imported under that name.
 */
export async function ensureBaseImage(engine: Engine, log: Log): Promise<Part<string>> {
  const env = { ...process.env, DOCKER_HOST: engine.host };
  const docker = (...args: readonly string[]) => run('docker', args, { env, timeoutMs: 120_000 });
  if ((await docker('image', 'inspect', name)).code === 0) return ready(name);
  log(`docker pull ${name}`);
  if ((await docker('pull', '-q', name)).code === 0) return ready(name);
  const how = `Make "docker pull ${name}" work: check the network and the engine's proxy settings.`;
  if (!canInstallPackages()) return missing(`the image ${name}`, how);
  await installPackages(['debootstrap'], log);
  if ((await findCommand('debootstrap')) === undefined) return missing(`the image ${name}`, how);
  log(`it can't be pulled: putting it together with debootstrap`);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'gbx-base-'));
  try {
    const args = ['--variant=minbase', '--include=ca-certificates', 'trixie', folder];
    await mustRun('debootstrap', args, { timeoutMs: 600_000 });
    await importFolder(folder, env);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return ready(name);
}

async function importFolder(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const tar = spawn('tar', ['-C', folder, '-c', '.'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const load = spawn('docker', ['import', '-', name], { env, stdio: [tar.stdout, 'ignore', 'inherit'] });
  // The importer has its own end of the pipe; ours would keep it open.
  tar.stdout.destroy();
  const [code] = (await once(load, 'close')) as [number | null];
  if (code !== 0) throw new Error(`docker import ${name} ended with ${code ?? 'a signal'}`);
}
