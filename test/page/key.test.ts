import assert from 'node:assert/strict';
import type { KeyAnswer } from '../../src/ui/secrets/keyAnswer.ts';
import { becomes } from './support/becomes.ts';
import { browserForSuite } from './support/browserForSuite.ts';
import { openChat, ready, type OpenChat } from './support/openChat.ts';

describe('asking for the key from the chat page', () => {
  const browser = browserForSuite();
  let open: OpenChat;
  let key: PromiseWithResolvers<KeyAnswer>;
  afterEach(() => open.close());
  beforeEach(async () => {
    key = Promise.withResolvers();
    open = await openChat(browser(), { setup: { ...ready, key: 'missing' }, giveKey: () => key.promise });
  });

  it('offers no second question while one is open, and gives the text back without taking the focus', async () => {
    const { page } = open;
    const composer = page.getByTestId('composer');
    await composer.fill('Add it up');
    await composer.press('Enter');
    await page.getByText('Type the API key into the box').waitFor();
    await becomes(() => page.getByTestId('banner-setKey').count(), 0);
    // The focus is in the editor's box by then.
    await composer.evaluate((field) => (field as unknown as { blur(): void }).blur());
    key.resolve({ given: false, there: false });
    await page.getByTestId('banner-setKey').waitFor();
    await becomes(() => composer.inputValue(), 'Add it up');
    await page.keyboard.type('sk-ant-secret');
    await becomes(() => composer.inputValue(), 'Add it up');
  });

  for (const given of [true, false])
    it(`asks again what failed for want of the key that is ${given ? 'given' : 'not given'}`, async () => {
      const { page, agent } = open;
      key.resolve({ given: true, there: true });
      await page.getByTestId('composer').fill('Add it up');
      await page.getByTestId('composer').press('Enter');
      const first = await agent.next();
      first.emit({ kind: 'failed', code: 'bad-key', message: 'The key was refused.' });
      first.end();
      key = Promise.withResolvers();
      await page.getByTestId('retry').waitFor();
      await page.getByTestId('banner-setKey').last().click();
      key.resolve({ given, there: true });
      if (given) {
        const second = await agent.next();
        assert.equal(second.request.text, 'Add it up');
        await page.getByTestId('retry').waitFor({ state: 'detached' });
        second.end();
      } else {
        await page.getByTestId('banner-setKey').first().waitFor();
        assert.equal(agent.requests.length, 1);
      }
    });
});
