import assert from 'node:assert/strict';
import { KeptSessions } from '../../../src/ui/chat/keptSessions.ts';

describe('conversations that keep their state', () => {
  function sessions() {
    const told: string[] = [];
    const kept = new KeptSessions(async () => ({
      interruptSession: async (id) => told.push(`interrupt ${id}`) > 0,
      closeSession: async (id) => void told.push(`close ${id}`),
    }));
    return { kept, told };
  }

  it('have a session each, and only those that were asked for', () => {
    const { kept } = sessions();
    kept.keep('a');
    kept.keep('b');
    assert.notEqual(kept.sessionOf('a'), undefined);
    assert.notEqual(kept.sessionOf('a'), kept.sessionOf('b'));
    assert.equal(kept.sessionOf('c'), undefined);
  });

  it('end their session with the choice, and leave those of others alone', async () => {
    const { kept, told } = sessions();
    kept.keep('a');
    const id = kept.sessionOf('a');
    await kept.letGo('a');
    await kept.letGo('b');
    assert.deepEqual(told, [`close ${id}`]);
    assert.equal(kept.sessionOf('a'), undefined);
  });

  it('can be interrupted and restarted, and say where that is not to be had', async () => {
    const { kept, told } = sessions();
    kept.keep('a');
    const id = kept.sessionOf('a');
    assert.equal(await kept.interrupt('a'), true);
    await kept.restart('a');
    assert.deepEqual(told, [`interrupt ${id}`, `close ${id}`]);
    assert.equal(kept.sessionOf('a'), id);
    assert.equal(await new KeptSessions(async () => ({})).interrupt('a'), false);
  });
});
