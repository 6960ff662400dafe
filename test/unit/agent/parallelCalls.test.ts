import assert from 'node:assert/strict';
import { MemorySaver } from '@langchain/langgraph';
import type { Finding, Verdict } from '../../../src/core/finding.ts';
import { say, type Reply } from '../../support/messages/script.ts';
import { toolResults } from '../../support/messages/storyText.ts';
import { approve, openDesk, type Desk, type DeskOptions } from './agentDesk.ts';

const names = 'place = "/etc/passwd"';
const reads = 'print(open(place).read())';

/** One reply that proposes two programs. */
const both: Reply = {
  kind: 'reply',
  stopReason: 'tool_use',
  blocks: [names, reads].map((code, index) => ({
    type: 'tool_use',
    name: 'run_code',
    id: `toolu_${index}`,
    input: { language: 'python', code, purpose: 'Read' },
  })),
};

describe('programs that one reply proposes for a session', () => {
  let desk: Desk | undefined;
  const asked: string[] = [];
  afterEach(async () => {
    await desk?.close();
    asked.length = 0;
  });

  const open = (insists: boolean): Promise<Desk> => {
    const options: DeskOptions = {
      parts: { sessionOf: () => 'session' },
      verdict: (code, earlier): Verdict => (code === reads && earlier.includes(names) ? 'block' : 'allow'),
      decide: (proposal) => {
        asked.push(proposal.code);
        const isAgain = asked.filter((code) => code === proposal.code).length > 1;
        return isAgain && insists ? { ...approve(proposal), inSpiteOfFindings: true } : approve(proposal);
      },
    };
    return openDesk([both, say('Done.')], options);
  };

  it('are asked about again where the one makes the other worse, and run when the person insists', async () => {
    desk = await open(true);
    await desk.ask('Go');
    assert.deepEqual(desk.executed, [names, reads]);
    assert.deepEqual(asked.toSorted(), [names, reads, reads]);
    assert.deepEqual(
      desk
        .of('proposed')
        .map(({ proposal, report }) => `${proposal.code}: ${report.verdict}`)
        .toSorted(),
      [`${names}: allow`, `${reads}: allow`, `${reads}: block`].toSorted(),
    );
  });

  it('run as they were answered, also where the person lets clean code run unasked from then on', async () => {
    let unasked = false;
    desk = await openDesk([both, say('Done.')], {
      parts: { runsUnasked: () => unasked },
      decide: (proposal) => {
        if (proposal.code === reads) return { kind: 'edit', code: 'print("mine")' };
        unasked = true;
        return { ...approve(proposal), forConversation: true };
      },
    });
    await desk.ask('Go');
    assert.deepEqual(desk.executed.toSorted(), [names, 'print("mine")']);
  });

  it('are not run on an approval from before', async () => {
    desk = await open(false);
    await desk.ask('Go');
    assert.deepEqual(desk.executed, [names]);
    assert.match(toolResults(desk.server.requests[1]!).join('\n'), /status: rejected/);
  });

  it('are asked about again where the one gives the other findings that nobody has seen', async () => {
    const found = (rule: string): Finding => ({
      rule,
      severity: 'block',
      range: { startLine: 0, startColumn: 0, endLine: 0, endColumn: 1 },
      message: rule,
      route: [],
    });
    const seen: string[] = [];
    desk = await openDesk([both, say('Done.')], {
      mode: 'ask-on-findings',
      parts: { sessionOf: () => 'session' },
      verdict: (code): Verdict => (code === reads ? 'block' : 'allow'),
      findings: (code, earlier) =>
        code === names ? [] : [found('file.read'), ...(earlier.includes(names) ? [found('secret')] : [])],
      decide: (proposal, _signal, { findings }) => {
        seen.push(`${proposal.code}: ${findings.map(({ rule }) => rule).join()}`);
        return { ...approve(proposal), inSpiteOfFindings: true };
      },
    });
    await desk.ask('Go');
    assert.deepEqual(desk.executed, [names, reads]);
    const asked = [`${reads}: file.read`, `${reads}: file.read,secret`];
    assert.deepEqual(seen, asked);
    assert.deepEqual(
      desk
        .of('proposed')
        .map(({ proposal, report }) => `${proposal.code}: ${report.findings.map(({ rule }) => rule).join()}`)
        .toSorted(),
      [`${names}: `, ...asked],
    );
  });

  it('stay rejected after a reload, also where the other one lets clean code run unasked', async () => {
    const checkpoints = new MemorySaver();
    let unasked = false;
    const parts = { checkpoints, runsUnasked: () => unasked };
    const first = await openDesk([both], { parts, decide: () => new Promise(() => undefined) });
    void first.ask('Go');
    while (first.of('proposed').length < 2) await new Promise(setImmediate);
    await first.agent.close();
    desk = await openDesk([say('Done.')], {
      parts,
      decide: (proposal) => {
        if (proposal.code === reads) return { kind: 'reject', reason: 'No.' };
        unasked = true;
        return { ...approve(proposal), forConversation: true };
      },
    });
    await desk.agent.resume('t1', (event) => desk?.events.push(event), new AbortController().signal);
    await first.close();
    assert.deepEqual(desk.executed, [names]);
    assert.match(toolResults(desk.server.requests[0]!).join('\n'), /status: rejected/);
  });
});
