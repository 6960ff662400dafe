import { ChatPage } from './chatPage.ts';
import type { HostApi } from './connection.ts';

declare function acquireVsCodeApi(): HostApi;

const host = document.getElementById('chat');
if (host !== null) {
  const page = new ChatPage(host, acquireVsCodeApi());
  window.addEventListener('message', (event: MessageEvent<unknown>) => page.connection.receive(event.data));
  window.addEventListener('focus', () => {
    if (document.activeElement === document.body) page.focus();
  });
  page.connection.ready();
}
