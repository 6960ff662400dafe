import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { measureReplies } from '../../page/support/measureReplies.ts';
import { launchBrowser } from '../../support/workbench/browser.ts';
import type { BenchContext, BenchPart, Row } from '../benchPart.ts';

/** How quickly answers are on the screen, and whether the page stays responsive meanwhile. */
export const part: BenchPart = {
  name: 'chat-page',
  rounds: 20,
  quickSeconds: 2,
  async open({ root, quick }: BenchContext) {
    if (!existsSync(path.join(root, 'dist/webview/chat.js')))
      return 'the chat page is not built: npm run build';
    const browser = await launchBrowser().catch((error: unknown) => String(error));
    if (typeof browser === 'string') return browser;
    const replies = await measureReplies(browser);
    return {
      cases: [
        {
          case: 'first-token-on-screen',
          who: 'ours',
          run: async () => ({ resultMs: await replies.firstToken() }),
        },
      ],
      async moreRows(): Promise<readonly Row[]> {
        const { tokens, seconds, longestTaskMs, longTasks } = await replies.longReply(
          quick ? 200 : 5000,
          200,
        );
        const name = `${tokens}-token-reply`;
        const row = (what: string, value: number, unit: string): Row => ({
          case: `${name}:${what}`,
          who: 'ours',
          n: 1,
          p50: value,
          p95: value,
          unit,
        });
        return [
          row('rate', tokens / seconds, 'tokens/s'),
          row('longest-task', longestTaskMs, 'ms (0: none of 50 ms)'),
          row('long-tasks', longTasks, 'tasks'),
        ];
      },
      async close() {
        await replies.close();
        await (browser satisfies Browser).close();
      },
    };
  },
};
