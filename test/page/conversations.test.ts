import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { becomes } from './support/becomes.ts';
import { browserForSuite } from './support/browserForSuite.ts';
import { askIn } from './support/chatForEach.ts';
import { beginIn, listedIn, talkIn } from './support/conversing.ts';
import { openChat, ready, type OpenChat } from './support/openChat.ts';
import { clean, proposalOf } from './support/samples.ts';

describe('conversations on the chat page', () => {
  const browser = browserForSuite();
  let folder: string;
  let open: OpenChat;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'gbp-'));
    open = await openChat(browser(), { folder });
  });
  afterEach(async () => {
    await open.close();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = (text: string) => askIn(open, text);
  const talk = (text: string) => talkIn(open, text);
  const begin = () => beginIn(open);
  const listed = () => listedIn(open);

  it('are kept apart, found again and deleted', async () => {
    await talk('apples');
    await begin();
    await talk('pears');
    await open.page.getByTestId('toggle-conversations').click();
    await becomes(listed, ['pears', 'apples']);
    await open.page.getByTestId('conversation').nth(1).click();
    await open.page.getByText('About apples.').waitFor();
    await becomes(() => open.page.getByText('About pears.').count(), 0);
    await open.page.getByTestId('toggle-conversations').click();
    await open.page.getByTestId('delete-conversation').nth(1).click();
    await open.page.getByTestId('welcome').waitFor();
    await becomes(listed, ['pears']);
    await becomes(() => open.agent.forgotten.length, 1);
  });

  it('give back what was written for one while the page had not heard yet that another is shown', async () => {
    const { page, chat, agent } = open;
    await talk('apples');
    // What tells the page of another one is on its way for as long.
    chat.feed.snapshot = () => undefined;
    chat.newConversation();
    await page.getByTestId('composer').fill('And pears?');
    await page.getByTestId('composer').press('Enter');
    await becomes(() => page.getByTestId('composer').inputValue(), 'And pears?');
    assert.deepEqual(
      agent.requests.map(({ text }) => text),
      ['apples'],
    );
  });

  it('go on in the background while another is on the screen', async () => {
    const first = await ask('slow');
    await begin();
    await talk('quick');
    first.emit({ kind: 'text', delta: 'At last.' });
    first.end();
    // Goes the same way to the page, behind what must not get there.
    open.chat.attach([{ name: 'later.csv', bytes: 1, open: () => (async function* () {})() }]);
    await open.page.getByTestId('attachment').waitFor();
    await becomes(() => open.page.getByText('At last.').count(), 0);
    await open.page.getByTestId('toggle-conversations').click();
    await open.page.getByTestId('conversation').filter({ hasText: 'slow' }).click();
    await open.page.getByText('At last.').waitFor();
  });

  it('come back with their open decision after the window was closed', async () => {
    const answering = await ask('List');
    const proposal = proposalOf(answering.request.threadId);
    void open.pending.decide(proposal, clean, answering.signal);
    await open.page.getByTestId('run').waitFor();
    await open.close();
    open = await openChat(browser(), { folder, pendingThreads: [proposal.threadId ?? ''] });
    await open.page.getByTestId('run').waitFor();
    const resumed = await open.agent.next();
    const deciding = open.pending.decide(proposal, clean, resumed.signal);
    await open.page.getByTestId('run').click();
    assert.deepEqual(await deciding, { kind: 'run', hash: proposal.hash, by: 'person' });
    resumed.end();
  });

  it('give a request back whose key was not given, with its file', async () => {
    await open.close();
    const giveKey = async () => ({ given: false, there: false });
    open = await openChat(browser(), { folder, setup: { ...ready, key: 'missing' }, giveKey });
    await open.page.getByTestId('attach').click();
    await open.page.getByTestId('attachment').waitFor();
    await open.page.getByTestId('composer').fill('Add it up');
    await open.page.getByTestId('composer').press('Enter');
    await becomes(async () => open.did.includes('askForKey'), true);
    await becomes(() => open.page.getByTestId('composer').inputValue(), 'Add it up');
    await becomes(() => open.page.getByTestId('attachment').count(), 1);
    await becomes(() => open.page.getByTestId('message-user').count(), 0);
  });

  it('give a request back that another window part sent while an answer was under way', async () => {
    const first = await ask('slow');
    await open.chat.ask('And this?', []);
    await becomes(() => open.page.getByTestId('composer').inputValue(), 'And this?');
    first.end();
    // What came of it reaches the page a little later than the words for the composer.
    await open.page.getByTestId('message-user').filter({ hasText: 'slow' }).waitFor();
    await open.page.getByTestId('send').waitFor();
    await becomes(() => open.page.getByTestId('message-user').count(), 1);
  });

  it('are asked anew from an earlier request on', async () => {
    await talk('one');
    await talk('two');
    await open.page.getByTestId('edit-request').first().click();
    await open.page.getByTestId('edit-request-text').fill('three');
    const send = open.page.getByTestId('edit-request-send');
    await becomes(() => send.textContent(), 'Send, and drop the 1 request after it');
    await open.page.getByTestId('edit-request-text').press('Enter');
    const again = await open.agent.next();
    assert.equal(again.request.text, 'three');
    assert.deepEqual(open.agent.rewound, [2]);
    again.end();
    await open.page.getByTestId('message-user').filter({ hasText: 'three' }).waitFor();
    await becomes(() => open.page.getByTestId('message-user').count(), 1);
    await open.page.getByTestId('send').waitFor();
    await open.page.getByTestId('composer').press('ArrowUp');
    await becomes(() => open.page.getByTestId('composer').inputValue(), 'three');
  });

  it('branch before a request, which is then there to be changed', async () => {
    await talk('one');
    await talk('two');
    await open.page.getByTestId('composer').fill('half a thought');
    await open.page.getByTestId('branch').nth(1).click();
    await open.page.getByTestId('message-user').nth(1).waitFor({ state: 'detached' });
    await becomes(() => open.page.getByTestId('composer').inputValue(), 'half a thought\n\ntwo');
    await becomes(() => open.page.getByTestId('message-user').textContent(), 'one');
    await talk('three');
    await open.page.getByTestId('toggle-conversations').click();
    await becomes(listed, ['one', 'one']);
    assert.deepEqual(open.agent.branched, [1]);
  });

  it('try the last answer again', async () => {
    await talk('one');
    await talk('two');
    const retry = open.page.locator('[data-testid=retry-answer]:visible');
    await retry.waitFor();
    await becomes(() => retry.count(), 1);
    await retry.click();
    const again = await open.agent.next();
    assert.equal(again.request.text, 'two');
    assert.deepEqual(open.agent.rewound, [1]);
    again.end();
  });

  it('keep the files of a request that is asked again or branched off, wherever they came from', async () => {
    open.chat.attach([{ name: 'pasted.png', bytes: 9, open: () => (async function* () {})() }]);
    await open.page.getByTestId('attachment').waitFor();
    await talk('look');
    const retry = open.page.locator('[data-testid=retry-answer]:visible');
    await retry.evaluate(clickTwice);
    const again = await open.agent.next();
    assert.deepEqual(
      again.request.files.map(({ name }) => name),
      ['pasted.png'],
    );
    again.emit({ kind: 'text', delta: 'Seen again.' });
    await open.page.getByText('Seen again.').waitFor();
    again.end();
    await open.page.getByTestId('send').waitFor();
    assert.equal(open.agent.requests.length, 2, 'two clicks ask once');
    await open.page.getByTestId('branch').click();
    await open.page.getByTestId('attachment').filter({ hasText: 'pasted.png' }).waitFor();
    await open.page.getByTestId('welcome').waitFor();
  });

  it('take all files of a large drop', async () => {
    const paths = Array.from({ length: 150 }, (_, at) => `file:///ws/${at}.csv`);
    await open.page.evaluate(drop, paths.join('\r\n'));
    await becomes(() => open.page.getByTestId('attachment').count(), 150);
    assert.deepEqual(open.did, []);
  });

  it('take files that are dropped on the composer', async () => {
    await open.page.evaluate(drop, 'vscode-remote://host/ws/sales.csv\r\nfile:///ws/data/costs.csv');
    await open.page.getByTestId('attachment').nth(1).waitFor();
    await becomes(
      () => open.page.getByTestId('attachment').allTextContents(),
      ['vscode-remote://host/ws/sales.csv', 'file:///ws/data/costs.csv'],
    );
  });
});

interface PageScope {
  readonly document: { querySelector(selector: string): { dispatchEvent(event: unknown): void } };
  readonly DataTransfer: new () => { setData(type: string, data: string): void };
  readonly DragEvent: new (type: string, options: object) => unknown;
}

function drop(list: string): void {
  const scope = globalThis as unknown as PageScope;
  const dataTransfer = new scope.DataTransfer();
  dataTransfer.setData('text/uri-list', list);
  scope.document
    .querySelector('[data-testid=composer]')
    .dispatchEvent(new scope.DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}

/** Runs in the page: faster than anything can change there. */
function clickTwice(node: unknown): void {
  const shown = node as { click(): void };
  shown.click();
  shown.click();
}
