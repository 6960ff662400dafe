import assert from 'node:assert/strict';
import { defaultLimits } from '../../../src/core/limits.ts';
import { outcomeOf } from '../../../src/executors/runner/runOutcome.ts';
import type { ExitMessage } from '../../../src/executors/runner/runnerMessages.ts';

const exit = (change: Partial<ExitMessage>): ExitMessage => ({
  exitCode: 0,
  signal: null,
  reason: null,
  detail: '',
  wallMs: 1,
  cpuMs: 1,
  peakMemoryBytes: 1,
  oomKills: 0,
  ...change,
});

describe('outcomeOf', () => {
  const killed = { exitCode: null, signal: 'SIGKILL' } as const;
  const cases: readonly (readonly [Partial<ExitMessage>, string, RegExp | undefined])[] = [
    [{}, 'ok', undefined],
    [{ exitCode: 137 }, 'error', undefined],
    [killed, 'killed', /SIGKILL/],
    [{ ...killed, oomKills: 1 }, 'oom', /512 MB/],
    [{ exitCode: 1, oomKills: 1 }, 'oom', /memory/],
    [{ exitCode: 0, oomKills: 1 }, 'ok', undefined],
    [{ ...killed, reason: 'timeout' }, 'timeout', /30 s/],
    [{ ...killed, reason: 'timeout', oomKills: 1 }, 'timeout', /30 s/],
    [{ ...killed, reason: 'cpu' }, 'timeout', /processor/],
    [{ exitCode: null, signal: 'SIGXCPU' }, 'timeout', /processor/],
    [{ ...killed, reason: 'output' }, 'output-limit', /64 MB/],
    [{ exitCode: null, reason: 'inputs', detail: 'no space' }, 'error', /no space.*Nothing was run/],
    [{ exitCode: null, reason: 'language', detail: 'cobol' }, 'error', /cobol/],
  ];
  for (const [change, status, message] of cases) {
    it(`${JSON.stringify(change)} is ${status}`, () => {
      const outcome = outcomeOf({ kind: 'exited', exit: exit(change) }, defaultLimits);
      assert.equal(outcome.status, status);
      if (message === undefined) assert.equal(outcome.message, undefined);
      else assert.match(outcome.message ?? '', message);
    });
  }
});
