import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { inTokens, longAnswer } from './longAnswer.ts';
import { openChat } from './openChat.ts';

export interface StreamingFigures {
  readonly tokens: number;
  readonly seconds: number;
  /** Tasks of more than 50 ms in the page's main thread while the answer came in. */
  readonly longTasks: number;
  readonly longestTaskMs: number;
  /** From the agent's first word to its place on the screen. */
  readonly firstTokenMs: number;
}

interface PageScope {
  longTasks: number[];
  firstAt: number;
  PerformanceObserver: new (seen: (list: { getEntries(): { duration: number }[] }) => void) => {
    observe(options: object): void;
  };
  MutationObserver: new (seen: () => void) => { observe(target: unknown, options: object): void };
  document: { querySelector(selector: string): unknown };
}

/** Streams an answer at a steady rate into the real page and watches its main thread. */
export async function measureStreaming(
  browser: Browser,
  tokens: number,
  tokensPerSecond: number,
): Promise<StreamingFigures> {
  const open = await openChat(browser);
  try {
    await open.page.getByTestId('composer').fill('Go on');
    await open.page.getByTestId('composer').press('Enter');
    const answering = await open.agent.next();
    await open.page.getByTestId('stop').waitFor();
    await open.page.evaluate(watch);
    const pieces = inTokens(longAnswer(tokens * 2)).slice(0, tokens);
    const start = Date.now();
    for (let sent = 0; sent < pieces.length;) {
      const due = Math.ceil(((Date.now() - start) / 1000) * tokensPerSecond) + 1;
      for (; sent < Math.min(due, pieces.length); sent += 1)
        answering.emit({ kind: 'text', delta: pieces[sent] ?? '' });
      await sleep(5);
    }
    const seconds = (Date.now() - start) / 1000;
    answering.end();
    await open.page.getByTestId('send').waitFor();
    const seen = await open.page.evaluate(() => {
      const { longTasks, firstAt } = globalThis as unknown as PageScope;
      return { longTasks, firstAt };
    });
    return {
      tokens: pieces.length,
      seconds,
      longTasks: seen.longTasks.length,
      longestTaskMs: Math.round(Math.max(0, ...seen.longTasks)),
      firstTokenMs: seen.firstAt - start,
    };
  } finally {
    await open.close();
  }
}

function watch(): void {
  const scope = globalThis as unknown as PageScope;
  scope.longTasks = [];
  scope.firstAt = 0;
  new scope.PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) scope.longTasks.push(duration);
  }).observe({ type: 'longtask' });
  new scope.MutationObserver(() => {
    if (scope.firstAt === 0 && scope.document.querySelector('.markdown > *') !== null)
      scope.firstAt = Date.now();
  }).observe(scope.document.querySelector('[data-testid=transcript]'), { childList: true, subtree: true });
}
