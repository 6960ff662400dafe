import { parseArgs } from 'node:util';
import type { App } from '../app.ts';
import { exitStatus } from './exitStatus.ts';
import { plainText } from './plainText.ts';
import type { Terminal } from './terminal.ts';

/** `prune [--json]`: removes the sandbox images that Glovebox built and nothing uses. */
export async function pruneCommand(args: readonly string[], app: App, terminal: Terminal): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
  const pruned = (await app.executor.pruneImages?.()) ?? { removed: [], kept: [] };
  if (values.json) terminal.out(`${JSON.stringify(pruned, undefined, 2)}\n`);
  else {
    for (const name of pruned.removed) terminal.out(`removed  ${plainText(name)}\n`);
    for (const name of pruned.kept) terminal.out(`in use   ${plainText(name)}\n`);
    if (pruned.removed.length + pruned.kept.length === 0) terminal.err('There are no images to remove.\n');
  }
  return exitStatus.ok;
}
