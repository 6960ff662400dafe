import type Dockerode from 'dockerode';
import { z } from 'zod';

/** Which engine answers, as it says itself. */
export interface Engine {
  readonly kind: 'docker' | 'podman';
  /** `Docker Engine`, `Docker Desktop`, `Podman` … */
  readonly name: string;
  readonly version: string;
  readonly endpoint: string;
  readonly rootless: boolean;
  readonly runtimes: readonly string[];
  readonly defaultRuntime: string;
  readonly architecture: string;
  /** Reached over a network: bind mounts would name the other machine's files. */
  readonly remote: boolean;
}

const Version = z.looseObject({
  Version: z.string(),
  Os: z.string().optional(),
  Components: z.array(z.looseObject({ Name: z.string() })).nullish(),
});

const Info = z.looseObject({
  OSType: z.string().nullish(),
  OperatingSystem: z.string().nullish(),
  Architecture: z.string().nullish(),
  SecurityOptions: z.array(z.string()).nullish(),
  Runtimes: z.record(z.string(), z.unknown()).nullish(),
  DefaultRuntime: z.string().nullish(),
});

/** Asks the engine who it is; rejects when nobody answers, or not in the engine's language. */
export async function identify(docker: Dockerode, endpoint: string, patienceMs: number): Promise<Engine> {
  const abortSignal = AbortSignal.timeout(patienceMs);
  const ask = async (path: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const statusCodes = { 200: true, 500: 'server error' };
      docker.modem.dial(
        { path, method: 'GET', statusCodes, abortSignal },
        (error: unknown, data: unknown) => {
          if (error === null || error === undefined) resolve(data);
          else
            reject(
              error instanceof Error ? error : new Error('the engine cannot be asked', { cause: error }),
            );
        },
      );
    });
  const [versionReply, infoReply] = await Promise.all([ask('/version'), ask('/info')]);
  const version = Version.parse(versionReply);
  const info = Info.parse(infoReply);
  const os = info.OSType ?? version.Os ?? 'linux';
  if (os !== 'linux') throw new WrongContainers();
  const podman = version.Components?.some(({ Name }) => Name.startsWith('Podman')) ?? false;
  const desktop = info.OperatingSystem === 'Docker Desktop';
  return {
    kind: podman ? 'podman' : 'docker',
    name: podman ? 'Podman' : desktop ? 'Docker Desktop' : 'Docker Engine',
    version: version.Version,
    endpoint,
    rootless: info.SecurityOptions?.some((option) => /\brootless\b/.test(option)) ?? false,
    runtimes: Object.keys(info.Runtimes ?? {}).sort(),
    defaultRuntime: info.DefaultRuntime ?? (podman ? 'crun' : 'runc'),
    architecture: info.Architecture ?? '',
    remote: !/^(unix|npipe):/.test(endpoint),
  };
}

/** The engine runs Windows containers at the moment. */
export class WrongContainers extends Error {
  override readonly name = 'WrongContainers';
}
