import type { Decision } from '../../core/decision.ts';
import type { Report } from '../../core/finding.ts';
import { Emitter, type Disposable } from '../../core/lifecycle.ts';
import type { Approver } from '../../core/ports.ts';
import type { Proposal } from '../../core/proposal.ts';

export interface PendingProposal {
  readonly proposal: Proposal;
  readonly report: Report;
}

interface Open extends PendingProposal {
  readonly answer: (decision: Decision) => void;
}

/**
 * The questions that wait for a person. The chat card, the preview's code lenses and the commands all
 * answer here, so a proposal is decided once, whichever is clicked first.
 */
export class PendingDecisions implements Approver, Disposable {
  readonly #open = new Map<string, Open>();
  readonly #opened = new Emitter<PendingProposal>();
  readonly #closed = new Emitter<{ readonly pending: PendingProposal; readonly decision: Decision }>();

  readonly onDidOpen = this.#opened.on;
  readonly onDidClose = this.#closed.on;

  decide(proposal: Proposal, report: Report, signal: AbortSignal): Promise<Decision> {
    this.#open.get(proposal.id)?.answer({ kind: 'reject', reason: 'A newer version was proposed.' });
    return new Promise((resolve) => {
      const stop = (): void => answer({ kind: 'reject', reason: 'Stopped before a decision.' });
      const answer = (decision: Decision): void => {
        if (this.#open.get(proposal.id) !== entry) return;
        this.#open.delete(proposal.id);
        signal.removeEventListener('abort', stop);
        resolve(decision);
        this.#closed.fire({ pending: entry, decision });
      };
      const entry: Open = { proposal, report, answer };
      this.#open.set(proposal.id, entry);
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop);
      this.#opened.fire(entry);
    });
  }

  /** The open question about exactly this code, or about whichever version is shown now. */
  get(proposalId: string, hash?: string): PendingProposal | undefined {
    const entry = this.#open.get(proposalId);
    return hash === undefined || entry?.proposal.hash === hash ? entry : undefined;
  }

  /** Open questions, oldest first. */
  list(): readonly PendingProposal[] {
    return [...this.#open.values()];
  }

  /** False when the question is gone or was about other code than the hash names. */
  answer(proposalId: string, hash: string, decision: Decision): boolean {
    const entry = this.#open.get(proposalId);
    if (entry === undefined || entry.proposal.hash !== hash) return false;
    entry.answer(decision);
    return true;
  }

  /**
   * Answers nothing: a question that is open when the window closes is open again when it comes back.
   */
  dispose(): void {
    this.#open.clear();
    this.#opened.dispose();
    this.#closed.dispose();
  }
}
