import path from 'node:path';
import { enclosed, type ShellKind } from './enclosed.ts';

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
  readonly shell: ShellKind;
}

export interface RealmCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Where the host is the editor itself, its program is Electron, which is Node only when it is told so. */
function nodeEnvironment(): Readonly<Record<string, string>> {
  return process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' };
}

/**
 * The command line of a realm: Node's permission model with nothing but reading these folders, no
 * code from strings, no addons, no environment.
 */
export function realmCommand(plan: RealmPlan): RealmCommand {
  const { pyodide, sandbox, packages, lock, quickjs } = plan.files;
  const readable = readableBy(plan);
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
  return around(plan, [process.execPath, ...node]);
}

/** The same surroundings with hardly anything in them: whether they can be had here. */
export function probeCommand(plan: Pick<RealmPlan, 'files' | 'shell' | 'cpuSeconds'>): RealmCommand {
  return around(plan, [process.execPath, '--version']);
}

function around(plan: RealmPlan, command: readonly string[]): RealmCommand {
  const { shell, cpuSeconds } = plan;
  const env = nodeEnvironment();
  return { ...enclosed({ shell, cpuSeconds, readable: readableBy(plan), env }, command), env };
}

function readableBy({ files, script, snapshot }: RealmPlan): readonly string[] {
  const { pyodide, sandbox, packages, lock, quickjs } = files;
  const own =
    script === true
      ? [quickjs, path.join(sandbox, 'wasm')]
      : [pyodide, path.join(sandbox, 'wasm'), path.join(sandbox, 'runner'), packages];
  const single = [lock, snapshot?.file].filter((name) => name !== undefined);
  return [...own, ...single];
}
