import assert from 'node:assert/strict';
import { becomes } from './support/becomes.ts';
import { chatForEach } from './support/chatForEach.ts';
import { hiddenWidth } from './support/inView.ts';
import { clean, proposalOf, resultOf, sandbox } from './support/samples.ts';

describe('the chat page in a narrow window', () => {
  const chat = chatForEach();
  beforeEach(() => chat.open.page.setViewportSize({ width: 300, height: 700 }));

  /** Whether all of it lies within the width of the window. */
  async function inWidth(testid: string): Promise<boolean> {
    const box = await chat.open.page.getByTestId(testid).first().boundingBox();
    return box !== null && box.x >= 0 && box.x + box.width <= chat.open.page.viewportSize()!.width;
  }

  it('never cuts what the conversation costs, and tells version and reason of the sandbox on request', async () => {
    const { page } = chat.open;
    const answering = await chat.ask('Go');
    answering.emit({ kind: 'text', delta: 'Gone.' });
    answering.emit({
      kind: 'usage',
      usage: {
        inputTokens: 90_000,
        outputTokens: 10_000,
        cacheReadTokens: 0,
        cacheWriteTokens: 0,
        costUsd: 0.0123,
      },
      context: { used: 100_000, window: 200_000 },
    });
    answering.end();
    const used = page.getByTestId('composer-used').filter({ hasText: /100k tokens · \$0\.0123$/ });
    await used.waitFor();
    await becomes(() => hiddenWidth(used), 0);
    assert.ok(await inWidth('composer-used'));
    assert.ok(await inWidth('context-meter'));
    const name = page.getByTestId('composer-sandbox');
    await becomes(() => name.textContent(), 'docker');
    await becomes(() => name.getAttribute('title'), 'docker · runc\nchosen because an engine answers');
  });

  it('lets nothing run out of a card, and keeps the mark of a status beside its words', async () => {
    const { page } = chat.open;
    const answering = await chat.ask('List');
    const proposal = proposalOf(answering.request.threadId);
    answering.emit({ kind: 'proposed', proposal, report: clean });
    const image = `glovebox/python:${'11d2768a'.repeat(10)}`;
    const message = `The whole stdout is in /tmp/${'0123456789'.repeat(9)}/stdout.txt`;
    const reason = 'because it is much too slow for what it does';
    const decision = { kind: 'reject', reason } as const;
    answering.emit({
      kind: 'ran',
      proposalId: 'p1',
      result: resultOf({ message, notices: [message], sandbox: { ...sandbox, image } }),
    });
    await page.getByTestId('metrics').waitFor();
    await becomes(() => hiddenWidth(page.getByTestId('card')), 0);
    const other = proposalOf(answering.request.threadId, { id: 'p2' });
    answering.emit({ kind: 'proposed', proposal: other, report: clean });
    answering.emit({ kind: 'decided', proposalId: 'p2', decision });
    const status = page.getByTestId('status').filter({ hasText: reason });
    await status.waitFor();
    const mark = await status.locator('svg').boundingBox();
    const words = await status.locator('span').first().boundingBox();
    assert.ok(mark !== null && words !== null && words.height > 30, 'the words take more than a line');
    assert.ok(mark.x < words.x && mark.y < words.y + 10, 'the mark stands alone');
    answering.end();
  });

  it('gives each attached file a line of its own, with the whole name on request', async () => {
    const { page } = chat.open;
    const names = ['a', 'b', 'c'].map((name) => `${name.repeat(120)}.csv`);
    chat.open.chat.attach(names.map((name) => ({ name, bytes: 1, open: () => (async function* () {})() })));
    const chips = page.getByTestId('attachment');
    await chips.nth(2).waitFor();
    for (const [index, name] of names.entries()) {
      const box = await chips.nth(index).boundingBox();
      assert.ok(box !== null && box.height < 30, `${box?.height} pixels`);
      await becomes(() => chips.nth(index).locator('bdi').getAttribute('title'), `${name} (1 B)`);
    }
  });
});
