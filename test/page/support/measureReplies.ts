import type { Browser } from 'playwright-core';
import { createClaudeAgent } from '../../../src/agent/createClaudeAgent.ts';
import { reply, say } from '../../support/messages/script.ts';
import { startMessagesServer } from '../../support/messages/startMessagesServer.ts';
import { inTokens, longAnswer } from './longAnswer.ts';
import { openChat } from './openChat.ts';

export interface LongReply {
  readonly tokens: number;
  readonly seconds: number;
  /** The longest task in the page's main thread while the answer came in; 50 is what can be felt. */
  readonly longestTaskMs: number;
  readonly longTasks: number;
}

export interface MeasuredReplies {
  /** From the server's first delta to the frame that shows it, in milliseconds. */
  firstToken(): Promise<number>;
  /** An answer of so many tokens at a steady rate. */
  longReply(tokens: number, perSecond: number): Promise<LongReply>;
  close(): Promise<void>;
}

/** A scripted server, the real agent, the real host side of the chat, and the real page in Chromium. */
export async function measureReplies(browser: Browser): Promise<MeasuredReplies> {
  let next = say('Hello.');
  const server = await startMessagesServer(() => next);
  const agent = createClaudeAgent({
    model: () => ({ model: 'claude-sonnet-4-6', baseUrl: server.url, temperature: 0, maxTokens: 64_000 }),
    apiKey: async () => 'test-key-0123456789',
    approver: { decide: async () => ({ kind: 'reject' }) },
    runCode: () => Promise.reject(new Error('Nothing runs here.')),
  });
  const open = await openChat(browser, { realAgent: agent });
  const { page, chat } = open;
  const ask = async (): Promise<void> => {
    chat.newConversation();
    await page.getByTestId('welcome').waitFor();
    await page.evaluate(watch);
    await page.getByTestId('composer').fill('Go on');
    await page.getByTestId('composer').press('Enter');
    await page.getByTestId('message-assistant').waitFor();
    await page.getByTestId('send').waitFor({ timeout: 120_000 });
  };
  const seen = () => page.evaluate(() => (globalThis as unknown as PageScope).watched);
  return {
    async firstToken() {
      next = say('One two three four five.', { chunk: 4, perSecond: 50 });
      await ask();
      const sent = server.sentAt.at(-1) ?? NaN;
      return (await seen()).firstAt - sent;
    },
    async longReply(tokens, perSecond) {
      const pieces = inTokens(longAnswer(tokens * 2)).slice(0, tokens);
      const text = pieces.join('');
      next = reply([{ type: 'text', text }], { chunk: Math.ceil(text.length / tokens), perSecond });
      await ask();
      const { tasks } = await seen();
      return {
        tokens: pieces.length,
        seconds: (Date.now() - (server.sentAt.at(-1) ?? NaN)) / 1000,
        longTasks: tasks.length,
        longestTaskMs: Math.round(Math.max(0, ...tasks)),
      };
    },
    async close() {
      await open.close();
      await agent.close();
      await server.close();
    },
  };
}

interface PageScope {
  /** Tasks of 50 ms and more since the request, and when its first words were drawn. */
  watched: { tasks: number[]; firstAt: number };
  observing: boolean;
  setTimeout(done: () => void, ms: number): void;
  PerformanceObserver: new (seen: (list: { getEntries(): { duration: number }[] }) => void) => {
    observe(options: object): void;
  };
  MutationObserver: new (seen: () => void) => { observe(target: unknown, options: object): void };
  document: { querySelector(selector: string): unknown };
}

function watch(): void {
  const scope = globalThis as unknown as PageScope;
  scope.watched = { tasks: [], firstAt: 0 };
  if (scope.observing) return;
  scope.observing = true;
  new scope.PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) scope.watched.tasks.push(duration);
  }).observe({ type: 'longtask' });
  new scope.MutationObserver(() => {
    if (scope.watched.firstAt !== 0 || scope.document.querySelector('.markdown > *') === null) return;
    scope.watched.firstAt = -1;
    // It was changed on the way to a frame; the task after that comes when the frame is shown.
    scope.setTimeout(() => (scope.watched.firstAt = Date.now()), 0);
  }).observe(scope.document.querySelector('[data-testid=transcript]'), { childList: true, subtree: true });
}
