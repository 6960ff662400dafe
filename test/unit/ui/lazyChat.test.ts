import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Chat, ChatSurroundings } from '../../../src/ui/conversation/createChat.ts';
import type * as lazy from '../../../src/ui/conversation/lazyChat.ts';

const editor = `
export const window = { registerWebviewViewProvider: () => ({ dispose() {} }) };
export const commands = { executeCommand: async () => undefined };
`;
const chat = `
let tries = 0;
export const createChat = (around) => {
  tries += 1;
  if (tries === 1) throw new Error('the file is damaged');
  return { controller: { onDidChangeBusy: () => ({ dispose() {} }), close: async () => around.closed() } };
};
`;

describe('the chat that is loaded when it is first opened', () => {
  it('is loaded again where that failed, and closed where it is there', async () => {
    const module = (source: string) => ({
      url: `data:text/javascript,${encodeURIComponent(source)}`,
      shortCircuit: true,
    });
    const hooks = registerHooks({
      resolve: (name, context, next) => {
        if (name === 'vscode') return module(editor);
        if (name.endsWith('createChat.ts')) return module(chat);
        return next(name, context);
      },
    });
    try {
      const file = path.join(import.meta.dirname, '../../../src/ui/conversation/lazyChat.ts');
      const { LazyChat } = (await import(`${pathToFileURL(file).href}?lazy-chat`)) as typeof lazy;
      let closed = 0;
      const around = { closed: () => (closed += 1) } as unknown as ChatSurroundings;
      const lazyChat = new LazyChat(around);
      const failed = lazyChat.load();
      await lazyChat.close();
      await assert.rejects(failed, /damaged/);
      await lazyChat.close();
      assert.equal(closed, 0);
      const loaded: Chat = await lazyChat.load();
      assert.equal(await lazyChat.load(), loaded);
      await lazyChat.close();
      assert.equal(closed, 1);
    } finally {
      hooks.deregister();
    }
  });
});
