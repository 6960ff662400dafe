import assert from 'node:assert/strict';
import type { Decision } from '../../../src/core/decision.ts';
import { verdictOf, type Finding, type Report, type Verdict } from '../../../src/core/finding.ts';
import { defaultLimits } from '../../../src/core/limits.ts';
import type { ApprovalMode } from '../../../src/core/policy.ts';
import type { Draft, Proposal } from '../../../src/core/proposal.ts';
import { runProposal } from '../../../src/pipeline/runProposal.ts';
import { SessionCode } from '../../../src/pipeline/sessionCode.ts';
import { someResult, someSandbox } from '../../support/records.ts';

const reads = 'print(open(place).read())';
const names = 'place = "/etc/passwd"';

/** Runs of one session at a time, with a validator that knows what those names mean together. */
function session(
  mode: ApprovalMode,
  decide: (proposal: Proposal, verdict: Verdict, findings: readonly Finding[]) => Promise<Decision>,
  judge?: (code: string, earlier: readonly string[]) => readonly Finding[],
) {
  const ran: string[] = [];
  const asked: string[] = [];
  const parts = {
    validator: {
      check: async (_language: string, code: string, earlier: readonly string[] = []) => {
        const findings = judge?.(code, earlier);
        if (findings !== undefined) return { verdict: verdictOf(findings), findings };
        const verdict: Verdict = code === reads && earlier.includes(names) ? 'block' : 'allow';
        return { verdict, findings: [] };
      },
    },
    approver: {
      decide: async (proposal: Proposal, { verdict, findings }: Report) => {
        asked.push(`${proposal.code}: ${verdict}`);
        return decide(proposal, verdict, findings);
      },
    },
    executor: {
      describe: async () => ({ available: true, sandbox: someSandbox }) as const,
      execute: async ({ runId, code }: { runId: string; code: string }) => {
        ran.push(code);
        return someResult({ runId });
      },
      refuses: async () => undefined,
      close: async () => undefined,
    },
    recorder: { save: async () => undefined },
    output: { show: () => undefined },
    now: () => 0,
    newRunId: () => 'run-1',
    sessionCode: new SessionCode(),
  };
  const run = (code: string, more: { approvedForConversation?: boolean } = {}) => {
    const draft: Draft = {
      id: code,
      origin: 'agent',
      language: 'python',
      code,
      purpose: '',
      title: '',
      files: [],
    };
    const { signal } = new AbortController();
    return runProposal(draft, parts, { limits: defaultLimits, mode, sessionId: 's', signal, ...more });
  };
  return { ran, asked, run };
}

const approve = (proposal: Proposal): Decision => ({ kind: 'run', hash: proposal.hash, by: 'person' });

describe('programs of one session that are proposed together', () => {
  it('are judged with each other: what is worse by that needs a person who insists', async () => {
    const { ran, asked, run } = session('ask-on-findings', async (proposal) => approve(proposal));
    const [first, second] = await Promise.all([run(names), run(reads)]);
    assert.deepEqual([first.result.status, second.result.status], ['ok', 'blocked']);
    assert.deepEqual(ran, [names]);
    assert.deepEqual(asked, [`${reads}: block`, `${reads}: block`]);
    assert.equal(second.report.verdict, 'block');
  });

  it('are put to the person anew when another one runs while the card waits', async () => {
    const waiting = Promise.withResolvers<void>();
    const { ran, asked, run } = session('always-ask', async (proposal, verdict) => {
      if (proposal.code === reads && verdict === 'allow') await waiting.promise;
      return verdict === 'block'
        ? ({ ...approve(proposal), inSpiteOfFindings: true } as Decision)
        : approve(proposal);
    });
    const second = run(reads);
    await run(names);
    waiting.resolve();
    assert.equal((await second).result.status, 'ok');
    assert.deepEqual(ran, [names, reads]);
    assert.deepEqual(asked, [`${reads}: allow`, `${names}: allow`, `${reads}: block`]);
  });

  it('are put to the person anew for a finding that is new, also where the verdict is the same', async () => {
    const found = (message: string): Finding => ({
      rule: 'file.read',
      severity: 'block',
      range: { startLine: 0, startColumn: 0, endLine: 0, endColumn: 1 },
      message,
      route: [],
    });
    const waiting = Promise.withResolvers<void>();
    const shown: string[][] = [];
    const judge = (code: string, earlier: readonly string[]): readonly Finding[] => {
      if (code !== reads) return [];
      return earlier.includes(names) ? [found('a file'), found('passwords')] : [found('a file')];
    };
    const { asked, run } = session(
      'ask-on-findings',
      async (proposal, _verdict, findings) => {
        shown.push(findings.map(({ message }) => message));
        if (shown.length === 1) await waiting.promise;
        return { ...approve(proposal), inSpiteOfFindings: true } as Decision;
      },
      judge,
    );
    const second = run(reads);
    await run(names);
    waiting.resolve();
    assert.deepEqual(
      (await second).report.findings.map(({ message }) => message),
      ['a file', 'passwords'],
    );
    assert.deepEqual(asked, [`${reads}: block`, `${reads}: block`]);
    assert.deepEqual(shown, [['a file'], ['a file', 'passwords']]);
  });

  it('run as they were approved where nothing became worse', async () => {
    const { ran, asked, run } = session('always-ask', async (proposal) => approve(proposal));
    await Promise.all([run('a = 1'), run('print(a)')]);
    assert.deepEqual(ran.toSorted(), ['a = 1', 'print(a)']);
    assert.equal(asked.length, 2);
  });
});

describe('code that runs unasked', () => {
  it('is told to be let through by the settings, or by the person for the conversation', async () => {
    const by = async (mode: ApprovalMode, approvedForConversation: boolean) => {
      const { run } = session(mode, async () => ({ kind: 'reject' }));
      const { decision } = await run('1', { approvedForConversation });
      return decision.kind === 'run' ? decision.by : decision.kind;
    };
    assert.equal(await by('always-ask', false), 'reject');
    assert.equal(await by('always-ask', true), 'conversation');
    assert.equal(await by('ask-on-findings', true), 'policy');
  });
});

describe('code that a person edits', () => {
  it('is recorded as edited, with what was proposed first, however often', async () => {
    const next: Readonly<Record<string, string>> = { '1': '2', '2': '3' };
    const steps = (last: (proposal: Proposal) => Decision) =>
      session('always-ask', async (proposal) => {
        const code = next[proposal.code];
        return code === undefined ? last(proposal) : { kind: 'edit', code };
      });
    const { decision, proposal } = await steps(approve).run('1');
    assert.deepEqual(decision, { ...approve(proposal), editedFrom: '1' });
    const rejected = await steps(() => ({ kind: 'reject' })).run('1');
    assert.deepEqual(rejected.decision, { kind: 'reject', editedFrom: '1' });
  });

  it('and puts back is the proposal itself', async () => {
    const answers = ['2', '1'];
    const { run } = session('always-ask', async (proposal) => {
      const code = answers.shift();
      return code === undefined ? approve(proposal) : { kind: 'edit', code };
    });
    const { decision, proposal } = await run('1');
    assert.deepEqual(decision, approve(proposal));
  });
});
