import assert from 'node:assert/strict';
import type { Executor } from '../../../src/core/ports.ts';
import { emptyResult, type Backend, type RunRequest } from '../../../src/core/run.ts';
import { defaultLimits } from '../../../src/core/limits.ts';
import { chooseSandbox, type SandboxChoice } from '../../../src/executors/choose.ts';

const request: RunRequest = {
  runId: 'r',
  language: 'python',
  code: '',
  title: 'a.py',
  files: [],
  limits: defaultLimits,
};
const never = new AbortController().signal;

/** A choice between sandboxes that note what they are told. */
function open(choice: SandboxChoice, dockerAnswers = true, closed = false) {
  const told: string[] = [];
  const made = new Map<Backend, Promise<Executor>>();
  const make = async (backend: Backend): Promise<Executor> => {
    const sandbox = { backend, runtime: '', image: '', digest: '' };
    return {
      describe: async () =>
        backend !== 'docker' || dockerAnswers
          ? { available: true, sandbox }
          : { available: false, reason: 'no engine', sandbox, ...(closed ? { closed } : {}) },
      execute: async ({ runId }) => {
        told.push(`${backend} runs`);
        return emptyResult(runId, 'ok', sandbox, '');
      },
      refuses: async (language) => (backend === 'docker' ? undefined : `${backend} runs no ${language}`),
      settingsChanged: () => void told.push(`${backend} hears of settings`),
      interruptSession: async (id) => told.push(`${backend} interrupts ${id}`) > 0 && backend === 'docker',
      closeSession: async (id) => void told.push(`${backend} ends ${id}`),
      close: async () => void told.push(`${backend} closes`),
      ...(backend !== 'docker'
        ? {}
        : {
            alive: async () => [
              { id: 'c', owner: 'o', image: 'i', state: 'running', leaseUntil: undefined, stale: false },
            ],
            pruneImages: async () => ({ removed: ['glovebox/python:1'], kept: [] }),
          }),
    };
  };
  const executor = chooseSandbox({
    choice: () => choice,
    load: (backend) => {
      const loaded = made.get(backend) ?? make(backend);
      made.set(backend, loaded);
      return loaded;
    },
    loaded: () => [...made.values()],
  });
  return { executor, told };
}

describe('the choice of a sandbox', () => {
  it('asks the one that it would take which languages it refuses', async () => {
    assert.equal(await open('auto').executor.refuses('shell'), undefined);
    assert.equal(await open('auto', false).executor.refuses('shell'), 'wasm runs no shell');
  });

  it('on auto takes Docker, and the embedded one where no engine answers, and says why', async () => {
    const first = open('auto');
    const { sandbox } = await first.executor.execute(request, () => undefined, never);
    assert.deepEqual([sandbox.backend, first.told], ['docker', ['docker runs']]);
    const second = open('auto', false);
    const other = await second.executor.execute(request, () => undefined, never);
    assert.equal(other.sandbox.backend, 'wasm');
    assert.match(other.sandbox.reason ?? '', /there is no Docker here: no engine/);
    const third = await open('auto', false, true).executor.describe();
    assert.match(third.sandbox.reason ?? '', /Docker is closed here/);
  });

  it('is never another one than was named or approved', async () => {
    const named = await open('docker', false).executor.describe();
    assert.deepEqual([named.available, named.sandbox.backend], [false, 'docker']);
    const { executor } = open('auto', false);
    const approved = await executor.execute({ ...request, kind: 'docker' }, () => undefined, never);
    assert.equal(approved.sandbox.backend, 'docker');
    const embedded = { ...request, kind: 'wasm' } as const;
    for (const [answers, why] of [
      [true, /when the code was approved/],
      [false, /no engine/],
    ] as const) {
      const { sandbox } = await open('auto', answers).executor.execute(embedded, () => undefined, never);
      assert.equal(sandbox.backend, 'wasm');
      assert.match(sandbox.reason ?? '', why);
    }
  });

  it('runs nothing when the setting or the runtime became another one after the approval', async () => {
    for (const [choice, kind, dockerAnswers] of [
      ['process', 'docker'],
      ['docker', 'process'],
      ['wasm', 'docker'],
      ['docker', 'gvisor'],
      ['auto', 'gvisor'],
      ['auto', 'process', true],
      ['auto', 'process', false],
    ] as const) {
      const { executor, told } = open(choice, dockerAnswers);
      const result = await executor.execute({ ...request, kind }, () => undefined, never);
      assert.equal(result.status, 'unavailable', `${kind} → ${choice}`);
      assert.match(result.message ?? '', /approved for the sandbox .* now/);
      assert.deepEqual(told, []);
    }
  });

  it('passes on what is for those that have been loaded', async () => {
    const { executor, told } = open('auto', false);
    await executor.closeSession?.('s');
    assert.equal(told.length, 0);
    await executor.execute(request, () => undefined, never);
    told.length = 0;
    assert.equal(await executor.interruptSession?.('s'), true);
    await executor.closeSession?.('s');
    executor.settingsChanged?.();
    await executor.close();
    for (const what of ['interrupts s', 'ends s', 'hears of settings', 'closes'])
      assert.deepEqual(
        told.filter((line) => line.endsWith(what)),
        [`docker ${what}`, `wasm ${what}`],
      );
  });

  it('names containers where they may be, and prunes the images of Docker alone', async () => {
    assert.equal((await open('auto').executor.alive?.())?.length, 1);
    assert.deepEqual(await open('wasm').executor.alive?.(), []);
    assert.deepEqual((await open('wasm').executor.pruneImages?.())?.removed, ['glovebox/python:1']);
  });

  it('closes each of them, whatever another one of them does', async () => {
    const closed: string[] = [];
    const one = async (name: string, end: () => Promise<void>): Promise<Executor> => ({
      describe: () => Promise.reject(new Error('not asked')),
      execute: () => Promise.reject(new Error('not asked')),
      refuses: async () => undefined,
      close: async () => {
        closed.push(name);
        await end();
      },
    });
    const hung = Promise.withResolvers<void>();
    const all = [
      one('hung', () => hung.promise),
      one('broken', () => Promise.reject(new Error('no'))),
      one('good', async () => undefined),
    ];
    const executor = chooseSandbox({ choice: () => 'auto', load: () => all[0]!, loaded: () => all });
    const closing = executor.close();
    while (closed.length < 3) await new Promise(setImmediate);
    hung.resolve();
    await closing;
    assert.deepEqual(closed, ['hung', 'broken', 'good']);
  });
});
