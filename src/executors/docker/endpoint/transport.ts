import type http from 'node:http';
import https from 'node:https';
import Dockerode from 'dockerode';
import { GloveboxError } from '../../../core/errors.ts';
import type { Disposable } from '../../../core/lifecycle.ts';
import type { Candidate } from './candidates.ts';
import { SshAgent } from './sshAgent.ts';

export interface Transport extends Disposable {
  /** Lets go of what is idle now and of what is in use when it is done. */
  retire(): void;
  readonly docker: Dockerode;
  /** How long the first answer may take. */
  readonly patienceMs: number;
}

/** dockerode fills what is left out from DOCKER_HOST, so everything is said. */
const nothing = {
  host: '',
  port: '',
  username: '',
  ca: undefined,
  cert: undefined,
  key: undefined,
  agent: undefined,
  timeout: undefined,
  pathPrefix: '/',
  protocol: 'http',
  socketPath: undefined,
} as const;

/** Opens the way to a candidate; nothing is sent yet. */
export function transport({ host, from, tls, explicit }: Candidate): Transport {
  const none = { retire: () => undefined, dispose: () => undefined };
  if (host.startsWith('unix://') || host.startsWith('npipe://')) {
    const socketPath = host.slice(host.indexOf('://') + 3);
    return { docker: dockerode({ ...nothing, socketPath }), patienceMs: explicit ? 15_000 : 5000, ...none };
  }
  const url = URL.parse(host);
  if (url === null || url.hostname === '') throw badAddress(host, from);
  switch (url.protocol) {
    case 'ssh:': {
      const agent = new SshAgent(url);
      const docker = dockerode({ ...nothing, host: 'http://docker', agent });
      return { docker, patienceMs: 20_000, ...ends(agent) };
    }
    case 'tcp:':
    case 'http:':
    case 'https:': {
      const hostname = url.hostname.replace(/^\[|\]$/g, '');
      if (tls === undefined && url.protocol !== 'https:') {
        const docker = dockerode({ ...nothing, host: hostname, port: url.port || '2375' });
        return { docker, patienceMs: 10_000, ...none };
      }
      const { skipVerify, ...material } = tls ?? { skipVerify: false };
      const agent = new https.Agent({ keepAlive: true, ...material, rejectUnauthorized: !skipVerify });
      const options = { ...nothing, host: hostname, port: url.port || '2376', protocol: 'https', agent };
      return { docker: dockerode(options), patienceMs: 10_000, ...ends(agent) };
    }
    default:
      throw badAddress(host, from);
  }
}

function ends(agent: http.Agent): Pick<Transport, 'retire' | 'dispose'> {
  const retire = (): void => {
    agent.maxFreeSockets = 0;
    for (const sockets of Object.values(agent.freeSockets)) sockets?.forEach((socket) => socket.destroy());
  };
  return { retire, dispose: () => agent.destroy() };
}

function dockerode(options: object): Dockerode {
  return new Dockerode(options);
}

function badAddress(host: string, from: string): GloveboxError {
  return new GloveboxError(
    'bad-input',
    `"${host.slice(0, 200)}" (${from}) is no engine address. It looks like unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host.`,
  );
}
