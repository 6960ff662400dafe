import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ConversationFiles } from '../../src/ui/chat/conversationFiles.ts';
import { blankConversation } from '../../src/ui/chat/storedConversation.ts';
import { becomes } from './support/becomes.ts';
import { browserForSuite } from './support/browserForSuite.ts';
import { askIn } from './support/chatForEach.ts';
import { beginIn, listedIn, talkIn } from './support/conversing.ts';
import { openChat, type OpenChat } from './support/openChat.ts';
import { clean, proposalOf } from './support/samples.ts';

describe('the list of conversations on the chat page', () => {
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

  const listed = () => listedIn(open);
  const talk = (text: string) => talkIn(open, text);
  const begin = () => beginIn(open);

  it('gives a conversation another name, by keyboard', async () => {
    await talk('apples');
    await open.page.getByTestId('toggle-conversations').click();
    await open.page.getByTestId('rename-conversation').click();
    await open.page.getByTestId('conversation-name').fill('Fruit');
    await open.page.getByTestId('conversation-name').press('Enter');
    await open.page.getByTestId('conversation').filter({ hasText: 'Fruit' }).waitFor();
    await open.page.locator('.conversation-title', { hasText: 'Fruit' }).waitFor();
    await open.close();
    open = await openChat(browser(), { folder });
    await open.page.locator('.conversation-title', { hasText: 'Fruit' }).waitFor();
  });

  it('marks those in which something waits for the person', async () => {
    const answering = await askIn(open, 'apples');
    const proposal = proposalOf(answering.request.threadId);
    const deciding = open.pending.decide(proposal, clean, answering.signal);
    await open.page.getByTestId('run').waitFor();
    await begin();
    await open.page.getByTestId('toggle-conversations').click();
    await open.page.getByTestId('waits').waitFor();
    open.pending.answer('p1', proposal.hash, { kind: 'reject' });
    await deciding;
    await open.page.getByTestId('waits').waitFor({ state: 'detached' });
    answering.end();
  });

  it('marks those in which an answer runs, also while they are not shown', async () => {
    const answering = await askIn(open, 'apples');
    await begin();
    await open.page.getByTestId('toggle-conversations').click();
    const row = open.page.getByTestId('conversation').filter({ hasText: 'apples' });
    await row.getByText('at work').waitFor();
    answering.end();
    await row.getByText('at work').waitFor({ state: 'detached' });
  });

  it('marks them also after the window was closed', async () => {
    const answering = await askIn(open, 'apples');
    void open.pending.decide(proposalOf(answering.request.threadId), clean, answering.signal);
    await open.page.getByTestId('run').waitFor();
    await begin();
    await talk('pears');
    await open.close();
    open = await openChat(browser(), { folder });
    await open.page.getByTestId('toggle-conversations').click();
    const marked = open.page.getByTestId('conversation').filter({ has: open.page.getByTestId('waits') });
    await marked.filter({ hasText: 'apples' }).waitFor();
    await becomes(() => marked.count(), 1);
  });

  it('finds them by what was said in them', async () => {
    for (const word of ['apples', 'pears', 'plums', 'figs']) {
      await talk(word);
      await begin();
    }
    await open.page.getByTestId('toggle-conversations').click();
    const shown = open.page.locator('[data-testid=conversation]:visible');
    await open.page.getByTestId('find-conversation').fill('about PLUMS');
    await shown.nth(1).waitFor({ state: 'hidden' });
    await becomes(() => shown.allTextContents(), ['plums']);
    await open.page.getByTestId('find-conversation').fill('');
    await shown.nth(3).waitFor();
  });

  it('leaves half a name, half a query and the focus alone while another goes on', async () => {
    for (const word of ['apples', 'pears', 'plums', 'figs']) {
      await talk(word);
      await begin();
    }
    const slow = await askIn(open, 'slow');
    await begin();
    await open.page.getByTestId('toggle-conversations').click();
    await open.page.getByTestId('find-conversation').fill('about p');
    await becomes(listed, ['plums', 'pears', 'apples']);
    await open.page.getByTestId('rename-conversation').first().click();
    await open.page.getByTestId('conversation-name').pressSequentially('Half a n');
    slow.emit({ kind: 'text', delta: 'About pine trees.' });
    slow.end();
    await open.chat.rename(slow.request.threadId, 'slower');
    await becomes(listed, ['slower', 'pears', 'apples']);
    await open.page.keyboard.type('ame');
    await becomes(() => open.page.getByTestId('conversation-name').inputValue(), 'Half a name');
    await becomes(() => open.page.getByTestId('find-conversation').inputValue(), 'about p');
    await open.page.keyboard.press('Enter');
    await becomes(listed, ['slower', 'Half a name', 'pears', 'apples']);
  });

  it('gives the way to all, however many there are', async () => {
    await open.close();
    const files = new ConversationFiles(folder);
    for (let at = 1; at <= 401; at += 1) {
      const kept = blankConversation(`c${at}`, at);
      const conversation = { ...kept.conversation, title: at === 1 ? 'The very first' : `Number ${at}` };
      const entry = { kind: 'user', id: `e${at}`, text: `words ${at}`, files: [] };
      await files.save(conversation, { ...kept, conversation, entries: [entry] });
    }
    open = await openChat(browser(), { folder });
    await open.page.getByTestId('toggle-conversations').click();
    const first = open.page.getByTestId('conversation').filter({ hasText: 'The very first' });
    await becomes(async () => (await listed()).length, 200);
    await open.page.getByTestId('find-conversation').fill('very first');
    await becomes(listed, ['The very first']);
    await open.page.getByTestId('find-conversation').fill('');
    for (const count of [400, 401]) {
      await open.page.getByTestId('more-conversations').click();
      await becomes(async () => (await listed()).length, count);
    }
    await becomes(() => open.page.getByTestId('more-conversations').count(), 0);
    await first.click();
    await open.page.getByText('words 1', { exact: true }).waitFor();
  });
});
