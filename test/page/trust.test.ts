import assert from 'node:assert/strict';
import { becomes } from './support/becomes.ts';
import { browserForSuite } from './support/browserForSuite.ts';
import { openChat, ready, type OpenChat } from './support/openChat.ts';

describe('the chat page in a workspace that is not trusted', () => {
  const browser = browserForSuite();
  let open: OpenChat;
  afterEach(() => open.close());

  it('takes no message, gives it back, and says once why', async () => {
    open = await openChat(browser(), { setup: { ...ready, trusted: false } });
    const { page, chat } = open;
    await page.getByText('The agent is off here').waitFor();
    await page.getByTestId('composer').fill('Hello');
    await page.getByTestId('composer').press('Enter');
    await becomes(() => page.getByTestId('composer').inputValue(), 'Hello');
    assert.deepEqual(chat.state().entries, []);
    await becomes(() => page.getByTestId('banner').count(), 1);
    await becomes(() => page.getByText('nothing in it is read').count(), 0);
  });
});
