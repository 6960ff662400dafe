import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../support/messages/script.ts';
import { openDesk } from './agentDesk.ts';

describe('tracing by LangChain', () => {
  it('sends nothing anywhere, whatever the environment says', async () => {
    const heard: string[] = [];
    const tracer = createServer((request, response) => {
      heard.push(request.url ?? '');
      response.end('{}');
    });
    await new Promise<void>((resolve) => tracer.listen(0, '127.0.0.1', resolve));
    const { port } = tracer.address() as AddressInfo;
    const variables = {
      LANGSMITH_TRACING: 'true',
      LANGCHAIN_TRACING_V2: 'true',
      LANGSMITH_API_KEY: 'key',
      LANGSMITH_ENDPOINT: `http://127.0.0.1:${port}`,
      LANGSMITH_GATEWAY: `http://127.0.0.1:${port}`,
    };
    const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
    Object.assign(process.env, variables);
    const desk = await openDesk([say('Hi.')]);
    try {
      assert.equal(await desk.ask('Hi'), 'Hi.');
      await sleep(500);
      assert.deepEqual(heard, []);
    } finally {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      await desk.close();
      tracer.closeAllConnections();
      await new Promise((resolve) => tracer.close(resolve));
    }
  });
}).timeout(30_000);
