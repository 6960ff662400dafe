import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import type { Limits } from '../../core/limits.ts';

export interface ProcessPlan {
  /** The product's `sandbox/` folder. */
  readonly sandbox: string;
  readonly python: { readonly executable: string; readonly parts: readonly string[] };
  /** The person's Node.js for JavaScript and TypeScript, if there is one that fits. */
  readonly node?: string;
  readonly limits: Limits;
  /** Whether Node.js may be started in it. */
  readonly runsNode: boolean;
  /** Who the program is: a user of its own where we are root, else the person. */
  readonly user: { readonly id: number; readonly group: number; readonly drop: boolean };
}

export interface ProcessCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/** The filter of system calls comes in by this descriptor. */
export const filterDescriptor = 3;

const MiB = 1024 * 1024;
const system = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/etc/ld.so.cache', '/etc/ld.so.conf'];
const more = ['/etc/ld.so.conf.d', '/etc/alternatives', '/etc/localtime', '/nix/store', '/gnu/store'];
const devices = ['null', 'full', 'random', 'urandom'];
/** Files of /proc that tell of the machine and not of the program. */
const masked = ['keys', 'kcore', 'kmsg', 'timer_list', 'sched_debug', 'kallsyms', 'kpagecount', 'kpageflags'];

/** bubblewrap around the runner: what is not named here is not there. */
export function processCommand(plan: ProcessPlan): ProcessCommand {
  const { user, python } = plan;
  const seen = visible(plan);
  const args = [
    ...(user.drop ? [] : ['--unshare-user', '--uid', `${user.id}`, '--gid', `${user.group}`]),
    ...['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--hostname', 'glovebox'],
    ...['--die-with-parent', '--new-session', '--as-pid-1'],
    // Needed by the few lines of shell below, which give all of it away before the runner starts.
    ...['--cap-drop', 'ALL', '--cap-add', 'CAP_SYS_ADMIN', '--cap-add', 'CAP_SETPCAP'],
    ...(user.drop ? ['--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID'] : []),
    ...['--clearenv', ...variables(plan).flatMap(([name, value]) => ['--setenv', name, value])],
    ...['--tmpfs', '/', ...foldersAbove(seen.map(([, to]) => to)), ...seen.flatMap(bind)],
    ...['--ro-bind', path.join(plan.sandbox, 'runner'), '/opt/glovebox/runner'],
    ...['--perms', '0444', '--ro-bind-data', String(filterDescriptor), '/opt/glovebox/filter'],
    ...['--proc', '/proc', ...masked.map((name) => `/proc/${name}`).flatMap(hide)],
    ...['--dir', '/dev', '--dir', '/dev/shm', '--symlink', '/proc/self/fd', '/dev/fd'],
    ...devices.flatMap((name) => ['--dev-bind', `/dev/${name}`, `/dev/${name}`]),
    // Gives the same zeros and can't be mapped, which would be shared memory that nothing counts.
    ...['--dev-bind', '/dev/full', '/dev/zero'],
    ...['--dir', '/work', '--dir', '/tmp', '--remount-ro', '/', '--chdir', '/'],
    ...['--', '/bin/sh', '-c', setUp(plan), 'sandbox'],
    ...[python.executable, '-I', '-X', 'utf8', '/opt/glovebox/runner'],
  ];
  // Kept by the kernel, whoever is still watching.
  return { file: '/bin/sh', args: ['-c', `ulimit -c 0; exec "$@"`, 'sandbox', 'bwrap', ...args] };
}

function variables({ python, node, limits }: ProcessPlan): readonly [string, string][] {
  const threads = String(Math.max(1, Math.ceil(limits.cpus)));
  // An older Node.js may stand beside Python.
  const folders = [...(node === undefined ? [] : ['/opt/glovebox/node']), path.dirname(python.executable)];
  return [
    ['PATH', [...folders, '/usr/local/bin', '/usr/bin', '/bin'].join(':')],
    ['HOME', '/work'],
    ['LANG', 'C.UTF-8'],
    ['TMPDIR', '/tmp'],
    ['MPLCONFIGDIR', '/tmp/matplotlib'],
    ['PYTHONDONTWRITEBYTECODE', '1'],
    ['GLOVEBOX_OUTPUTS', '/work/outputs'],
    ['OPENBLAS_NUM_THREADS', threads],
    ['OMP_NUM_THREADS', threads],
  ];
}

/** Folders and files of the host that are seen inside, all of them read-only. */
function visible({ python, node }: ProcessPlan): readonly (readonly [from: string, to: string])[] {
  const there = [...system, ...more].filter((name) => existsSync(name));
  const own = python.parts.filter(
    (folder) => existsSync(folder) && !there.some((one) => within(folder, one)),
  );
  const outermost = own.filter((folder) => !own.some((other) => other !== folder && within(folder, other)));
  return [
    ...[...there, ...outermost].map((name) => [name, name] as const),
    ...(node === undefined ? [] : [[node, '/opt/glovebox/node/node'] as const]),
  ];
}

/** Made for everybody to pass; bubblewrap's own would be for root alone. */
function foldersAbove(names: readonly string[]): readonly string[] {
  const above = new Set(['/opt', '/opt/glovebox']);
  for (const name of names) {
    for (let folder = path.dirname(name); folder !== '/'; folder = path.dirname(folder)) above.add(folder);
  }
  return [...above].sort().flatMap((folder) => ['--dir', folder]);
}

function within(name: string, folder: string): boolean {
  return name === folder || name.startsWith(`${folder}/`);
}

function bind([from, to]: readonly [string, string]): readonly string[] {
  // A link is made again as a link: /bin → usr/bin, and the like.
  return from === to && lstatSync(from).isSymbolicLink() && !from.startsWith('/etc/')
    ? ['--symlink', readlinkSync(from), to]
    : ['--ro-bind', from, to];
}

function hide(name: string): readonly string[] {
  return existsSync(name) ? ['--ro-bind', '/dev/null', name] : [];
}

/** Folders with a size and a number of files, limits of the kernel, and then no powers any more. */
function setUp({ limits, user, runsNode }: ProcessPlan): string {
  const besides = runsNode ? engineBytes : runnerBytes;
  const folder = (name: string, bytes: number, inodes: number): string => {
    const owner = `uid=${user.id},gid=${user.group}`;
    const options = `rw,nosuid,nodev,noexec,size=${bytes},nr_inodes=${inodes},mode=0755,${owner}`;
    return `mount -t tmpfs -o ${options} tmpfs ${name}`;
  };
  const small = Math.min(limits.workBytes, 64 * MiB);
  const kernel = [
    `prlimit --core=0 --memlock=65536 --msgqueue=0 --sigpending=1024`,
    `--nproc=${limits.pids + 2} --nofile=${limits.openFiles} --data=${limits.memoryBytes + besides}`,
  ].join(' ');
  const identity = user.drop ? ` --reuid ${user.id} --regid ${user.group} --clear-groups` : '';
  const powers = '--no-new-privs --inh-caps=-all --ambient-caps=-all --bounding-set=-all --pdeathsig KILL';
  return [
    'set -e',
    folder('/work', limits.workBytes, 16_384),
    folder('/tmp', small, 8192),
    folder('/dev/shm', small, 1024),
    'cd /work',
    `exec ${kernel} setpriv${identity} ${powers} -- "$@"`,
  ].join('; ');
}

/** What an interpreter takes before it has done anything. */
const runnerBytes = 64 * MiB;
/** What V8 sets aside without using it; the sum of what is used is watched from outside. */
const engineBytes = 4096 * MiB;
