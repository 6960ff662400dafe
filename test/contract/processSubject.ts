import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createProcessExecutor } from '../../src/executors/process/createProcessExecutor.ts';
import { processIds } from '../support/leaks.ts';
import type { Guarantees, Subject } from './subject.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** What the local process sandbox promises. */
export const confined: Guarantees = {
  kind: 'process',
  processes: true,
  memoryStatus: false,
  counts: true,
  hiddenRunner: true,
  systemCalls: true,
  readOnlyRoot: true,
  figures: false,
  soakRuns: 40,
  soakAtOnce: 32,
  patienceSeconds: 120,
};

/** Makes local process sandboxes with the machine's own Python. */
export async function processSubject(): Promise<Subject> {
  const runsFolder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-contract-'));
  const before = new Set(await processIds());
  const executor = createProcessExecutor({ root, python: () => '', runsFolder, sessionIdleSeconds: 1800 });
  return {
    executor,
    leftovers: async () => enclosed(before),
    dispose: async () => rm(runsFolder, { recursive: true, force: true }),
  };
}

async function enclosed(before: ReadonlySet<number>): Promise<string[]> {
  const left: string[] = [];
  for (const pid of await processIds()) {
    if (before.has(pid)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    // A container's runner has its own interpreter, below /opt/glovebox.
    const container = command.startsWith('/opt/glovebox/python');
    if (command.includes('/opt/glovebox/runner') && !container) left.push(`${pid}`);
  }
  return left;
}
