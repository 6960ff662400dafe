import { parseArgs } from 'node:util';
import type { App } from '../app.ts';
import { exitStatus } from './exitStatus.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usageError.ts';

/** `packages list [--json]`, `packages fetch NAME…`: what the embedded sandbox has besides the standard library. */
export async function packagesCommand(
  args: readonly string[],
  app: App,
  terminal: Terminal,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [action, ...names] = positionals;
  if (action === 'fetch') {
    if (names.length === 0) throw new UsageError('packages fetch wants the name of a package.');
    await app.packages.fetch(names, (step) => terminal.err(`${step}\n`), terminal.signal);
    terminal.out(`${names.join(', ')}: ready for the embedded sandbox\n`);
    return exitStatus.ok;
  }
  if (action !== 'list' || names.length > 0) throw new UsageError('packages takes "list" or "fetch NAME…".');
  const found = await app.packages.list();
  if (values.json) terminal.out(`${JSON.stringify(found, undefined, 2)}\n`);
  else
    for (const { name, version, here } of found)
      terminal.out(`${here ? 'here  ' : '      '}${name} ${version}\n`);
  return exitStatus.ok;
}
