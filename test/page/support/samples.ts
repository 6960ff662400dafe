import type { Report } from '../../../src/core/finding.ts';
import type { Draft, Proposal } from '../../../src/core/proposal.ts';
import { emptyResult, type RunResult, type SandboxInfo } from '../../../src/core/run.ts';
import { propose } from '../../../src/pipeline/propose.ts';

export const sandbox: SandboxInfo = {
  backend: 'docker',
  runtime: 'runc',
  image: 'glovebox-python',
  digest: 'sha256:0',
};

export const clean: Report = { verdict: 'allow', findings: [] };

export const blocked: Report = {
  verdict: 'block',
  findings: [
    {
      rule: 'process.spawn',
      severity: 'block',
      range: { startLine: 1, startColumn: 0, endLine: 1, endColumn: 9 },
      message: 'starts a shell command with os.system',
      route: ['os', 'os.system'],
      hint: 'Do it in Python instead.',
    },
  ],
};

export function proposalOf(threadId: string, over: Partial<Proposal> = {}): Proposal {
  const draft: Draft = {
    id: 'p1',
    origin: 'agent',
    language: 'python',
    code: 'import os\nos.system("ls")\n',
    purpose: 'List the files',
    title: 'list.py',
    files: [],
    threadId,
    ...over,
  };
  return propose(draft, 'docker');
}

export function resultOf(over: Partial<RunResult> = {}): RunResult {
  return {
    ...emptyResult('r1', 'ok', sandbox, ''),
    exitCode: 0,
    metrics: { wallMs: 412, cpuMs: 388, peakMemoryBytes: 96_468_992, queueMs: 0, startMs: 3 },
    ...over,
  };
}
