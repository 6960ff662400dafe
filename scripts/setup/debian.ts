import { existsSync } from 'node:fs';
import { run } from './command.ts';
import type { Log } from './part.ts';

/** Whether we may install packages: Debian (or one of its kind), and root. */
export function canInstallPackages(): boolean {
  return existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
}

let listsAreFresh = false;

/** Installs Debian packages; says whether that worked. */
export async function installPackages(packages: readonly string[], log: Log): Promise<boolean> {
  if (!canInstallPackages()) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  log(`apt-get install ${packages.join(' ')}`);
  if (!listsAreFresh) {
    listsAreFresh = true;
    await run('apt-get', ['update', '-qq'], { env });
  }
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const { code, output } = await run('apt-get', args, { env });
  if (code !== 0) log(output.slice(-2000));
  return code === 0;
}
