import assert from 'node:assert/strict';
import { becomes } from './support/becomes.ts';
import { inTokens, longAnswer } from './support/longAnswer.ts';
import { chatForEach } from './support/chatForEach.ts';
import { proposalOf } from './support/samples.ts';

describe('a long answer on the chat page', () => {
  const chat = chatForEach();

  async function answer(deltas: readonly string[], each: () => Promise<unknown>): Promise<string> {
    const answered = chat.open.page.getByTestId('retry-answer');
    const before = await answered.count();
    const answering = await chat.ask('Go on');
    for (const delta of deltas) {
      answering.emit({ kind: 'text', delta });
      await each();
    }
    answering.end();
    // Until the answer has ended there, the page may not know yet that it was busy.
    await answered.nth(before).waitFor({ state: 'attached' });
    await chat.open.page.getByTestId('send').waitFor();
    return chat.open.page.getByTestId('message-assistant').last().locator('.markdown').innerHTML();
  }

  it('looks the same whether it came at once or in pieces', async () => {
    const text = longAnswer(250);
    const atOnce = await answer([text], async () => undefined);
    const inPieces = await answer(inTokens(text), () => chat.open.page.evaluate(nextFrame));
    assert.ok(atOnce.length > text.length);
    assert.equal(inPieces, atOnce);
  });

  it('draws blocks that are complete only once', async () => {
    const text = longAnswer(200);
    await chat.open.page.evaluate(countRemovedNodes);
    await answer(inTokens(text), () => chat.open.page.evaluate(nextFrame));
    const removed = await chat.open.page.evaluate(
      () => (globalThis as unknown as { removed: number }).removed,
    );
    const pieces = inTokens(text).length;
    // Each piece may replace the one block that still grows, and nothing before it.
    assert.ok(removed > 0 && removed <= pieces * 2, `${removed} blocks were taken away in ${pieces} steps`);
  });

  it('stays at the end unless the person has scrolled up, and goes back by button', async () => {
    await answer([longAnswer(700)], async () => undefined);
    const distance = (): Promise<number> => chat.open.page.evaluate(distanceToEnd);
    const atEnd = async () => (await distance()) < 5;
    await becomes(atEnd, true);
    await chat.open.page.locator('main').hover();
    await chat.open.page.mouse.wheel(0, -2000);
    await chat.open.page.getByTestId('jump').waitFor();
    await becomes(async () => (await distance()) > 1000, true);
    await answer(['One more line.\n\n'.repeat(30)], async () => undefined);
    await chat.open.page.mouse.wheel(0, -2000);
    await chat.open.page.getByTestId('jump').click();
    await becomes(atEnd, true);
  });

  it('lets the person read above while it goes on', async () => {
    await answer([longAnswer(400)], async () => undefined);
    await chat.open.page.getByTestId('composer').fill('More');
    await chat.open.page.getByTestId('composer').press('Enter');
    const answering = await chat.open.agent.next();
    await chat.open.page.locator('main').hover();
    for (let line = 0; line < 60; line += 1) {
      answering.emit({ kind: 'text', delta: `Line ${line} of many.\n\n` });
      if (line === 20) await chat.open.page.mouse.wheel(0, -300);
      await chat.open.page.evaluate(nextFrame);
    }
    answering.end();
    await chat.open.page.getByText('Line 59 of many.').waitFor();
    await chat.open.page.getByTestId('send').waitFor();
    const distance = await chat.open.page.evaluate(distanceToEnd);
    assert.ok(distance > 300, `${distance} pixels above the end`);
  });

  it('keeps the end of a flood of output and counts the rest', async () => {
    await chat.open.page.getByTestId('composer').fill('Flood');
    await chat.open.page.getByTestId('composer').press('Enter');
    const answering = await chat.open.agent.next();
    const proposal = proposalOf(answering.request.threadId);
    answering.emit({ kind: 'proposed', proposal, report: { verdict: 'allow', findings: [] } });
    const lines = Array.from({ length: 400 }, (_, line) => `${line} ${'🧤'.repeat(100)}\n`);
    for (const text of lines)
      answering.emit({ kind: 'run', proposalId: 'p1', event: { kind: 'output', stream: 'stdout', text } });
    await chat.open.page.getByTestId('stdout').filter({ hasText: '399 🧤' }).waitFor();
    const shown = (await chat.open.page.getByTestId('stdout').textContent()) ?? '';
    const all = lines.join('');
    assert.ok(all.endsWith(shown), 'what is shown is the end of what was written');
    assert.ok(shown.length > 16_000 && shown.length <= 16_384, `${shown.length} characters`);
    const dropped = (all.length - shown.length).toLocaleString('en');
    await chat.open.page.getByText(`${dropped} earlier characters`).waitFor();
    answering.end();
  });
});

interface PageScope {
  requestAnimationFrame(done: () => void): void;
  removed: number;
  document: {
    querySelector(selector: string): { scrollHeight: number; scrollTop: number; clientHeight: number };
  };
  MutationObserver: new (seen: (records: { removedNodes: { length: number } }[]) => void) => {
    observe(target: unknown, options: object): void;
  };
}

function nextFrame(): Promise<void> {
  const scope = globalThis as unknown as PageScope;
  return new Promise((resolve) => scope.requestAnimationFrame(() => resolve()));
}

function distanceToEnd(): number {
  const scope = globalThis as unknown as PageScope;
  const pane = scope.document.querySelector('main');
  return pane.scrollHeight - pane.scrollTop - pane.clientHeight;
}

function countRemovedNodes(): void {
  const scope = globalThis as unknown as PageScope;
  scope.removed = 0;
  const observer = new scope.MutationObserver((records) => {
    for (const record of records) scope.removed += record.removedNodes.length;
  });
  observer.observe(scope.document.querySelector('[data-testid=transcript]'), {
    childList: true,
    subtree: true,
  });
}
