import type { KeyAnswer } from '../../src/ui/secrets/keyAnswer.ts';
import { becomes } from './support/becomes.ts';
import { browserForSuite } from './support/browserForSuite.ts';
import { askIn } from './support/chatForEach.ts';
import { openChat, ready, type OpenChat } from './support/openChat.ts';
import { clean, proposalOf } from './support/samples.ts';

describe('a button of the chat page while other things change', () => {
  const browser = browserForSuite();
  let open: OpenChat;
  afterEach(() => open.close());

  it('stays under the pointer and the focus when another obstacle is being cleared', async () => {
    const key = Promise.withResolvers<KeyAnswer>();
    const sandbox = { state: 'missing', label: '', reason: 'Docker is not running.' } as const;
    open = await openChat(browser(), {
      setup: { ...ready, key: 'missing', sandbox },
      giveKey: () => key.promise,
    });
    const { page } = open;
    await page.getByTestId('banner-setKey').click();
    await holdDown(open, 'banner-fixSandbox', async () => {
      await page.getByTestId('banner-setKey').waitFor({ state: 'detached' });
      key.resolve({ given: false, there: false });
      await page.getByTestId('banner-setKey').waitFor();
    });
    await becomes(() => open.did, ['askForKey', 'fixSandbox']);
  });

  it('takes a file out while an answer goes on', async () => {
    open = await openChat(browser());
    const { page, chat } = open;
    const answering = await askIn(open, 'List');
    chat.attach([{ name: 'later.csv', bytes: 1, open: () => (async function* () {})() }]);
    await holdDown(open, 'detach', async () => {
      const proposal = proposalOf(answering.request.threadId);
      answering.emit({ kind: 'proposed', proposal, report: clean });
      await page.getByTestId('card').waitFor();
    });
    await becomes(() => page.getByTestId('attachment').count(), 0);
    answering.end();
  });
});

/** Presses the button, lets something else happen, and only then lets it go. */
async function holdDown({ page }: OpenChat, testId: string, meanwhile: () => Promise<void>): Promise<void> {
  await page.getByTestId(testId).hover();
  await page.mouse.down();
  await meanwhile();
  await page.getByTestId(testId).hover();
  await page.mouse.up();
}
