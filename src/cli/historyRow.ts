import type { RunSummary } from '../core/ports.ts';
import { exactLine, exactPurpose } from './plainText.ts';

/** One run on one line, whatever a model called it; times are UTC. */
export function historyRow(run: RunSummary): string {
  const when = new Date(run.at).toISOString().slice(0, 19).replace('T', ' ');
  const time = run.status === 'running' ? '' : `${run.wallMs.toFixed(0)} ms`;
  return `${run.runId}  ${when}  ${run.status.padEnd(12)} ${time.padStart(9)}  ${exactLine(run.title)} — ${exactPurpose(run.purpose)}\n`;
}
