import path from 'node:path';
import { existsSync } from 'node:fs';
import type { Shell } from './osShell.ts';

/** Files that the realm reads; everything else on the machine is closed to it. */
export interface RealmFiles {
  /** Folder with Pyodide's own files. */
  readonly pyodide: string;
  /** The product's `sandbox/` folder. */
  readonly sandbox: string;
  /** Lock file of the packages; absent: the one among Pyodide's files. */
  readonly lock?: string;
  /** Folder with QuickJS, for programs in JavaScript. */
  readonly quickjs: string;
  /** Folder with the packages that were fetched; exists. */
  readonly packages: string;
}

export interface RealmPlan {
  readonly files: RealmFiles;
  /** Runs JavaScript instead of Python. */
  readonly script?: boolean;
  readonly snapshot?: { readonly file: string; readonly sha256: string };
  /** Makes a snapshot instead of waiting for a job. */
  readonly make?: boolean;
  /** Seconds of processor time after which the kernel ends it, whoever is still watching. */
  readonly cpuSeconds: number;
  readonly shell: Shell;
}

export interface RealmCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The command line of a realm: Node's permission model with nothing but reading these folders, no
 * code from strings, no addons, no environment.
 */
export function realmCommand(plan: RealmPlan): RealmCommand {
  const { pyodide, sandbox, packages, lock, quickjs } = plan.files;
  const readable =
    plan.script === true
      ? [quickjs, path.join(sandbox, 'wasm')]
      : [pyodide, path.join(sandbox, 'wasm'), path.join(sandbox, 'runner'), packages];
  if (lock !== undefined) readable.push(lock);
  if (plan.snapshot !== undefined) readable.push(plan.snapshot.file);
  const config = {
    pyodide,
    sandbox,
    packages,
    quickjs,
    ...(lock === undefined ? {} : { lock }),
    preload: [],
    ...(plan.snapshot === undefined ? {} : { snapshot: plan.snapshot }),
    ...(plan.make === undefined ? {} : { make: plan.make }),
  };
  const node = [
    '--permission',
    ...readable.map((name) => `--allow-fs-read=${name}`),
    '--disallow-code-generation-from-strings',
    '--no-addons',
    '--no-warnings',
    '--no-experimental-websocket',
    '--no-experimental-eventsource',
    '--max-old-space-size=512',
    path.join(sandbox, 'wasm', plan.script === true ? 'scriptRealm.mjs' : 'realm.mjs'),
    JSON.stringify(config),
  ];
  const env: Record<string, string> =
    process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' };
  return { ...enclosed(plan, readable, [process.execPath, ...node], env), env };
}

function enclosed(
  plan: RealmPlan,
  readable: readonly string[],
  command: readonly string[],
  env: Record<string, string>,
) {
  switch (plan.shell.kind) {
    case 'bubblewrap':
      return bubblewrapped(plan, readable, command, env);
    case 'pdeathsig':
      return limited(plan, ['setpriv', '--pdeathsig', 'KILL', '--no-new-privs', '--', ...command]);
    case 'posix':
      return limited(plan, command);
    case 'none': {
      const [file = '', ...args] = command;
      return { file, args };
    }
  }
}

/** The limits that the kernel keeps even when nobody watches any more: processor time, and no core files. */
function limited(plan: RealmPlan, command: readonly string[]) {
  const script = `ulimit -c 0; ulimit -t ${plan.cpuSeconds}; exec "$@"`;
  return { file: '/bin/sh', args: ['-c', script, 'realm', ...command] };
}

/** Own namespaces for everything, no network, and a file system that has only what Node needs to start. */
function bubblewrapped(
  plan: RealmPlan,
  readable: readonly string[],
  command: readonly string[],
  env: Record<string, string>,
) {
  const system = ['/usr', '/lib', '/lib64', '/bin', '/etc/ld.so.cache'].filter((name) => existsSync(name));
  const own = [path.dirname(process.execPath), ...readable];
  const binds = [...system, ...own].flatMap((name) => ['--ro-bind', name, name]);
  const variables = Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]);
  const args = [
    ...[
      '--unshare-all',
      '--die-with-parent',
      '--new-session',
      '--cap-drop',
      'ALL',
      '--clearenv',
      ...variables,
    ],
    ...[
      '--tmpfs',
      '/',
      ...binds,
      '--proc',
      '/proc',
      '--dev',
      '/dev',
      '--remount-ro',
      '/',
      '--chdir',
      '/',
      '--',
    ],
    ...command,
  ];
  return limited(plan, ['bwrap', ...args]);
}
