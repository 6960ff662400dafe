import type Dockerode from 'dockerode';
import { z } from 'zod';
import { askEngine } from './askEngine.ts';

/** What a container is limited in. */
export type EngineLimit = 'memory' | 'swap' | 'processes' | 'processor time';

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
  /** Of the machine that runs the containers, e.g. `Linux 6.1.0`. */
  readonly kernel: string;
  /** Limits that it can't put on a container; what it is asked for it then leaves out in silence. */
  readonly unkept: readonly EngineLimit[];
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
  KernelVersion: z.string().nullish(),
  SecurityOptions: z.array(z.string()).nullish(),
  Runtimes: z.record(z.string(), z.unknown()).nullish(),
  DefaultRuntime: z.string().nullish(),
  MemoryLimit: z.boolean().nullish(),
  SwapLimit: z.boolean().nullish(),
  PidsLimit: z.boolean().nullish(),
  CpuCfsQuota: z.boolean().nullish(),
});

/** Asks the engine who it is; rejects when nobody answers, or not in the engine's language. */
export async function identify(docker: Dockerode, endpoint: string, patienceMs: number): Promise<Engine> {
  const signal = AbortSignal.timeout(patienceMs);
  const [versionReply, infoReply] = await Promise.all([
    askEngine(docker, '/version', signal),
    askEngine(docker, '/info', signal),
  ]);
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
    kernel: `Linux ${info.KernelVersion ?? ''}`.trim(),
    unkept: unkeptLimits(info),
  };
}

/** An engine that says nothing of a limit is taken to keep it. */
function unkeptLimits(info: z.infer<typeof Info>): readonly EngineLimit[] {
  const limits: Readonly<Record<EngineLimit, boolean | null | undefined>> = {
    memory: info.MemoryLimit,
    swap: info.SwapLimit,
    processes: info.PidsLimit,
    'processor time': info.CpuCfsQuota,
  };
  return (Object.keys(limits) as EngineLimit[]).filter((limit) => limits[limit] === false);
}

/** The engine runs Windows containers at the moment. */
export class WrongContainers extends Error {
  override readonly name = 'WrongContainers';
}
