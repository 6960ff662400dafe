import assert from 'node:assert/strict';
import { becomes } from './support/becomes.ts';
import { browserForSuite } from './support/browserForSuite.ts';
import { openChat, type OpenChat } from './support/openChat.ts';

describe('the chat page that is opened by a command', () => {
  const browser = browserForSuite();
  let open: OpenChat | undefined;
  afterEach(() => open?.close());

  it('has what was put into its composer before it was there, once, and the files with it', async () => {
    const words = 'Fix this error in line 3 of tax.py';
    open = await openChat(browser(), {
      beforePage: (chat) => {
        chat.attach([{ name: 'tax.py', bytes: 9, open: () => (async function* () {})() }]);
        chat.compose(words);
      },
    });
    const { page, chat, agent } = open;
    await becomes(() => page.getByTestId('composer').inputValue(), words);
    await page.getByTestId('attachment').filter({ hasText: 'tax.py' }).waitFor();
    await page.reload();
    // The attachment comes with the snapshot, behind which a text for the composer would have come too.
    await page.getByTestId('attachment').waitFor();
    await becomes(() => page.getByTestId('composer').inputValue(), words);
    chat.compose('And this one');
    await becomes(() => page.getByTestId('composer').inputValue(), `${words}\nAnd this one`);
    await page.getByTestId('composer').press('Enter');
    const answering = await agent.next();
    assert.equal(answering.request.text, `${words}\nAnd this one`);
    answering.end();
  });

  it('has it once where VS Code ends the page before it could say that it has it', async () => {
    const words = 'Fix this error in line 3 of tax.py';
    const heard: string[] = [];
    open = await openChat(browser(), {
      beforePage: (chat) => {
        chat.feed.composed = (id) => void heard.push(id);
        chat.compose(words);
      },
    });
    const { page } = open;
    await becomes(() => heard.length, 1);
    const [id] = heard.splice(0);
    await page.reload();
    await becomes(() => heard[0], id);
    assert.equal(await page.getByTestId('composer').inputValue(), words);
  });
});
