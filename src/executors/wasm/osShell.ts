import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ShellKind } from './enclosed.ts';
import { probeCommand, type RealmCommand, type RealmFiles } from './realmCommand.ts';

const run = promisify(execFile);

export interface Shell {
  readonly kind: ShellKind;
  /** For people: what it adds, or why there is no more. */
  readonly note: string;
}

const probeMs = 5_000;
const plain = 'kernel limits; bubblewrap is not installed or not allowed here';
const notes: Readonly<Record<ShellKind, string>> = {
  bubblewrap: 'bubblewrap',
  pdeathsig: plain,
  posix: plain,
  none: 'no OS sandbox',
};

export interface ShellSearch {
  readonly platform?: NodeJS.Platform;
  /** Whether a command does what it should here. */
  readonly works?: (command: RealmCommand) => Promise<boolean>;
}

/** Tries what is there around the very program that it is for, strongest first; what can't be started is not taken. */
export async function findShell(files: RealmFiles, search: ShellSearch = {}): Promise<Shell> {
  const { platform = process.platform, works = startsHere } = search;
  if (platform === 'win32') return { kind: 'none', note: 'no OS sandbox on Windows' };
  if (platform !== 'linux') return { kind: 'posix', note: 'kernel limits' };
  for (const kind of ['bubblewrap', 'pdeathsig', 'posix'] as const) {
    if (await works(probeCommand({ files, shell: kind, cpuSeconds: 60 }))) return shellOf(kind);
  }
  return shellOf('none');
}

/** A shell of this kind, tried or not. */
export function shellOf(kind: ShellKind): Shell {
  return { kind, note: notes[kind] };
}

async function startsHere({ file, args, env }: RealmCommand): Promise<boolean> {
  return run(file, args, { env: { ...env }, timeout: probeMs }).then(
    () => true,
    () => false,
  );
}
