import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * What the operating system puts around the realm's process: bubblewrap's namespaces, the kernel's
 * word that it dies with us, plain limits, or nothing.
 */
export type ShellKind = 'bubblewrap' | 'pdeathsig' | 'posix' | 'none';

export interface Enclosure {
  readonly shell: ShellKind;
  /** Seconds of processor time after which the kernel ends it, whoever is still watching. */
  readonly cpuSeconds: number;
  /** Files and folders that it reads. */
  readonly readable: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

interface Enclosed {
  readonly file: string;
  readonly args: readonly string[];
}

/** Programs and libraries of the system that Node needs to start, wherever a Linux keeps them. */
const system = ['/usr', '/lib', '/lib64', '/bin', '/nix/store', '/gnu/store', '/etc/ld.so.cache'];

const withParent = ['--pdeathsig', 'KILL', '--no-new-privs'];

/** The command in its surroundings. */
export function enclosed(around: Enclosure, command: readonly string[]): Enclosed {
  switch (around.shell) {
    case 'bubblewrap':
      return limited(around, [onPath('bwrap'), ...bubblewrap(around), ...command]);
    case 'pdeathsig':
      return limited(around, [onPath('setpriv'), ...withParent, '--', ...command]);
    case 'posix':
      return limited(around, command, orphanWatch(process.pid));
    case 'none': {
      const [file = '', ...args] = command;
      return { file, args };
    }
  }
}

/**
 * Ends the realm when its host is gone: nothing else does where the kernel has no word for it, and a
 * program that loops never looks at its channel. It holds none of the realm's descriptors, and is not
 * its child. The host is told by its number, for a shell that starts as its host ends has another parent.
 */
const watchman = 'while kill -0 "$1" && kill -0 "$2"; do sleep 2; done; kill -0 "$1" || kill -9 "$2"';
const orphanWatch = (host: number): string =>
  `( /bin/sh -c '${watchman}' watch ${host} "$$" <&- >/dev/null 2>&1 3<&- 4>&- & ); `;

/** The limits that the kernel keeps even when nobody watches any more: processor time, and no core files. */
function limited({ cpuSeconds }: Enclosure, command: readonly string[], before = ''): Enclosed {
  const script = `ulimit -c 0; ulimit -t ${cpuSeconds}; ${before}exec "$@"`;
  return { file: '/bin/sh', args: ['-c', script, 'realm', ...command] };
}

/** Own namespaces for everything, no network, and a file system that has only what Node needs to start. */
function bubblewrap({ readable, env }: Enclosure): readonly string[] {
  const there = [...system, path.dirname(process.execPath), ...readable];
  return [
    ...['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--clearenv'],
    ...Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--tmpfs', '/', ...there.flatMap((name) => ['--ro-bind-try', name, name])],
    ...['--proc', '/proc', '--dev', '/dev', '--remount-ro', '/', '--chdir', '/', '--'],
  ];
}

/** Where a program is: the command has no environment, and so no PATH, to look for it. */
function onPath(name: string): string {
  const folders = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, name)).find(canRun) ?? name;
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
