import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { DisposableList } from '../../core/lifecycle.ts';
import type { Entry } from '../../protocol/chatState.ts';
import { neutralLine } from '../output/controlText.ts';
import { notify } from '../output/notify.ts';
import type { ChatController } from './chatController.ts';
import type { PageRequests } from './pageRequests.ts';
import { pageHtml } from './pageHtml.ts';

export interface ChatViewParts {
  readonly extensionUri: vscode.Uri;
  /** Folders that artifacts are copied to; images in them can be shown. */
  readonly artifactRoots: readonly vscode.Uri[];
  readonly chat: ChatController;
  readonly requests: PageRequests;
}

/** Larger images are a link and not a picture. */
const largestImage = 20 * 1024 * 1024;
const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml'];

/** Gives VS Code the chat page whenever the view is opened, and connects it to the chat. */
export class ChatViewProvider implements vscode.WebviewViewProvider {
  readonly #parts: ChatViewParts;
  #restored = false;

  constructor(parts: ChatViewParts) {
    this.#parts = parts;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { extensionUri, artifactRoots, chat, requests } = this.#parts;
    const { webview } = view;
    const owned = new DisposableList();
    const dist = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    const media = vscode.Uri.joinPath(extensionUri, 'media');
    webview.options = { enableScripts: true, localResourceRoots: [dist, media, ...artifactRoots] };
    chat.feed.attach({
      post: (message) => void webview.postMessage(message),
      dress: (entry) => this.#dress(entry, webview),
    });
    owned.push(
      webview.onDidReceiveMessage((message: unknown) => {
        // While a view opens, what was heard of it last may be out of date.
        chat.feed.setVisible(view.visible);
        void requests.receive(message);
      }),
    );
    owned.push(view.onDidChangeVisibility(() => chat.feed.setVisible(view.visible)));
    view.onDidDispose(() => {
      chat.feed.attach(undefined);
      owned.dispose();
    });
    webview.html = pageHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      script: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'chat.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(media, 'chat.css')).toString(),
    });
    if (!this.#restored) {
      this.#restored = true;
      chat.restore().catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        void notify(
          'warning',
          vscode.l10n.t('Conversations could not be restored: {0}', neutralLine(why, 300)),
        );
      });
    }
  }

  /** Pictures get the address under which this page may load them. */
  #dress(entry: Entry, webview: vscode.Webview): Entry {
    if (entry.kind !== 'card' || entry.artifacts.length === 0) return entry;
    const artifacts = entry.artifacts.map((shown) => {
      const artifact = this.#parts.chat.shown.behind.artifact(entry.id, shown.name);
      if (artifact === undefined || artifact.bytes > largestImage) return shown;
      if (!imageTypes.includes(artifact.mime)) return shown;
      return { ...shown, src: webview.asWebviewUri(vscode.Uri.file(artifact.path)).toString() };
    });
    return { ...entry, artifacts };
  }
}
