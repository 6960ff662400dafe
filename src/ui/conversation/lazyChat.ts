import * as vscode from 'vscode';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { Chat, ChatSurroundings } from './createChat.ts';

const blankPage = `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'">`;

/** The chat view, whose code is loaded when a person first opens it. */
export class LazyChat implements Disposable {
  readonly #around: ChatSurroundings;
  readonly #owned = new DisposableList();
  #chat: Promise<Chat> | undefined;

  constructor(around: ChatSurroundings) {
    this.#around = around;
    this.#owned.push(
      vscode.window.registerWebviewViewProvider('glovebox.chat', {
        resolveWebviewView: async (view) => {
          // A page of nothing, under the strictest policy, until the chat's own is there.
          view.webview.html = blankPage;
          around.resolved(view);
          (await this.load()).view.resolveWebviewView(view);
        },
      }),
    );
  }

  load(): Promise<Chat> {
    this.#chat ??= this.#make().catch((error: unknown) => {
      // The next one who opens it tries again.
      this.#chat = undefined;
      throw error;
    });
    return this.#chat;
  }

  /** The chat where it was opened already. */
  async loaded(): Promise<Chat | undefined> {
    return this.#chat;
  }

  /** Keeps what has to be kept, where there is a chat at all. */
  async close(): Promise<void> {
    const chat = await this.#chat?.catch(() => undefined);
    await chat?.controller.close();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #make(): Promise<Chat> {
    const { createChat } = await import('./createChat.ts');
    const chat = createChat(this.#around);
    this.#owned.push(
      chat.controller.onDidChangeBusy(
        (busy) => void vscode.commands.executeCommand('setContext', 'glovebox.chatBusy', busy),
      ),
    );
    return chat;
  }
}
