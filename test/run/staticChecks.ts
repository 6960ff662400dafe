import { runGroup } from './childGroup.ts';
import type { RunContext } from './context.ts';
import { failed, passed, sum, type Tally } from './tally.ts';

const checks: readonly (readonly [title: string, command: string, ...args: readonly string[]])[] = [
  ['formatting', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['types', 'tsc', '-p', '.'],
  ['types of the chat page', 'tsc', '-p', 'src/webview'],
  ['lint', 'eslint', '.'],
  ['import rules', 'depcruise', 'src', 'test', '--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
  ['pages that are written from tables', 'node', 'scripts/guaranteeDocs.ts', '--check'],
];

/** How many run side by side; each of them uses one processor. */
const lanes = 2;

/** Format, types, lint and import rules: each counts as one test. */
export async function staticChecks(context: RunContext): Promise<Tally> {
  const left = [...checks];
  const lane = async (): Promise<Tally> => {
    const tallies: Tally[] = [];
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [title, command, ...args] = next;
      const { code } = await runGroup(command, args, context);
      context.show(code === 0 ? `  ✔ ${title}\n` : `  ✘ ${title}\n`);
      tallies.push(code === 0 ? passed() : failed(`check: ${title}`));
    }
    return sum(tallies);
  };
  return sum(await Promise.all(Array.from({ length: lanes }, lane)));
}
