import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * What the operating system puts around the realm's process: bubblewrap's namespaces, the kernel's
 * word that it dies with us, plain limits, or nothing.
 */
export interface Shell {
  readonly kind: 'bubblewrap' | 'pdeathsig' | 'posix' | 'none';
  /** For people: what it adds, or why there is no more. */
  readonly note: string;
}

const probeMs = 5_000;

/** Tries what is there, strongest first; what can't be started for real is not taken. */
export async function findShell(platform: NodeJS.Platform = process.platform): Promise<Shell> {
  if (platform === 'win32') return { kind: 'none', note: 'no OS sandbox on Windows' };
  if (platform !== 'linux') return { kind: 'posix', note: 'kernel limits' };
  const bubblewrap = ['--unshare-all', '--die-with-parent', '--ro-bind', '/', '/', '--proc', '/proc', 'true'];
  if (await works('bwrap', bubblewrap)) return { kind: 'bubblewrap', note: 'bubblewrap' };
  if (await works('setpriv', ['--pdeathsig', 'KILL', '--no-new-privs', 'true'])) {
    return { kind: 'pdeathsig', note: 'kernel limits; bubblewrap is not installed or not allowed here' };
  }
  return { kind: 'posix', note: 'kernel limits; bubblewrap is not installed or not allowed here' };
}

async function works(file: string, args: readonly string[]): Promise<boolean> {
  return run(file, args, { timeout: probeMs }).then(
    () => true,
    () => false,
  );
}
