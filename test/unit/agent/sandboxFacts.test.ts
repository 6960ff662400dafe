import assert from 'node:assert/strict';
import { sandboxFacts } from '../../../src/agent/sandboxFacts.ts';
import { defaultLimits } from '../../../src/core/limits.ts';
import type { Backend } from '../../../src/core/run.ts';
import { say } from '../../support/messages/script.ts';
import { someSandbox } from '../../support/records.ts';
import { openDesk } from './agentDesk.ts';

describe('what the model is told of its sandbox', () => {
  /** The instructions of a conversation whose code would run there. */
  const told = async (backend: Backend, packages?: readonly string[]): Promise<string> => {
    const sandbox = { ...someSandbox, backend };
    const status = { available: true, sandbox, ...(packages === undefined ? {} : { packages }) } as const;
    const desk = await openDesk([say('Hi.')], {
      parts: { sandboxFacts: async () => sandboxFacts(status, defaultLimits) },
    });
    try {
      await desk.ask('Hi');
      return JSON.stringify(desk.server.requests[0]?.body.system);
    } finally {
      await desk.close();
    }
  };

  it('names the languages of Docker, and its packages', async () => {
    const facts = await told('docker', ['numpy 2.0', 'pandas 2.2']);
    assert.match(facts, /Languages: Python, JavaScript, TypeScript, shell\./);
    assert.match(facts, /Third-party packages: numpy 2\.0, pandas 2\.2\./);
  });

  it('says what the embedded sandbox does without', async () => {
    const facts = await told('wasm', []);
    assert.match(
      facts,
      /Languages: Python, JavaScript; not TypeScript or shell; JavaScript has fs and path alone/,
    );
    assert.match(facts, /Third-party packages: none/);
  });

  it("says what depends on the person's own machine", async () => {
    assert.match(await told('process'), /JavaScript and TypeScript only where the person has Node 24\./);
  });
}).timeout(30_000);
