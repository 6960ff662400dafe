import { becomes } from './support/becomes.ts';
import { chatForEach } from './support/chatForEach.ts';
import { talkIn } from './support/conversing.ts';

describe('the retry of an error on the chat page', () => {
  const chat = chatForEach();

  it('is offered as long as nothing was asked after it', async () => {
    const { page, chat: controller } = chat.open;
    const retry = page.getByTestId('retry');
    const answering = await chat.ask('one');
    answering.emit({ kind: 'failed', code: 'model-unreachable', message: 'No network.' });
    answering.end();
    await retry.waitFor();
    controller.shown.receive({ kind: 'notice', message: 'The session was restarted.' });
    await page.getByTestId('notice').waitFor();
    await becomes(() => retry.isVisible(), true, 'a notice is no answer');
    await talkIn(chat.open, 'two');
    await becomes(() => retry.isVisible(), false);
    await page.getByTestId('banner-openSettings').waitFor();
  });
});
