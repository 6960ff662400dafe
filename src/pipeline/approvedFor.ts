import { sandboxKinds, type SandboxKind } from '../core/guarantees.ts';
import type { Proposal } from '../core/proposal.ts';
import { propose } from './propose.ts';

/** The kind of sandbox for which an approval with this hash lets the proposal run, if it is for it at all. */
export function approvedFor(proposal: Proposal, hash: string): SandboxKind | undefined {
  return sandboxKinds.find((kind) => propose(proposal, kind).hash === hash);
}
