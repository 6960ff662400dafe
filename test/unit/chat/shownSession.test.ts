import assert from 'node:assert/strict';
import type { Setup } from '../../../src/protocol/chatState.ts';
import { KeptSessions } from '../../../src/ui/chat/keptSessions.ts';
import { ShownSession } from '../../../src/ui/chat/shownSession.ts';
import { unknownSetup } from '../../../src/ui/chat/unknownSetup.ts';

describe('what is said when nothing was interrupted', () => {
  async function said(interrupts: boolean): Promise<readonly string[]> {
    const warned: string[] = [];
    const parts = {
      isCurrent: async () => true,
      sessions: new KeptSessions(async () => ({ closeSession: async () => undefined })),
      setup: async (): Promise<Setup> => ({
        ...unknownSetup,
        sandbox: { state: 'ready', label: '', interrupts },
      }),
      warn: (message: string) => void warned.push(message),
    };
    const shown = { id: 'c', content: { conversation: { id: 'c', title: '', at: 0, keepsState: true } } };
    await new ShownSession(() => shown as never, parts).interrupt();
    return warned;
  }

  it('names what Stop costs where the sandbox can’t be', async () => {
    assert.match((await said(false)).join(), /can’t be interrupted. Stop ends .* variables .* lost/);
  });

  it('says that nothing runs where it could be', async () => {
    assert.match((await said(true)).join(), /no program of this conversation is running/);
  });
});
