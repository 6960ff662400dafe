import type { Executor } from '../../src/core/ports.ts';
import type { RunResult } from '../../src/core/run.ts';
import { guarded } from '../support/guarded.ts';
import { runCode, type RunOptions } from './subject.ts';

/** What an attack reports with. */
const attempt = `
def attempt(name, step):
    try:
        step()
    except OSError as error:
        print(name, "denied", _errno.errorcode.get(error.errno, type(error).__name__))
    except Exception as error:
        print(name, "denied", type(error).__name__)
    else:
        print(name, "OPEN")
`;

/** Runs an attack program, guarded; its lines are `name denied REASON` or `name OPEN`. */
export async function runAttack(
  executor: Executor,
  program: string,
  options: RunOptions = {},
): Promise<RunResult & { readonly outcomes: ReadonlyMap<string, string> }> {
  const result = await runCode(executor, guarded(attempt + program), options);
  const outcomes = new Map<string, string>();
  for (const line of result.stdout.split('\n')) {
    const [, name, outcome] = /^(\S+) ((?:denied|OPEN).*)$/.exec(line) ?? [];
    if (name !== undefined && outcome !== undefined) outcomes.set(name, outcome);
  }
  return { ...result, outcomes };
}

/** The attempts that got through. */
export function gotThrough(outcomes: ReadonlyMap<string, string>): readonly string[] {
  return [...outcomes].filter(([, outcome]) => outcome.startsWith('OPEN')).map(([name]) => name);
}
