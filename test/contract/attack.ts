import { readlinkSync } from 'node:fs';
import type { Executor } from '../../src/core/ports.ts';
import type { RunResult } from '../../src/core/run.ts';
import { runCode, type RunOptions } from './subject.ts';

/** Where the tests themselves run; empty where there are no namespaces. */
function ownPidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/**
 * Put before every attack: does nothing unless it runs in a process namespace other than the tests'
 * (or where there are no processes at all), so that a sandbox that leaks harms nobody.
 */
const guard = `
import errno as _errno, os as _os, sys as _sys
try:
    _home = _os.readlink("/proc/self/ns/pid")
except OSError:
    _home = "" if _sys.platform != "linux" else "unknown"
if _sys.platform == "linux" and _home in (${JSON.stringify(ownPidNamespace())}, "unknown"):
    print("refused: not inside a sandbox")
    raise SystemExit(99)
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
  const result = await runCode(executor, guard + program, options);
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
