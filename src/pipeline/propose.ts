import { createHash } from 'node:crypto';
import type { Draft, Proposal } from '../core/proposal.ts';

/** Binds a draft to its hash. The same language, code, stdin and file names give the same hash. */
export function propose(draft: Draft): Proposal {
  const hash = createHash('sha256');
  for (const part of [
    draft.language,
    draft.code,
    draft.stdin ?? '',
    ...draft.files.map((file) => file.name),
  ]) {
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  return { ...draft, hash: hash.digest('hex') };
}
