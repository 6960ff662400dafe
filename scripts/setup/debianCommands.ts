import { findCommand } from './command.ts';
import { installPackages } from './debian.ts';
import { missing, ready, type Log, type Part } from './part.ts';

/** A program that Debian packages. */
interface Program {
  readonly command: string;
  readonly debianPackage: string;
  readonly purpose: string;
}

const programs: readonly Program[] = [
  { command: 'runsc', debianPackage: 'runsc', purpose: 'the gVisor runtime' },
  { command: 'podman', debianPackage: 'podman', purpose: "Podman's Docker-compatible socket" },
  { command: 'bwrap', debianPackage: 'bubblewrap', purpose: 'the local process sandbox' },
  { command: 'pip3', debianPackage: 'python3-pip', purpose: 'published wheels for the embedded sandbox' },
];

/** Gets the programs that some suites check the product against, all in one go. */
export async function ensurePrograms(log: Log): Promise<readonly Part<string>[]> {
  const absent: Program[] = [];
  for (const program of programs) {
    if ((await findCommand(program.command)) === undefined) absent.push(program);
  }
  if (absent.length > 0) {
    await installPackages(
      absent.map((program) => program.debianPackage),
      log,
    );
  }
  return Promise.all(
    programs.map(async ({ command, debianPackage, purpose }) => {
      const file = await findCommand(command);
      if (file !== undefined) return ready(file);
      return missing(`${command} (${purpose})`, `On Debian: apt-get install ${debianPackage}`);
    }),
  );
}
