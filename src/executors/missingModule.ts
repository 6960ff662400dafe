import type { RunResult } from '../core/run.ts';

const complaint = /^ModuleNotFoundError: No module named '([A-Za-z_][\w.]{0,100})'/m;

/** The package whose module a failed program did not find; undefined when that is not why it failed. */
export function missingModule(result: RunResult): string | undefined {
  if (result.status !== 'error') return undefined;
  return complaint.exec(result.stderr)?.[1]?.split('.')[0];
}

/** The result with one more thing worth knowing. */
export function withNotice(result: RunResult, notice: string | undefined): RunResult {
  return notice === undefined ? result : { ...result, notices: [...result.notices, notice] };
}
