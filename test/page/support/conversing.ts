import { askIn } from './chatForEach.ts';
import type { OpenChat } from './openChat.ts';

/** A request with its answer, "About …". */
export async function talkIn(open: OpenChat, text: string): Promise<void> {
  const answering = await askIn(open, text);
  answering.emit({ kind: 'text', delta: `About ${text}.` });
  // Before its text is there the page may not yet know that it was busy.
  await open.page.getByText(`About ${text}.`).waitFor();
  answering.end();
  await open.page.getByTestId('send').waitFor();
}

/** A new conversation, as a person begins one. */
export async function beginIn({ page }: OpenChat): Promise<void> {
  await page.getByTestId('toggle-conversations').click();
  await page.getByTestId('new-conversation').click();
  await page.getByTestId('welcome').waitFor();
}

/** The names in the list, in their order. */
export function listedIn({ page }: OpenChat): Promise<string[]> {
  return page.getByTestId('conversation').allTextContents();
}
