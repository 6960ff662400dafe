import assert from 'node:assert/strict';
import { becomes, matches } from './support/becomes.ts';
import { browserForSuite } from './support/browserForSuite.ts';
import { askIn } from './support/chatForEach.ts';
import { openChat, ready, type OpenChat } from './support/openChat.ts';
import { blocked, clean, proposalOf, resultOf } from './support/samples.ts';

describe('the chat page without a mouse', () => {
  const browser = browserForSuite();
  let open: OpenChat;
  afterEach(() => open.close());

  const ask = (text: string) => askIn(open, text);

  /** Names of what has the focus after each press of Tab, from leaving the page to leaving it again. */
  async function tabStops(): Promise<string[]> {
    const stops: string[] = [];
    let left = 0;
    for (let press = 0; press < 80 && left < 2; press += 1) {
      await open.page.keyboard.press('Tab');
      const stop = await open.page.evaluate(focused);
      if (stop === '') left += 1;
      else if (left === 1) stops.push(stop);
    }
    assert.equal(left, 2, `Tab never leaves the page: ${stops.join(', ')}`);
    return stops;
  }

  it('reaches everything that can be pressed, and gets out again', async () => {
    open = await openChat(browser());
    const answering = await ask('List');
    const proposal = proposalOf(answering.request.threadId);
    void open.pending.decide(proposal, blocked, answering.signal);
    await open.page.getByTestId('run-anyway').waitFor();
    const stops = await tabStops();
    for (const stop of [
      'toggle-conversations',
      'history',
      'edit-request',
      'edit',
      'reject',
      'preview',
      'reject-why',
      'run-anyway',
      'composer',
      'attach',
      'stop',
    ])
      assert.ok(stops.includes(stop), `${stop} is among ${stops.join(', ')}`);
    answering.end();
  });

  it('keeps the focus at the card when its buttons go away', async () => {
    open = await openChat(browser());
    const answering = await ask('List');
    const proposal = proposalOf(answering.request.threadId);
    const deciding = open.pending.decide(proposal, clean, answering.signal);
    await open.page.getByTestId('run').press('Enter');
    await deciding;
    await open.page.getByTestId('run').waitFor({ state: 'detached' });
    await becomes(() => open.page.evaluate(focused), 'card');
    answering.end();
  });

  it('goes back with Escape from each form, without stopping the answer', async () => {
    open = await openChat(browser());
    const answering = await ask('List');
    const proposal = proposalOf(answering.request.threadId);
    void open.pending.decide(proposal, blocked, answering.signal);
    for (const [button, form] of [
      ['edit', 'edit-code'],
      ['reject-why', 'reject-reason'],
      ['run-anyway', 'run-anyway-confirm'],
    ] as const) {
      await open.page.getByTestId(button).press('Enter');
      await open.page.getByTestId(form).waitFor();
      await open.page.keyboard.press('Escape');
      await open.page.getByTestId(button).waitFor();
    }
    assert.equal(answering.signal.aborted, false);
    assert.equal(open.pending.list().length, 1);
    answering.end();
  });

  it('tells a screen reader of proposals and of their results, each once', async () => {
    open = await openChat(browser());
    const answering = await ask('List');
    const told = open.page.getByTestId('announcer');
    const proposal = proposalOf(answering.request.threadId);
    void open.pending.decide(proposal, blocked, answering.signal);
    await told.filter({ hasText: 'List the files: Blocked by the validator. 1 finding.' }).waitFor();
    await open.page.getByTestId('reject').click();
    await told.filter({ hasText: 'List the files: Rejected.' }).waitFor();
    answering.emit({ kind: 'ran', proposalId: 'p1', result: resultOf({ status: 'blocked' }) });
    answering.emit({ kind: 'text', delta: 'I see.' });
    answering.end();
    await told.filter({ hasText: 'Answer: I see.' }).waitFor();
    await becomes(() => open.page.getByRole('log').getAttribute('aria-live'), 'off');
  });

  it('says what is missing before the first run, with the button that helps', async () => {
    open = await openChat(browser(), {
      setup: {
        ...ready,
        trusted: false,
        key: 'missing',
        sandbox: { state: 'missing', label: '', reason: 'Docker is not running.', embeddedInstead: true },
      },
    });
    await open.page.getByText('Docker is not running.').waitFor();
    for (const action of ['manageTrust', 'setKey', 'fixSandbox', 'useEmbedded'])
      await open.page.getByTestId(`banner-${action}`).press('Enter');
    await open.page.getByTestId('example').first().press('Enter');
    await becomes(() => open.did, ['manageTrust', 'askForKey', 'fixSandbox', 'useEmbedded']);
    await matches(() => open.page.getByTestId('composer').inputValue(), /month/);
  });
});

interface PageScope {
  readonly document: {
    readonly activeElement: {
      readonly dataset: Record<string, string | undefined>;
      readonly tagName: string;
    };
  };
}

function focused(): string {
  const { activeElement } = (globalThis as unknown as PageScope).document;
  if (activeElement.tagName === 'BODY') return '';
  return activeElement.dataset['testid'] ?? activeElement.tagName;
}
