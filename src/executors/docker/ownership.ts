import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { isAlive } from '../../core/isAlive.ts';

/** Where process ids mean the same, as far as engines that several machines share have to know it. */
export interface ProcessSpace {
  /** This machine, also when it was started anew; its name alone may be that of another one as well. */
  readonly machine: string;
  /** Its running kernel; empty where that has no name. */
  readonly boot: string;
  /** The process namespace on it, if there are several. */
  readonly namespace: string;
}

/** What an engine says of a container of ours. */
export interface OwnedContainer {
  readonly owner: string;
  readonly state: string;
  readonly ageMs: number;
}

const machineFiles = ['/etc/machine-id', '/var/lib/dbus/machine-id'];
/** A container is started right after it was made; until then it may belong to a machine with a copied disk. */
const startingMs = 600_000;

/**
 * This process's own. The folder keeps a name for machines that have none of their own.
 *
 * The system's names go into labels that others can read, so they are hashed.
 */
export function processSpace(folder: string): ProcessSpace {
  const id = machineFiles.map(textOf).find((text) => text !== '') ?? '';
  const boot = textOf('/proc/sys/kernel/random/boot_id');
  // A kernel that can be told from others tells machines apart as well, until it is started anew.
  const name = id !== '' || boot !== '' ? id : keptName(folder);
  return {
    machine: `${hostname()}.${digest(name)}`,
    boot: digest(boot),
    namespace: namespace(),
  };
}

/** A name for this process that no other process ever has. */
export function newOwnerId({ machine, boot, namespace }: ProcessSpace): string {
  return `${machine}.${boot}.${namespace}-${process.pid}-${randomUUID().slice(0, 8)}`;
}

/** Whether the owner was a process of this machine that no longer exists. */
export function isOrphan({ owner, state, ageMs }: OwnedContainer, space: ProcessSpace): boolean {
  const parts = /^(.*\.[0-9a-f]*)\.([0-9a-f]*)\.(\d*)-(\d+)-[0-9a-f]{8}$/.exec(owner);
  const [, machine = '', boot = '', of = '', pid = ''] = parts ?? [];
  if (parts === null || machine !== space.machine) return false;
  if (boot === space.boot) return of === space.namespace && !isAlive(Number(pid));
  // Of a kernel that is gone, or of a machine whose disk was copied from the same one: that one's may run.
  if (machine.endsWith('.')) return false;
  return state === 'exited' || state === 'dead' || (state === 'created' && ageMs > startingMs);
}

function namespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return ''; // Not Linux: there is only one.
  }
}

/** A name by chance, kept for the processes to come; another one each time where it can't be kept. */
function keptName(folder: string): string {
  const file = path.join(folder, 'glovebox-machine-id');
  const before = textOf(file);
  if (before !== '') return before;
  const made = randomUUID();
  try {
    writeFileSync(file, made, { flag: 'wx', mode: 0o600 });
    return made;
  } catch {
    // Another window may have been faster.
    return textOf(file) || made;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

function digest(text: string): string {
  return text === '' ? '' : createHash('sha256').update(`glovebox ${text}`).digest('hex').slice(0, 12);
}
