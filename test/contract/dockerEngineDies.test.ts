import assert from 'node:assert/strict';
import { containersOf, eventually, requireEngine } from '../support/engine.ts';
import { canStartEngine } from '../support/privateEngine.ts';
import { startOwnEngine, type OwnEngine } from './ownEngine.ts';
import { runCode, told } from './subject.ts';

describe('docker: the engine dies', function () {
  this.timeout(240_000);
  let own: OwnEngine | undefined;
  before(async function () {
    if (!canStartEngine()) return this.skip();
    own = await startOwnEngine();
  });
  after(() => own?.stop());

  it('killed in the middle of runs and of a refill: it is told, and it heals by itself', async () => {
    assert.ok(own !== undefined);
    const { engine, subject } = own;
    const [{ executor, owner, leftovers }, daemon] = [subject, engine];
    let killed: Promise<void> | undefined;
    const code = 'print("begun", flush=True)\nwhile True: pass';
    const runs = [1, 2].map(async () =>
      runCode(executor, code, {
        onEvent: (event) => {
          // A moment later the pool is starting the next ones.
          if (event.kind === 'output')
            killed ??= new Promise((go) => setTimeout(go, 200)).then(() => daemon.kill());
        },
      }),
    );
    for (const result of await Promise.all(runs)) {
      assert.ok(result.status === 'killed' || result.status === 'unavailable', told(result));
      assert.match(result.message ?? '', /engine/i);
    }
    await killed;
    const without = await runCode(executor, 'print(1)');
    assert.equal(without.status, 'unavailable', told(without));
    assert.match(without.message ?? '', /engine|running/i);

    await daemon.restart();
    const again = await runCode(executor, 'print(2)');
    assert.deepEqual([again.status, again.stdout], ['ok', '2\n'], told(again));
    const { docker } = await requireEngine(daemon.host);
    await eventually(
      'the pool is full and nothing else is there',
      async () => {
        return (await containersOf(docker, owner)).length === 2;
      },
      90_000,
    );
    await executor.close();
    await eventually('nothing is left', async () => (await leftovers()).length === 0, 60_000);
  });
});
