import type Dockerode from 'dockerode';
import type { Limits } from '../../core/limits.ts';
import seccomp from '../../../sandbox/seccomp.json' with { type: 'json' };
import { leaseLabel, ownerLabel } from './containerLabels.ts';

/** The limits that belong to the container and can't change once it runs. */
export interface ContainerShape {
  readonly memoryBytes: number;
  readonly cpuShares: number;
  readonly cpus: number;
  readonly pids: number;
  readonly workBytes: number;
  readonly openFiles: number;
}

export interface ContainerPlan {
  readonly image: string;
  readonly runtime: string;
  /**
   * Podman takes the profile of system calls only as a file on its own machine, so its images carry the
   * profile and the runner puts it in force; nor does it know owners and numbers of inodes of a tmpfs.
   */
  readonly podman: boolean;
  readonly preload: readonly string[];
  readonly shape: ContainerShape;
  readonly owner: string;
  /** How long its owner may need it, in milliseconds. */
  readonly leaseMs: number;
}

const user = '10001:10001';
// The engine gives a mounted folder the mode that it had in the image, so its owner must be right.
const owned = 'uid=10001,gid=10001';
const runner = '/opt/glovebox/runner';
const MiB = 1024 * 1024;

/** The part of the limits that decides which waiting container fits. */
export function shapeOf(limits: Limits): ContainerShape {
  const { memoryBytes, cpuShares, cpus, pids, workBytes, openFiles } = limits;
  return { memoryBytes, cpuShares, cpus, pids, workBytes, openFiles };
}

/** Everything that shuts the container, in one place. */
export function containerSpec(plan: ContainerPlan): Dockerode.ContainerCreateOptions {
  const threads = String(Math.max(1, Math.ceil(plan.shape.cpus)));
  return {
    Image: plan.image,
    Entrypoint: ['/opt/glovebox/python', '-I', '-X', 'utf8', runner],
    Cmd: [plan.preload.join(',')],
    User: user,
    WorkingDir: '/work',
    Hostname: 'glovebox',
    Env: [
      'HOME=/work',
      'LANG=C.UTF-8',
      'TMPDIR=/tmp',
      'MPLCONFIGDIR=/tmp/matplotlib',
      'PYTHONDONTWRITEBYTECODE=1',
      'GLOVEBOX_OUTPUTS=/work/outputs',
      `OPENBLAS_NUM_THREADS=${threads}`,
      `OMP_NUM_THREADS=${threads}`,
    ],
    Labels: {
      [ownerLabel]: plan.owner,
      [leaseLabel]: new Date(Date.now() + plan.leaseMs).toISOString(),
    },
    NetworkDisabled: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: true,
    StdinOnce: true,
    // Nothing of an own image runs beside the program.
    Healthcheck: { Test: ['NONE'] },
    // Process 1 hears no signal but this one; an engine that shuts down need not wait for it.
    StopSignal: 'SIGKILL',
    Tty: false,
    HostConfig: hostConfig(plan),
  };
}

/** gVisor is a kernel of its own, with other habits than Linux. */
export function isGvisor(runtime: string): boolean {
  return /runsc|gvisor/i.test(runtime);
}

/** gVisor needs threads of the host for its own kernel; there, processes are counted by the user limit. */
function processLimits(plan: ContainerPlan): { readonly pidsLimit: number; readonly nproc: number } {
  const { pids } = plan.shape;
  return isGvisor(plan.runtime)
    ? { pidsLimit: 8 * pids + 256, nproc: pids }
    : { pidsLimit: pids + 2, nproc: 4096 };
}

function hostConfig(plan: ContainerPlan): Dockerode.HostConfig {
  const { shape } = plan;
  const { pidsLimit, nproc } = processLimits(plan);
  const { podman } = plan;
  const tmpfs = (bytes: number, inodes: number): string =>
    `rw,nosuid,nodev,noexec,size=${bytes},${podman ? 'mode=1777' : `nr_inodes=${inodes},mode=0755,${owned}`}`;
  return {
    AutoRemove: true,
    NetworkMode: 'none',
    IpcMode: 'none',
    ReadonlyRootfs: true,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges', ...(podman ? [] : [`seccomp=${JSON.stringify(seccomp)}`])],
    // The runner is process 1 itself: it can't be killed from inside, reaps orphans, and, unlike the
    // engine's init, does not lend its descriptors to processes of the same user.
    Init: false,
    PidsLimit: pidsLimit,
    Memory: shape.memoryBytes,
    MemorySwap: shape.memoryBytes,
    CpuShares: shape.cpuShares,
    NanoCpus: Math.round(shape.cpus * 1e9),
    Ulimits: [
      { Name: 'nofile', Soft: shape.openFiles, Hard: shape.openFiles },
      { Name: 'core', Soft: 0, Hard: 0 },
      // The kernel counts these two for the user, that is for all sandboxes together. Podman's own default of
      // the first is more than some machines allow; the pids limit is what holds.
      { Name: 'nproc', Soft: nproc, Hard: nproc },
      { Name: 'sigpending', Soft: 1024, Hard: 1024 },
      { Name: 'memlock', Soft: 65536, Hard: 65536 },
      { Name: 'msgqueue', Soft: 0, Hard: 0 },
    ],
    Tmpfs: {
      '/work': tmpfs(shape.workBytes, 16_384),
      '/tmp': tmpfs(Math.min(shape.workBytes, 64 * MiB), 8192),
      '/dev/shm': tmpfs(Math.min(shape.workBytes, 64 * MiB), 1024),
    },
    // Without it the engine would write every byte of output to the host's disk as well.
    LogConfig: { Type: 'none', Config: {} },
    RestartPolicy: { Name: 'no' },
    ...(plan.runtime === '' ? {} : { Runtime: plan.runtime }),
  };
}
