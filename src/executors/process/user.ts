import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ProcessPlan } from './processCommand.ts';

const ids = 0x1000_0000;

/** Far from the ids of people and services. */
const firstId = 0x2000_0000;

/**
 * Who a program is. Root lends its name to nobody: each run gets a user of its own, so that limits that
 * the kernel counts by user are the run's alone. Everybody else stays who they are, in a namespace.
 */
export function userOfRun(): ProcessPlan['user'] {
  const own = process.getuid?.() ?? 0;
  // In a container without a range of ids, root is nobody special, and becomes one in a namespace.
  if (own === 0 && !hasIds()) return { id: 10001, group: 10001, drop: false };
  if (own !== 0) return { id: own, group: process.getgid?.() ?? own, drop: false };
  const id = firstId + randomInt(ids);
  return { id, group: id, drop: true };
}

function hasIds(): boolean {
  try {
    const rows = readFileSync('/proc/self/uid_map', 'utf8').trim().split('\n');
    return rows.some((row) => {
      const [first = 0, , count = 0] = row.trim().split(/\s+/).map(Number);
      return first <= firstId && first + count >= firstId + ids;
    });
  } catch {
    return false;
  }
}
