import { readFile } from 'node:fs/promises';
import type { Disposable } from '../../core/lifecycle.ts';

const everyMs = 100;
const pageBytes = 4096;
/** The kernel counts processor time in these; 100 a second on every Linux that Node runs on. */
const tickMs = 10;

export interface Usage {
  readonly residentBytes: number;
  readonly cpuMs: number;
}

/**
 * Tells what a process and those that it started use, ten times a second. Linux only; elsewhere it
 * never calls, and the realm's own limit on its WebAssembly memory and Node's heap limit stand alone.
 */
export function watchUsage(pid: number, seen: (usage: Usage) => void): Disposable {
  if (process.platform !== 'linux') return { dispose: () => undefined };
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void usageOf(pid).then((usage) => {
      looking = false;
      seen(usage);
    });
  }, everyMs);
  timer.unref();
  return { dispose: () => clearInterval(timer) };
}

async function usageOf(pid: number): Promise<Usage> {
  const read = (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
  const [statm, stat, children] = await Promise.all([
    read('statm'),
    read('stat'),
    read(`task/${pid}/children`),
  ]);
  // The name, in parentheses, may have spaces; user and system time are the 12th and 13th field behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const below = await Promise.all(
    children
      .split(' ')
      .filter(Boolean)
      .map((child) => usageOf(Number(child))),
  );
  return below.reduce<Usage>(
    (sum, one) => ({ residentBytes: sum.residentBytes + one.residentBytes, cpuMs: sum.cpuMs + one.cpuMs }),
    {
      // Without the files that are mapped, which all processes have in common.
      residentBytes: (Number(statm.split(' ')[1] ?? 0) - Number(statm.split(' ')[2] ?? 0)) * pageBytes,
      cpuMs: (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * tickMs,
    },
  );
}
