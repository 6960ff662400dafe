import type { RunResult } from '../../core/run.ts';

type Ending = Pick<RunResult, 'status' | 'exitCode' | 'signal'>;

/** A sentence for the agent about how a run ended. */
export function howItEnded(result: Ending | undefined): string {
  switch (result?.status) {
    case undefined:
      return 'This run has not ended yet.';
    case 'ok':
      return 'This run went well.';
    case 'error':
      return `This run ended with an error${result.exitCode === null ? '' : ` (exit code ${result.exitCode})`}.`;
    case 'timeout':
      return 'This run was stopped at its time limit.';
    case 'oom':
      return 'This run was stopped because it needed more memory than it may use.';
    case 'output-limit':
      return 'This run was stopped because it wrote too much.';
    case 'killed':
      return `This run was killed${result.signal === null ? '' : ` by ${result.signal}`}.`;
    case 'cancelled':
      return 'This run was cancelled.';
    case 'blocked':
      return 'The validator blocked this program, so it was not run.';
    case 'unavailable':
      return 'There was no sandbox for this program, so it was not run.';
  }
}
