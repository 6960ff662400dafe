import assert from 'node:assert/strict';
import { Emitter } from '../../../src/core/lifecycle.ts';
import type { SandboxStatus } from '../../../src/core/ports.ts';
import { keepKnown } from '../../../src/ui/sandbox/keepKnown.ts';
import { SandboxState } from '../../../src/ui/sandbox/sandboxState.ts';
import type { UiApp } from '../../../src/ui/uiApp.ts';

const sandbox = { backend: 'docker', runtime: 'runc', image: '', digest: '' } as const;

describe('what is known of the sandbox', () => {
  function open() {
    let status: SandboxStatus = { available: true, sandbox: { ...sandbox, reason: 'an engine answers' } };
    let looks = 0;
    let waiting: (() => void)[] = [];
    const gate = { shut: false };
    const executor: Pick<UiApp['executor'], 'describe'> = {
      async describe() {
        looks++;
        if (gate.shut) await new Promise<void>((go) => waiting.push(go));
        return status;
      },
    };
    const state = new SandboxState(async () => ({ executor }) as UiApp);
    const happened = new Emitter<void>();
    const used = new Emitter<void>();
    const kept = keepKnown(state, [used.on], [happened.on]);
    const changed = () => new Promise<SandboxStatus>((resolve) => state.onDidChange(resolve));
    return {
      state,
      happened,
      used,
      kept,
      changed,
      gate,
      looks: () => looks,
      become: (next: SandboxStatus) => (status = next),
      letGo: () => {
        gate.shut = false;
        for (const go of waiting) go();
        waiting = [];
      },
    };
  }
  const away: SandboxStatus = { available: false, reason: 'The engine does not answer.', sandbox };

  it('is looked at again after a change, and told to whoever shows it', async () => {
    const { state, happened, changed, become } = open();
    await state.refresh();
    become(away);
    const told = changed();
    happened.fire();
    assert.deepEqual(await told, away);
    assert.deepEqual(state.known, away);
  });

  it('is looked at after each run, also where nobody had asked before', async () => {
    const { state, used, changed, become } = open();
    become(away);
    const told = changed();
    used.fire();
    assert.deepEqual(await told, away);
    assert.deepEqual(state.known, away);
  });

  it('is not asked for before somebody wants to know, nor after the window went', async () => {
    const { state, happened, kept, looks } = open();
    happened.fire();
    assert.equal(looks(), 0);
    await state.refresh();
    kept.dispose();
    happened.fire();
    assert.equal(looks(), 1);
  });

  it('is looked at once more, and not once for each, where many changes come during a look', async () => {
    const { state, happened, changed, become, gate, looks, letGo } = open();
    await state.refresh();
    gate.shut = true;
    for (let times = 0; times < 5; times++) happened.fire();
    while (looks() < 2) await new Promise((resolve) => setImmediate(resolve));
    become(away);
    const told = changed();
    letGo();
    await told;
    while (looks() < 3) await new Promise((resolve) => setImmediate(resolve));
    for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(looks(), 3);
  });
});
