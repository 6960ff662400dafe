import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PendingDecisions } from '../../../src/ui/decisions/pendingDecisions.ts';
import type { ProposalPreview } from '../../../src/ui/preview/proposalPreview.ts';
import type * as tools from '../../../src/ui/tools/toolApprover.ts';
import { clean, proposalOf } from '../../page/support/samples.ts';

const editor = `
export const l10n = { t: (text) => text };
export const window = { showInformationMessage: () => Promise.reject(new Error('no notifications')) };
export const EventEmitter = class {};
`;

async function load(): Promise<typeof tools> {
  const hooks = registerHooks({
    resolve: (name, context, next) => {
      if (name === 'vscode')
        return { url: `data:text/javascript,${encodeURIComponent(editor)}`, shortCircuit: true };
      const found = next(name, context);
      return found.url.includes('/src/ui/') ? { ...found, url: `${found.url}?tool-approver` } : found;
    },
  });
  try {
    const file = path.join(import.meta.dirname, '../../../src/ui/tools/toolApprover.ts');
    return (await import(pathToFileURL(file).href)) as typeof tools;
  } finally {
    hooks.deregister();
  }
}

describe('the question about another assistant’s code', () => {
  const proposal = proposalOf('p1');
  const never = new AbortController().signal;
  const open = async (preview: () => Promise<void>) => {
    const { ToolApprover } = await load();
    const pending = new PendingDecisions();
    const approver = new ToolApprover(pending, { open: preview } as unknown as ProposalPreview);
    return { pending, decided: approver.decide(proposal, clean, never) };
  };

  it('is closed where it can’t be shown', async () => {
    const { pending, decided } = await open(() => Promise.reject(new Error('no such view')));
    await assert.rejects(decided, /no such view/);
    assert.deepEqual(pending.list(), []);
  });

  it('waits on where only the reminder can’t be shown', async () => {
    const { pending, decided } = await open(async () => undefined);
    await new Promise(setImmediate);
    assert.equal(pending.list().length, 1);
    pending.answer(proposal.id, proposal.hash, { kind: 'reject', reason: 'no' });
    assert.deepEqual(await decided, { kind: 'reject', reason: 'no' });
  });
});
