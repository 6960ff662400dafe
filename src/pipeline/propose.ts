import { createHash } from 'node:crypto';
import type { SandboxKind } from '../core/guarantees.ts';
import type { Draft, Proposal } from '../core/proposal.ts';

/**
 * Binds a draft and the kind of sandbox that it would run in to one hash. The same language, code, stdin
 * and file names for the same kind give the same hash.
 */
export function propose(draft: Draft, sandbox: SandboxKind): Proposal {
  const hash = createHash('sha256');
  for (const part of [
    sandbox,
    draft.language,
    draft.code,
    draft.stdin ?? '',
    ...draft.files.map((file) => file.name),
  ]) {
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  return { ...draft, sandbox, hash: hash.digest('hex') };
}
