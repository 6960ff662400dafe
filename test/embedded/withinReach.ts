import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** What a program that gets out would reach: a server, a file, and a secret of the environment. */
export interface WithinReach {
  readonly folder: string;
  /** The code with where they are. */
  filled(code: string): string;
  /** How many connections the server got. */
  touched(): number;
  close(): Promise<void>;
}

export async function withinReach(): Promise<WithinReach> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-escape-'));
  await writeFile(path.join(folder, 'secret.txt'), 'the secret');
  let touched = 0;
  const server = createServer((socket) => {
    touched++;
    socket.on('error', () => undefined);
    socket.resume();
    socket.end('HTTP/1.0 200 OK\r\n\r\ny');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  process.env['GLOVEBOX_TEST_SECRET'] = 'the secret';
  return {
    folder,
    filled: (code) => code.replaceAll('PORT', String(port)).replaceAll('FOLDER', folder),
    touched: () => touched,
    async close() {
      delete process.env['GLOVEBOX_TEST_SECRET'];
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
