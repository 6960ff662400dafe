import { browserForSuite } from './browserForSuite.ts';
import { openChat, type OpenChat } from './openChat.ts';
import type { Answering } from './scriptedAgent.ts';

export interface ChatForEach {
  readonly open: OpenChat;
  /** Sends a request as a person would, and gives what the agent is to answer it with. */
  readonly ask: (text: string) => Promise<Answering>;
}

/** A fresh page for each test of the suite in whose body this is called, in one browser for all. */
export function chatForEach(): ChatForEach {
  const browser = browserForSuite();
  let open: OpenChat | undefined;
  const there = (): OpenChat => {
    if (open === undefined) throw new Error('The page is there only while a test of its suite runs.');
    return open;
  };

  beforeEach(async () => {
    open = await openChat(browser());
  });
  afterEach(() => open?.close());

  return {
    get open() {
      return there();
    },
    ask: (text) => askIn(there(), text),
  };
}

/** The same on a page that the test opened itself. */
export async function askIn({ page, agent }: OpenChat, text: string): Promise<Answering> {
  await page.getByTestId('composer').fill(text);
  await page.getByTestId('composer').press('Enter');
  return agent.next();
}
