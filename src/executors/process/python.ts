import { execFile } from 'node:child_process';
import os from 'node:os';
import { promisify } from 'node:util';
import { z } from 'zod';
import { GloveboxError } from '../../core/errors.ts';
import { pythonParts } from './pythonParts.ts';

const run = promisify(execFile);
const patienceMs = 15_000;

/** The person's Python, and the files and folders that it can't do without. */
export interface HostPython {
  readonly executable: string;
  readonly version: string;
  readonly parts: readonly string[];
}

const question = `
import json, sys, sysconfig
paths = sysconfig.get_paths()
print(json.dumps({
    "executable": sys.executable,
    "version": ".".join(map(str, sys.version_info[:3])),
    "homes": [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix],
    "libraries": [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")],
}))`;

const answer = z.object({
  executable: z.string().min(1),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  homes: z.array(z.string().min(1)),
  libraries: z.array(z.string().min(1)),
});

/** The first that can make its pipes larger. */
const oldest = [3, 10];

/** Asks the interpreter of that name where it lives. Rejects with what to do where it can't be used. */
export async function findPython(command: string): Promise<HostPython> {
  const name = command === '' ? 'python3' : command;
  const { stdout } = await run(name, ['-I', '-c', question], { timeout: patienceMs }).catch(
    (error: unknown) => {
      const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
      throw new GloveboxError(
        'no-sandbox',
        `No Python was found as "${name}" (${why}). Install Python 3, or name yours in \`glovebox.process.python\`.`,
      );
    },
  );
  const { executable, version, ...places } = answer.parse(JSON.parse(stdout));
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major !== oldest[0] || minor < (oldest[1] ?? 0)) {
    throw new GloveboxError(
      'no-sandbox',
      `${executable} is Python ${version}; the local process sandbox needs ${oldest.join('.')} or newer.`,
    );
  }
  for (const home of places.homes) refuseTooMuch(home, executable);
  const parts = await pythonParts({ executable, series: `${major}.${minor}`, ...places });
  for (const part of parts) refuseTooMuch(part, executable);
  return { executable, version, parts };
}

/** A Python whose folder is somebody's home would take the home's secrets along. */
function refuseTooMuch(folder: string, executable: string): void {
  const home = os.homedir();
  const holdsHome = home === folder || home.startsWith(`${folder.replace(/\/$/, '')}/`);
  if (folder !== '/' && !holdsHome) return;
  throw new GloveboxError(
    'no-sandbox',
    `${executable} lives in ${folder}, which holds your own files, so it can't be let into the sandbox. ` +
      'Name another Python in `glovebox.process.python`.',
  );
}
