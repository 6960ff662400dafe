import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { propose } from '../../../src/pipeline/propose.ts';
import { PendingDecisions } from '../../../src/ui/decisions/pendingDecisions.ts';
import type { rerunDraft } from '../../../src/ui/history/rerun.ts';
import type { hasPreviewAlone } from '../../../src/ui/preview/rejectOnClose.ts';
import { blocked } from '../../page/support/samples.ts';
import { hearingEditor, withEditor } from '../../support/fakeEditor.ts';
import { someRecord } from '../../support/records.ts';
import { openController } from '../chat/controllerDesk.ts';

describe('a run of the chat that a person runs again', () => {
  it('is decided on in its preview, and gets no card in the conversation', async () => {
    const { editor } = hearingEditor();
    const trusted = { ...editor, workspace: { isTrusted: true } };
    const file = await withEditor<{ readonly rerunDraft: typeof rerunDraft }>('history/rerun.ts', trusted);
    const folder = await mkdtemp(path.join(os.tmpdir(), 'gbr-'));
    const pending = new PendingDecisions();
    const { chat } = openController(folder, { ask: async () => undefined } as never, { pending });
    try {
      const record = someRecord({ origin: 'agent', threadId: chat.shown.id, files: [] });
      const draft = await file.rerunDraft(record);
      assert.deepEqual([draft?.origin, draft?.rerunOf], ['rerun', record.runId]);
      const proposal = propose(draft!, 'docker');
      const decision = pending.decide(proposal, blocked, new AbortController().signal);
      assert.deepEqual(chat.shown.content.entries, []);
      const preview = await withEditor<{ readonly hasPreviewAlone: typeof hasPreviewAlone }>(
        'preview/rejectOnClose.ts',
        trusted,
      );
      assert.ok(preview.hasPreviewAlone(proposal), 'who closes the preview rejects it');
      pending.answer(proposal.id, proposal.hash, { kind: 'run', hash: proposal.hash, by: 'person' });
      assert.equal((await decision).kind, 'run');
      assert.deepEqual(chat.shown.content.entries, []);
    } finally {
      await chat.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
