import * as vscode from 'vscode';
import { codeFileName } from '../../core/language.ts';
import type { Proposal } from '../../core/proposal.ts';

/** Read-only documents that show exactly the code a decision is about. */
export const proposalScheme = 'glovebox-proposal';
/** Writable copies in memory, for Edit. */
export const editScheme = 'glovebox-edit';

export type Side = 'proposed' | 'previous';

export interface ProposalRef {
  readonly id: string;
  readonly hash: string;
  readonly side: Side;
}

/** The hash is part of the address, so a document can never come to show other code. */
export function proposalUri(proposal: Proposal, side: Side): vscode.Uri {
  const query = new URLSearchParams({ id: proposal.id, hash: proposal.hash, side });
  return vscode.Uri.from({
    scheme: proposalScheme,
    path: `/${fileName(proposal)}`,
    query: query.toString(),
  });
}

export function proposalRef(uri: vscode.Uri): ProposalRef | undefined {
  if (uri.scheme !== proposalScheme && uri.scheme !== editScheme) return undefined;
  const query = new URLSearchParams(uri.query);
  const id = query.get('id');
  const hash = query.get('hash');
  const side = query.get('side');
  if (id === null || hash === null || (side !== 'proposed' && side !== 'previous')) return undefined;
  return { id, hash, side };
}

/** The writable copy of a proposal; its folder keeps two proposals of one name apart. */
export function editUri(proposal: Proposal): vscode.Uri {
  const proposed = proposalUri(proposal, 'proposed');
  return proposed.with({ scheme: editScheme, path: `/${proposal.hash.slice(0, 12)}/${fileName(proposal)}` });
}

/** A title is hostile or holds `:3-9`; tabs need a plain file name with the language's ending. */
export function fileName(proposal: Pick<Proposal, 'title' | 'language'>): string {
  const plain = proposal.title
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[-. ]+|[-. ]+$/g, '')
    .slice(0, 60);
  return codeFileName(plain, proposal.language);
}
