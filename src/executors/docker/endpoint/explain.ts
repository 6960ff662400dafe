import type { Candidate } from './candidates.ts';
import { WrongContainers } from './identify.ts';

/** Why an engine could not be reached, ordered by how much it tells. */
export type Failure =
  | {
      readonly kind: 'forbidden' | 'refused' | 'absent' | 'silent' | 'windows';
      readonly candidate: Candidate;
    }
  | { readonly kind: 'tls' | 'other'; readonly candidate: Candidate; readonly detail: string };

/** Sorts an error of the first question into a kind. */
export function failureOf(candidate: Candidate, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const detail = error instanceof Error ? error.message.trim() : String(error);
  if (error instanceof WrongContainers) return { kind: 'windows', candidate };
  if (code === 'EACCES' || code === 'EPERM') return { kind: 'forbidden', candidate };
  if (code === 'ENOENT') {
    return detail.includes('spawn ssh')
      ? { kind: 'other', candidate, detail: 'no ssh program is installed' }
      : { kind: 'absent', candidate };
  }
  if (code === 'ECONNREFUSED') return { kind: 'refused', candidate };
  if (
    code === 'ABORT_ERR' ||
    code === 'ETIMEDOUT' ||
    (error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name))
  ) {
    return { kind: 'silent', candidate };
  }
  if (/certificate|TLS|SSL|self.signed/i.test(`${String(code)} ${detail}`))
    return { kind: 'tls', candidate, detail };
  return { kind: 'other', candidate, detail };
}

/** For an engine that the person named. */
export function explainNamed(failure: Failure): string {
  const { host, from } = failure.candidate;
  const at = `${host} (${from})`;
  const instead = from.includes('context')
    ? 'Start that engine, or choose another with "docker context use".'
    : `Start the engine there, or correct ${from}.`;
  switch (failure.kind) {
    case 'forbidden':
      return `You may not use the engine at ${at}. ${permission(host)}`;
    case 'refused':
      return `Nothing answers at ${at}: the engine is not running. ${instead}`;
    case 'absent':
      return `There is nothing at ${at}. ${instead}`;
    case 'silent':
      return `The engine at ${at} does not answer in time. ${instead}`;
    case 'windows':
      return windows;
    case 'tls':
      return `The engine at ${at} and this machine do not trust each other: ${failure.detail}. Check the certificates (ca.pem, cert.pem, key.pem).`;
    case 'other':
      return `The engine at ${at} cannot be used: ${failure.detail}. ${instead}`;
  }
}

/** When no engine was named and none of the usual places has one that answers. */
export function explainUsual(
  failures: readonly Failure[],
  installed: { readonly docker: boolean; readonly podman: boolean },
  platform: NodeJS.Platform,
): string {
  const telling = failures.find(({ kind }) => kind !== 'absent' && kind !== 'refused');
  if (telling !== undefined) return explainNamed(telling);
  const refused = failures.some(({ kind }) => kind === 'refused');
  if (installed.docker || refused) {
    return `Docker is installed but not running. ${start[platform] ?? start.linux}`;
  }
  if (installed.podman) {
    return platform === 'linux'
      ? 'Podman is installed but does not listen. Start its socket with "systemctl --user enable --now podman.socket".'
      : 'Podman is installed but its machine is not running. Start it with "podman machine start".';
  }
  return `No container engine was found. ${install[platform] ?? install.linux}`;
}

const windows =
  'Docker runs Windows containers at the moment. Choose "Switch to Linux containers" in the menu of Docker Desktop.';

function permission(host: string): string {
  return host.startsWith('unix://')
    ? 'Add yourself to the group that owns the socket ("sudo usermod -aG docker $USER", then log in again), or use rootless Docker or Podman.'
    : 'Ask for access to it, or use another engine.';
}

const start: Partial<Record<NodeJS.Platform, string>> & { linux: string } = {
  linux: 'Start it with "sudo systemctl start docker".',
  darwin: 'Start Docker Desktop (or Colima, OrbStack, Rancher Desktop).',
  win32: 'Start Docker Desktop.',
};

const install: Partial<Record<NodeJS.Platform, string>> & { linux: string } = {
  linux: 'Install Docker ("sudo apt install docker.io", or docs.docker.com/engine/install) or Podman.',
  darwin: 'Install Docker Desktop, Colima, OrbStack or Podman.',
  win32: 'Install Docker Desktop or Podman.',
};
