import type * as vscode from 'vscode';
import type { Report } from '../../core/finding.ts';
import type { Proposal } from '../../core/proposal.ts';
import { proposalRef } from './proposalUri.ts';

export interface ShownProposal {
  readonly proposal: Proposal;
  readonly report: Report;
}

/** Old previews are forgotten past this many; the history still has what was run. */
const mostKept = 200;

/** The code behind the preview documents, by id and hash. */
export class ProposalDocuments implements vscode.TextDocumentContentProvider {
  readonly #shown = new Map<string, ShownProposal>();

  keep(shown: ShownProposal): void {
    const key = keyOf(shown.proposal.id, shown.proposal.hash);
    this.#shown.delete(key);
    this.#shown.set(key, shown);
    for (const oldest of [...this.#shown.keys()].slice(0, -mostKept)) this.#shown.delete(oldest);
  }

  find(uri: vscode.Uri): ShownProposal | undefined {
    const ref = proposalRef(uri);
    return ref === undefined ? undefined : this.#shown.get(keyOf(ref.id, ref.hash));
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const shown = this.find(uri);
    if (shown === undefined) return '';
    return proposalRef(uri)?.side === 'previous' ? (shown.proposal.previousCode ?? '') : shown.proposal.code;
  }
}

const keyOf = (id: string, hash: string): string => `${id}\n${hash}`;
