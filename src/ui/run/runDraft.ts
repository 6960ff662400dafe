import * as vscode from 'vscode';
import type { Outcome } from '../../core/door.ts';
import type { Approver, Output } from '../../core/ports.ts';
import type { Draft } from '../../core/proposal.ts';
import type { FaultLog } from '../faults/showFault.ts';
import { neutralLine } from '../output/controlText.ts';
import { notifyProgress } from '../output/notify.ts';
import { trustedOnly } from '../trust/workspaceTrust.ts';
import type { LoadApp } from '../uiApp.ts';
import type { ActiveRuns } from './activeRuns.ts';

export interface DraftParts {
  readonly app: LoadApp;
  readonly approver: Approver;
  readonly output: Output;
  readonly runs: ActiveRuns;
  readonly log: FaultLog;
}

/** A short run is over before a notification could be read. */
const quietMs = 1500;

/** Runs a draft of the editor through the pipeline, with a way to stop it and progress if it takes long. */
export async function runDraft(
  draft: Draft,
  parts: DraftParts,
  token?: vscode.CancellationToken,
): Promise<Outcome> {
  const app = await parts.app();
  const runCode = trustedOnly(app.runCode);
  const title = neutralLine(draft.title, 60);
  return parts.runs.track(title, async (signal, stop, begins) => {
    const steps: { report?: (message: string) => void } = {};
    let timer: NodeJS.Timeout | undefined;
    const output: Output = {
      proposed: (proposal, report) => parts.output.proposed?.(proposal, report),
      decided: (proposal, decision) => {
        parts.output.decided?.(proposal, decision);
        if (decision.kind !== 'run') return;
        begins();
        timer = setTimeout(() => void showProgress(title, outcome, stop, steps), quietMs);
      },
      show: (proposal, event) => {
        if (event.kind === 'progress') steps.report?.(event.message);
        parts.output.show(proposal, event);
      },
    };
    const outcome = runCode(draft, { approver: parts.approver, output, signal });
    const cancelled = token?.onCancellationRequested(stop);
    if (token?.isCancellationRequested === true) stop();
    try {
      return await outcome;
    } finally {
      clearTimeout(timer);
      cancelled?.dispose();
    }
  });
}

async function showProgress(
  title: string,
  outcome: Promise<Outcome>,
  stop: () => void,
  steps: { report?: (message: string) => void },
): Promise<void> {
  await notifyProgress(vscode.l10n.t('Running {0} in the sandbox', title), stop, async (report) => {
    steps.report = (message) => report(neutralLine(message, 100));
    // A failure is told by whoever awaits the outcome itself.
    await outcome.catch(() => undefined);
  });
}
