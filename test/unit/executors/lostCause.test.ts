import assert from 'node:assert/strict';
import { causeIn } from '../../../src/executors/docker/lostCause.ts';

const line = (Action: string, Attributes: Record<string, string> = {}, ID = 'ours'): string =>
  `${JSON.stringify({ Action, Actor: { ID, Attributes } })}\n`;
const dies = (exitCode: string): string => line('die', { exitCode });

describe('why a container went away', () => {
  const cases: readonly (readonly [string, string, boolean, string])[] = [
    ['the engine says that memory ran out', line('oom') + dies('137'), false, 'oom'],
    ['it says so late', dies('137') + line('destroy') + line('oom'), true, 'oom'],
    ['memory ran out in another one', line('oom', {}, 'theirs') + dies('1'), true, 'killed'],
    ['killed, and nobody asked for it', dies('137'), false, 'killed'],
    ['the same where memory ends the sandbox as a whole', dies('137'), true, 'memory-likely'],
    ['killed by the engine', line('kill', { signal: '9' }) + dies('137'), true, 'killed'],
    ['ended by itself', dies('2'), true, 'killed'],
    ['nothing is known', '', true, 'killed'],
    ['events of another shape', '{"status":"pull"}\n' + dies('2'), true, 'killed'],
  ];
  for (const [what, events, wholeSandbox, cause] of cases) {
    it(`${what}: ${cause}`, () => assert.equal(causeIn(events, 'ours', wholeSandbox), cause));
  }
});
