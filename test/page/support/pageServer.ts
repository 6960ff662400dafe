import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { build } from 'esbuild';
import { pageHtml } from '../../../src/ui/chat/pageHtml.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** The page is the same for every test of one process. */
let bundled: Promise<string> | undefined;

export interface PageServer {
  readonly url: string;
  /** Makes a file available under /artifacts/. */
  put(name: string, mime: string, content: string | Uint8Array): string;
  close(): Promise<void>;
}

/** Serves the chat page as the extension does: the same shell, script, style and policy. */
export async function startPageServer(): Promise<PageServer> {
  bundled ??= bundle();
  const script = await bundled;
  const style = await readFile(path.join(root, 'media', 'chat.css'));
  const files = new Map<string, { mime: string; content: string | Uint8Array }>([
    ['/chat.js', { mime: 'text/javascript', content: script }],
    ['/chat.css', { mime: 'text/css', content: style }],
    ['/favicon.ico', { mime: 'image/svg+xml', content: '' }],
  ]);
  const html = pageHtml({ cspSource: `'self'`, nonce: 'page', script: '/chat.js', style: '/chat.css' });
  files.set('/', { mime: 'text/html', content: html });
  const server = http.createServer((request, response) => {
    const file = files.get(request.url ?? '');
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': file?.mime ?? 'text/plain' });
    response.end(file?.content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    put(name, mime, content) {
      const place = `/artifacts/${encodeURIComponent(name)}`;
      files.set(place, { mime, content });
      return place;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function bundle(): Promise<string> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['src/webview/chat.ts'],
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    target: 'chrome130',
    format: 'iife',
  });
  return result.outputFiles[0]?.text ?? '';
}
