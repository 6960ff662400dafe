import type { RunRecord } from '../../src/core/record.ts';
import type { RunResult, SandboxInfo } from '../../src/core/run.ts';
import { emptyResult } from '../../src/core/run.ts';

export const someSandbox: SandboxInfo = {
  backend: 'docker',
  runtime: 'runc',
  image: 'test',
  digest: 'sha256:0',
};

/** A finished result with the given differences from an empty, successful one. */
export function someResult(change: Partial<RunResult> = {}): RunResult {
  const { message: _message, ...empty } = emptyResult('run-1', 'ok', someSandbox, '');
  return { ...empty, exitCode: 0, ...change };
}

/** A record of a run that has not ended yet, with the given differences. */
export function someRecord(change: Partial<RunRecord> = {}): RunRecord {
  return {
    runId: 'run-1',
    proposalId: 'proposal-1',
    at: 1_000,
    origin: 'terminal',
    language: 'python',
    title: 'totals.py',
    purpose: 'Monthly totals',
    code: 'print(sum_of_sales)',
    hash: 'abc',
    files: [{ name: 'sales.csv', bytes: 12 }],
    report: { verdict: 'allow', findings: [] },
    decision: { kind: 'run', hash: 'abc', by: 'policy' },
    ...change,
  };
}
