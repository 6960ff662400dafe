import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { openSync, closeSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from './cacheFolder.ts';
import { findCommand, run } from './command.ts';
import { canInstallPackages, installPackages } from './debian.ts';
import { missing, ready, type Log, type Part } from './part.ts';
import { endProcessGroup } from './processGroup.ts';

export interface Engine {
  /** As in `DOCKER_HOST`. */
  readonly host: string;
}

const defaultSocket = '/var/run/docker.sock';

/** Whether a Docker engine answers at this `DOCKER_HOST`. */
export async function engineAnswers(host: string): Promise<boolean> {
  if (!host.startsWith('unix://')) {
    const env = { ...process.env, DOCKER_HOST: host };
    return (await run('docker', ['version'], { env, timeoutMs: 10_000 })).code === 0;
  }
  return new Promise((resolve) => {
    const request = http.get(
      { socketPath: host.slice('unix://'.length), path: '/_ping', timeout: 5000 },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

/** The engine that answers, or one that is started for us and ends with `stop`. */
export async function ensureEngine(log: Log): Promise<Part<Engine>> {
  const host = process.env['DOCKER_HOST'] ?? `unix://${defaultSocket}`;
  if (await engineAnswers(host)) {
    log(`using the Docker engine at ${host}`);
    return ready({ host });
  }
  const absent = `a Docker engine at ${host}`;
  if (!host.startsWith('unix://') || process.platform !== 'linux' || !canInstallPackages()) {
    return missing(absent, 'Start Docker Desktop, Podman or "sudo systemctl start docker", then try again.');
  }
  await installPackages(['docker.io', 'iptables', 'runsc'], log);
  const dockerd = await findCommand('dockerd');
  if (dockerd === undefined) return missing(absent, 'Install the package docker.io.');
  return startEngine(dockerd, host, log);
}

async function startEngine(dockerd: string, host: string, log: Log): Promise<Part<Engine>> {
  const state = await mkdtemp(path.join(os.tmpdir(), 'gbx-'));
  const config = path.join(state, 'daemon.json');
  const logFile = path.join(state, 'dockerd.log');
  await writeFile(
    config,
    JSON.stringify({
      'data-root': await cacheFolder('engine'),
      'exec-root': path.join(state, 'exec'),
      pidfile: path.join(state, 'dockerd.pid'),
      hosts: [host],
      runtimes: { runsc: { path: '/usr/bin/runsc', runtimeArgs: ['--network=none'] } },
    }),
  );
  const logTo = openSync(logFile, 'a');
  const extra = (process.env['GLOVEBOX_DOCKERD_ARGS'] ?? '').split(' ').filter((word) => word !== '');
  const child = spawn(dockerd, ['--config-file', config, ...extra], {
    stdio: ['ignore', logTo, logTo],
    detached: true,
  });
  closeSync(logTo);
  const stop = async (): Promise<void> => {
    await endProcessGroup(child, 20_000);
    await rm(state, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(100)) {
    if (child.exitCode !== null) break;
    if (await engineAnswers(host)) {
      log(`started a Docker engine at ${host}`);
      return ready({ host }, stop);
    }
  }
  const tail = (await run('tail', ['-n', '20', logFile])).output;
  await stop();
  return missing(`a Docker engine (dockerd did not start)\n${tail}`, 'See the lines of its log above.');
}
