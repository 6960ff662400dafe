import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** On every container of ours: who started it. */
export const ownerLabel = 'glovebox.owner';
/** Until when (ISO time) its owner may still need it; a sweep removes what is past it. */
export const leaseLabel = 'glovebox.lease';

/** A name for this process that no other process ever has. */
export function newOwnerId(): string {
  return `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
}
