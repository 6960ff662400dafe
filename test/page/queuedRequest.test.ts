import assert from 'node:assert/strict';
import { becomes } from './support/becomes.ts';
import { chatForEach } from './support/chatForEach.ts';

describe('a request that waits for the end of an answer', () => {
  const chat = chatForEach();

  const field = () => chat.open.page.getByTestId('composer');
  const attached = () => chat.open.page.getByTestId('attachment').allTextContents();
  const note = () => chat.open.page.getByTestId('composer-note');
  /** Its answer is under way, and the next request waits. */
  const queued = async () => {
    const first = await chat.ask('One');
    await chat.open.page.getByTestId('stop').waitFor();
    await field().fill('Two');
    await field().press('Enter');
    await note().filter({ hasText: 'Will be sent when this answer has ended' }).waitFor();
    return first;
  };
  const isKept = async (why: string) => {
    await note()
      .filter({ hasText: `Not sent, because ${why}` })
      .waitFor();
    await becomes(() => field().inputValue(), 'Two');
    assert.equal(chat.open.agent.requests.length, 1);
  };

  it('is sent from the page that comes after', async () => {
    const first = await queued();
    await chat.open.page.reload();
    await note().filter({ hasText: 'Will be sent when this answer has ended' }).waitFor();
    first.end();
    assert.equal((await chat.open.agent.next()).request.text, 'Two');
    await becomes(() => field().inputValue(), '');
  });

  it('is sent when the answer has ended while no page was there', async () => {
    const { page, server, chat: controller } = chat.open;
    const first = await queued();
    await page.goto('about:blank');
    first.emit({ kind: 'text', delta: 'Done.' });
    first.end();
    await becomes(() => controller.shown.content.busy, false);
    await page.goto(server.url);
    assert.equal((await chat.open.agent.next()).request.text, 'Two');
  });

  it('stays where the answer ended in no words while no page was there', async () => {
    const { page, server, chat: controller } = chat.open;
    const first = await queued();
    await page.goto('about:blank');
    first.end();
    await becomes(() => controller.shown.content.busy, false);
    await page.goto(server.url);
    await isKept('the answer before it did not come to its end');
  });

  it('stays where its files were forgotten meanwhile, and have to be attached first', async () => {
    const { page, server, chat: controller } = chat.open;
    const first = await queued();
    await page.getByTestId('attach').click();
    await becomes(attached, ['sales.csv']);
    controller.attachments.take(['sales.csv']);
    await page.goto('about:blank');
    first.emit({ kind: 'text', delta: 'Done.' });
    first.end();
    await becomes(() => controller.shown.content.busy, false);
    await page.goto(server.url);
    await isKept('its files had to be attached again');
    await becomes(attached, ['sales.csv']);
  });

  it('stays when the answer is stopped from elsewhere', async () => {
    const first = await queued();
    chat.open.chat.stop();
    first.end();
    await isKept('the answer before it was stopped');
  });

  it('is sent where the person had stopped the answer before', async () => {
    chat.open.agent.endsOnStop = false;
    const first = await chat.ask('One');
    await chat.open.page.getByTestId('stop').click();
    await field().fill('Two');
    await field().press('Enter');
    await note().filter({ hasText: 'Will be sent when this answer has ended' }).waitFor();
    first.end();
    assert.equal((await chat.open.agent.next()).request.text, 'Two');
    await becomes(() => field().inputValue(), '');
  });

  it('stays as a draft when another conversation is shown meanwhile', async () => {
    const first = await queued();
    const { page, chat: controller } = chat.open;
    const earlier = controller.shown;
    await page.goto('about:blank');
    controller.newConversation();
    await page.goto(chat.open.server.url);
    await page.getByTestId('welcome').waitFor();
    await isKept('another conversation is shown');
    first.end();
    await becomes(() => earlier.content.busy, false);
    await controller.select(earlier.id);
    await isKept('the answer before it did not come to its end');
    await field().pressSequentially('!');
    await note().waitFor({ state: 'hidden' });
  });
});
