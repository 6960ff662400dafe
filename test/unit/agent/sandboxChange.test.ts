import assert from 'node:assert/strict';
import type { SandboxInfo } from '../../../src/core/run.ts';
import { runCode, say } from '../../support/messages/script.ts';
import { toolResults } from '../../support/messages/storyText.ts';
import { someSandbox } from '../../support/records.ts';
import { approve, openDesk, type Desk } from './agentDesk.ts';

const embedded: SandboxInfo = { backend: 'wasm', runtime: 'pyodide', image: 'pyodide', digest: '' };

describe('an approval for a sandbox', () => {
  let desk: Desk | undefined;
  afterEach(() => desk?.close());

  it('is for that one alone, also when another took its place while the card waited', async () => {
    let sandbox = someSandbox;
    const script = [runCode('Counting.', { code: 'print(1)', purpose: 'Count' }), say('It did not run.')];
    desk = await openDesk(script, {
      sandbox: () => sandbox,
      decide: (proposal) => {
        sandbox = embedded;
        return approve(proposal);
      },
    });
    await desk.ask('Go');
    assert.deepEqual(desk.executed, []);
    assert.equal(desk.records.at(-1)?.result?.status, 'unavailable');
    assert.match(toolResults(desk.server.requests[1]!)[0] ?? '', /approved for the sandbox "Docker"/);
  });
});

describe('code that the sandbox can’t run', () => {
  let desk: Desk | undefined;
  afterEach(() => desk?.close());

  it('is put to nobody, and the model learns where it would run', async () => {
    const why = 'The sandbox "embedded" runs Python, not shell; nothing was run.';
    const call = { code: 'ls', language: 'shell', purpose: 'List' } as const;
    desk = await openDesk([runCode('Listing.', call), say('Python then.')], {
      sandbox: () => embedded,
      refuses: (language) => (language === 'shell' ? why : undefined),
      decide: () => assert.fail('nobody is asked'),
    });
    await desk.ask('Go');
    const answer = toolResults(desk.server.requests[1]!)[0] ?? '';
    assert.match(answer, /^status: unavailable\n[^]*note: The sandbox "embedded" runs Python, not shell/);
    assert.equal(answer.includes('The person'), false);
    assert.deepEqual(
      desk.of('decided').map(({ decision }) => decision),
      [{ kind: 'unsuited', reason: why }],
    );
  });
});
