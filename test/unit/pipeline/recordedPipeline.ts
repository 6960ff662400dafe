import type { Decision } from '../../../src/core/decision.ts';
import type { Verdict } from '../../../src/core/finding.ts';
import { defaultLimits } from '../../../src/core/limits.ts';
import type { ApprovalMode } from '../../../src/core/policy.ts';
import type { Draft, Origin, Proposal } from '../../../src/core/proposal.ts';
import type { RunRecord } from '../../../src/core/record.ts';
import type { RunEvent } from '../../../src/core/run.ts';
import { SessionCode } from '../../../src/pipeline/sessionCode.ts';
import type { PipelineParts } from '../../../src/pipeline/pipelineParts.ts';
import { runProposal } from '../../../src/pipeline/runProposal.ts';
import { someResult, someSandbox } from '../../support/records.ts';

/** A proposal of the code, before it is one. */
export const draft = (code: string, origin: Origin = 'agent'): Draft => ({
  id: 'p1',
  origin,
  language: 'python',
  code,
  purpose: 'a test',
  title: 'test.py',
  files: [],
});

/** The order of what the pipeline did, with parts that decide by the text of the code. */
export function recordedPipeline(decide: (proposal: Proposal) => Decision, execute?: () => Promise<never>) {
  const log: string[] = [];
  const saved: RunRecord[] = [];
  const events: RunEvent[] = [];
  const parts: PipelineParts = {
    validator: {
      async check(_language, code, earlier = []) {
        log.push(['check', code, ...earlier.map((one) => `after ${one}`)].join(' '));
        const verdict: Verdict = code.includes('evil') ? 'block' : code.includes('odd') ? 'warn' : 'allow';
        return { verdict, findings: [] };
      },
    },
    approver: {
      async decide(proposal) {
        log.push(`ask ${proposal.code}`);
        return decide(proposal);
      },
    },
    executor: {
      describe: async () => ({ available: true, sandbox: someSandbox }),
      async execute(request) {
        log.push(`run ${request.code}`);
        return execute === undefined ? someResult({ runId: request.runId }) : execute();
      },
      refuses: async () => undefined,
      close: async () => undefined,
    },
    recorder: { save: async (record) => void saved.push(record) },
    output: { show: (_proposal, event) => void events.push(event) },
    now: () => 42,
    newRunId: () => 'run-1',
    sessionCode: new SessionCode(),
  };
  const run = (input: Draft, mode: ApprovalMode = 'always-ask') =>
    runProposal(input, parts, { limits: defaultLimits, mode, signal: new AbortController().signal });
  return { log, saved, events, run, parts };
}

export const approve = (proposal: Proposal): Decision => ({ kind: 'run', hash: proposal.hash, by: 'person' });
