import path from 'node:path';
import { GloveboxError } from '../../../core/errors.ts';
import { defaultCandidates, type Candidate, type Machine } from './candidates.ts';
import { currentContext, readContext } from './contexts.ts';
import { tlsFolder } from './tlsFolder.ts';

/** What a person may have said about where the engine is; empty means nothing. */
export interface EndpointSettings {
  readonly host?: string;
  readonly context?: string;
}

/**
 * Where to look, in the order of Docker's own tools: the settings, DOCKER_HOST, DOCKER_CONTEXT, the
 * context in use, then the usual sockets. What a person named is looked at alone.
 */
export async function resolveCandidates(
  settings: EndpointSettings,
  machine: Machine,
): Promise<readonly Candidate[]> {
  const { env } = machine;
  const folder = env['DOCKER_CONFIG'] ?? path.join(machine.home, '.docker');
  if (settings.host) return [await named(settings.host, 'the setting glovebox.docker.host', machine)];
  if (settings.context) {
    return context(folder, settings.context, `the context "${settings.context}" of the settings`, machine);
  }
  if (env['DOCKER_HOST']) return [await named(env['DOCKER_HOST'], 'DOCKER_HOST', machine)];
  if (env['DOCKER_CONTEXT']) {
    return context(folder, env['DOCKER_CONTEXT'], `DOCKER_CONTEXT "${env['DOCKER_CONTEXT']}"`, machine);
  }
  const current = await currentContext(folder);
  if (current !== undefined) {
    return context(folder, current, `the Docker context "${current}" that is in use`, machine);
  }
  const podman = env['CONTAINER_HOST'];
  return [
    ...(podman ? [{ ...(await named(podman, 'CONTAINER_HOST', machine)), explicit: false }] : []),
    ...defaultCandidates(machine),
  ];
}

async function context(
  folder: string,
  name: string,
  from: string,
  machine: Machine,
): Promise<readonly Candidate[]> {
  if (name === 'default') return defaultCandidates(machine);
  const found = await readContext(folder, name, from);
  if (found !== undefined) return [found];
  throw new GloveboxError(
    'bad-input',
    `There is no Docker context "${name}" (${from}). "docker context ls" shows those there are.`,
  );
}

/** An address as in DOCKER_HOST; for TCP with the certificates that DOCKER_CERT_PATH names. */
async function named(address: string, from: string, machine: Machine): Promise<Candidate> {
  const host = address.includes('://')
    ? address
    : address.startsWith('/')
      ? `unix://${address}`
      : `tcp://${address}`;
  const candidate = { host, from, explicit: true };
  if (!/^(tcp|https):/.test(host)) return candidate;
  const { env } = machine;
  const verify = (env['DOCKER_TLS_VERIFY'] ?? '') !== '';
  const wanted =
    verify || env['DOCKER_CERT_PATH'] !== undefined || host.startsWith('https:') || /:2376\/?$/.test(host);
  if (!wanted) return candidate;
  const folder = env['DOCKER_CERT_PATH'] ?? path.join(machine.home, '.docker');
  return { ...candidate, tls: (await tlsFolder(folder, false)) ?? { skipVerify: false } };
}
