import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ErrorResponse } from '@anthropic-ai/sdk/resources/shared.js';
import { keepRequests } from '../requests/sentRequests.ts';
import { listModels, scriptedModels } from './listModels.ts';
import { writeReply, type WrittenReply } from './replyEvents.ts';
import { checkRequest } from './requestRules.ts';
import { asMessageParams } from './requestShape.ts';
import {
  failure,
  type Cut,
  type Failure,
  type Reply,
  type Script,
  type ScriptedRequest,
  type Turn,
} from './script.ts';

export interface MessagesServerOptions {
  /** The only key that is let in; any key is when absent. */
  readonly apiKey?: string;
  readonly port?: number;
  readonly models?: readonly string[];
  /** False where the requests are not those of the agent: they are not compared with kept ones. */
  readonly kept?: boolean;
}

export interface MessagesServer {
  readonly url: string;
  /** Every well-formed request for a message, in order. */
  readonly requests: readonly ScriptedRequest[];
  /** The headers of everything that was asked, lists of models too. */
  readonly asked: readonly Readonly<Record<string, string>>[];
  /** What was refused with 400, in the service's words. A test that passes has none it didn't provoke. */
  readonly rejections: readonly string[];
  /** When the first delta of each streamed reply was sent, in milliseconds since the epoch. */
  readonly sentAt: readonly number[];
  close(): Promise<void>;
}

/** Speaks the Messages API on 127.0.0.1 by script, and refuses what the real service would refuse. */
export async function startMessagesServer(
  script: Script,
  options: MessagesServerOptions = {},
): Promise<MessagesServer> {
  const requests: ScriptedRequest[] = [];
  if (options.kept !== false) keepRequests(requests);
  const asked: Readonly<Record<string, string>>[] = [];
  const rejections: string[] = [];
  const sentAt: number[] = [];
  const sockets = new Set<Socket>();
  const closing = new AbortController();
  let served = 0;
  // Ids must not repeat in a conversation that outlives this server.
  const tag = randomBytes(6).toString('hex');

  const turnFor = async (request: ScriptedRequest): Promise<Turn> => {
    if (typeof script === 'function') return script(request);
    return script[request.index] ?? failure(500, `The script ends after ${script.length} turns.`);
  };

  const message = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await bodyOf(incoming);
    const json = parse(text);
    const counting = incoming.url?.startsWith('/v1/messages/count_tokens') === true;
    const checked = checkRequest(counting ? { max_tokens: 1, ...(json as object) } : json);
    if (!checked.ok) {
      rejections.push(checked.problem);
      return fail(response, failure(400, checked.problem));
    }
    const { model } = checked.body;
    if (!(options.models ?? scriptedModels).includes(model))
      return fail(response, failure(404, `model: ${model}`));
    if (counting) return send(response, 200, { input_tokens: Math.ceil(text.length / 4) });
    const request: ScriptedRequest = {
      body: asMessageParams(checked.body),
      index: requests.length,
      headers: plain(incoming.headers),
    };
    requests.push(request);
    const turn = await turnFor(request);
    switch (turn.kind) {
      case 'hang':
        return;
      case 'failure':
        return fail(response, turn);
      case 'reply': {
        served += 1;
        const written = writeReply(turn, model, `msg_${tag}${served}`, Math.ceil(text.length / 4));
        if (checked.body.stream !== true) return send(response, 200, written.message);
        return stream(response, turn, written, closing.signal, () => sentAt.push(Date.now()));
      }
    }
  };

  const server = createServer((incoming, response) => {
    asked.push(plain(incoming.headers));
    const refusal = refuse(incoming, options);
    const path = incoming.url?.split('?')[0];
    response.setHeader('request-id', `req_${requests.length + 1}`);
    const answer = async (): Promise<void> => {
      if (refusal !== undefined) return fail(response, refusal);
      if (incoming.method === 'GET' && path?.startsWith('/v1/models') === true) {
        const answered = listModels(path, options.models ?? scriptedModels);
        return answered === undefined
          ? fail(response, failure(404, `model: ${path}`))
          : send(response, 200, answered);
      }
      if (incoming.method === 'POST' && ['/v1/messages', '/v1/messages/count_tokens'].includes(path ?? ''))
        return message(incoming, response);
      return fail(response, failure(404, 'Not Found'));
    };
    answer().catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    asked,
    rejections,
    sentAt,
    close: async () => {
      closing.abort();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refuse(incoming: IncomingMessage, options: MessagesServerOptions): Failure | undefined {
  const key = incoming.headers['x-api-key'] ?? incoming.headers.authorization?.replace(/^Bearer /, '');
  if (typeof key !== 'string' || key === '') return failure(401, 'x-api-key header is required');
  if (options.apiKey !== undefined && key !== options.apiKey) return failure(401);
  if (!incoming.headers['anthropic-version']) return failure(400, 'anthropic-version: header is required');
  return undefined;
}

async function stream(
  response: ServerResponse,
  reply: Reply,
  written: WrittenReply,
  signal: AbortSignal,
  begun: () => void,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  const write = (name: string, data: unknown): void =>
    void response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  let deltas = 0;
  const start = performance.now();
  for (const [index, event] of written.events.entries()) {
    if (index === written.cutAt && reply.cut !== undefined) return cut(response, reply.cut, write);
    if (event.type === 'content_block_delta') {
      const due = reply.perSecond === undefined ? 0 : start + (deltas * 1000) / reply.perSecond;
      const waitMs = reply.delayMs ?? due - performance.now();
      if (waitMs > 0) await sleep(waitMs, undefined, { signal });
      if (deltas === 0) begun();
      deltas += 1;
    }
    if (response.destroyed) return;
    write(event.type, event);
    if (index === 0) write('ping', { type: 'ping' });
  }
  response.end();
}

async function cut(
  response: ServerResponse,
  { how, status = 529 }: Cut,
  write: (name: string, data: unknown) => void,
): Promise<void> {
  switch (how) {
    case 'drop':
      // Lets what was written reach the client before the connection breaks.
      await sleep(20);
      response.destroy();
      return;
    case 'end':
      response.end();
      return;
    case 'error-event':
      write('error', errorBody(failure(status)));
      response.end();
      return;
    case 'stall':
      return;
  }
}

function errorBody(
  turn: Failure,
): Omit<ErrorResponse, 'error'> & { error: { type: string; message: string } } {
  return { type: 'error', error: { type: turn.type, message: turn.message }, request_id: null };
}

function fail(response: ServerResponse, turn: Failure): void {
  if (turn.retryAfterSeconds !== undefined) response.setHeader('retry-after', String(turn.retryAfterSeconds));
  send(response, turn.status, errorBody(turn));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function plain(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
