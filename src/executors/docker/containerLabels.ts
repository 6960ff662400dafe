import { randomUUID } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** On every container of ours: who started it. */
export const ownerLabel = 'glovebox.owner';
/** Until when (ISO time) its owner may still need it, unless it is renewed; a sweep removes what is past it. */
export const leaseLabel = 'glovebox.lease';

/** A container's name once its lease is renewed, for labels can't be changed. */
export function leaseName(until: number, id: string): string {
  return `glovebox-${until}-${id.slice(0, 12)}`;
}

/** Until when (ms) a container may be needed, by its label and its names as the engine lists them. */
export function leaseOf(label: string | undefined, names: readonly string[]): number | undefined {
  const renewed = names.map((name) => Number(/^\/?glovebox-(\d+)-/.exec(name)?.[1] ?? NaN));
  const known = [Date.parse(label ?? ''), ...renewed].filter((until) => !Number.isNaN(until));
  return known.length === 0 ? undefined : Math.max(...known);
}

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
