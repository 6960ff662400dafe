import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Wheel } from './wheel.ts';

const pyodide = path.resolve(import.meta.dirname, '../../node_modules/pyodide');

/** A publisher of packages on this machine, and the lock file that knows them. */
export interface WheelServer {
  readonly lock: string;
  readonly packageUrl: string;
  /** Names of the files that were asked for, in order. */
  readonly asked: string[];
  /** What is sent for a name; undefined: there is none. May be replaced. */
  answer: (name: string) => Buffer | undefined;
  /** Forgets what was asked, and sends what is published. */
  afresh(): void;
  close(): Promise<void>;
}

/** Publishes these wheels, with Pyodide's own lock file and their entries in it, written into `folder`. */
export async function publishWheels(wheels: readonly Wheel[], folder: string): Promise<WheelServer> {
  const asked: string[] = [];
  const sent = (name: string): Buffer | undefined => wheels.find(({ fileName }) => fileName === name)?.bytes;
  const server = createServer((request, response) => {
    const name = path.basename(request.url ?? '');
    asked.push(name);
    const bytes = published.answer(name);
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const text = await readFile(path.join(pyodide, 'pyodide-lock.json'), 'utf8');
  const lock = JSON.parse(text) as { packages: Record<string, unknown> };
  for (const { entry } of wheels) lock.packages[String(entry['name'])] = entry;
  const file = path.join(folder, 'lock.json');
  await writeFile(file, JSON.stringify(lock));
  const published: WheelServer = {
    lock: file,
    packageUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/full/`,
    asked,
    answer: sent,
    afresh() {
      asked.length = 0;
      published.answer = sent;
    },
    close: async () => void (await new Promise((resolve) => server.close(resolve))),
  };
  return published;
}
