import { randomUUID } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** On every container of ours: who started it. */
export const ownerLabel = 'glovebox.owner';
/** Until when (ISO time) its owner may still need it; a sweep removes what is past it. */
export const leaseLabel = 'glovebox.lease';

/** Where process ids mean the same: this machine, or this container on it. */
export function processSpace(): string {
  let namespace = '';
  try {
    namespace = readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    // Not Linux: there is only one.
  }
  return `${hostname()}.${namespace}`;
}

/** A name for this process that no other process ever has. */
export function newOwnerId(): string {
  return `${processSpace()}-${process.pid}-${randomUUID().slice(0, 8)}`;
}
