import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';

/** `METHOD /path` without the query. */
type Question = string;

/** Answers like an engine that has every image, up to the question at which it falls silent. */
export class FakeEngine {
  readonly asked: Question[] = [];
  readonly #folder: string;
  readonly #server: http.Server;
  readonly #sockets = new Set<Duplex>();
  #silentAt: (question: Question) => boolean = () => false;
  #held: (() => void)[] = [];
  #waiting: (() => void)[] = [];

  private constructor(folder: string, info: object) {
    this.#folder = folder;
    this.#server = http.createServer((request, response) => {
      const question = this.#note(request);
      this.#orHold(question, () => {
        const [status, body] = answer(question, info);
        response.writeHead(status, { 'Content-Type': 'application/json' });
        response.end(body);
      });
    });
    this.#server.on('upgrade', (request, socket) => {
      this.#sockets.add(socket);
      this.#orHold(this.#note(request), () => {
        socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
      });
    });
    this.#server.on('connection', (socket) => this.#sockets.add(socket));
  }

  static async start(info: object = {}): Promise<FakeEngine> {
    const engine = new FakeEngine(await mkdtemp(path.join(os.tmpdir(), 'glovebox-unit-')), info);
    await new Promise<void>((listening) => engine.#server.listen(engine.socket, listening));
    return engine;
  }

  get socket(): string {
    return path.join(this.#folder, 's');
  }

  get host(): string {
    return `unix://${this.socket}`;
  }

  /** From now on questions that fit get no answer, until `speak`. */
  fallSilent(at: (question: Question) => boolean): void {
    this.#silentAt = at;
  }

  speak(): void {
    this.#silentAt = () => false;
    for (const go of this.#held.splice(0)) go();
  }

  /** Resolves when a question that fits has come in. */
  async until(fits: (question: Question) => boolean): Promise<void> {
    while (!this.asked.some(fits)) await new Promise<void>((next) => this.#waiting.push(next));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((closed) => this.#server.close(closed));
    await rm(this.#folder, { recursive: true, force: true });
  }

  #note({ method = '', url = '' }: http.IncomingMessage): Question {
    const question = `${method} ${url.split('?')[0] ?? ''}`;
    this.asked.push(question);
    for (const next of this.#waiting.splice(0)) next();
    return question;
  }

  #orHold(question: Question, go: () => void): void {
    if (this.#silentAt(question)) this.#held.push(go);
    else go();
  }
}

function answer(question: Question, info: object): readonly [status: number, body: string] {
  const json = (value: unknown): readonly [number, string] => [200, JSON.stringify(value)];
  if (question === 'GET /version') return json({ Version: '1.0', Os: 'linux' });
  if (question === 'GET /info') return json({ OSType: 'linux', ...info });
  if (question.startsWith('GET /images/')) return json({ Id: 'sha256:1', Config: {} });
  if (question === 'GET /containers/json') return json([]);
  if (question === 'POST /containers/create') return [201, JSON.stringify({ Id: 'c1', Warnings: [] })];
  return [204, ''];
}
