import { readdir, readFile } from 'node:fs/promises';
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
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const [stat, residentBytes, ...children] = await Promise.all([
    read(`/proc/${pid}/stat`),
    residentOf(pid, threads),
    // Each thread has those that it started itself.
    ...threads.map((thread) => read(`/proc/${pid}/task/${thread}/children`)),
  ]);
  // The name, in parentheses, may have spaces. Twelve fields behind it stand user and system time of the
  // process itself, and then those of its children that have ended, and of theirs.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const cpuTicks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  const own = { residentBytes, cpuMs: cpuTicks * tickMs };
  const below = await Promise.all(
    children.flatMap((line) => line.split(' ').filter(Boolean)).map((child) => usageOf(Number(child))),
  );
  return below.reduce<Usage>(
    (sum, one) => ({ residentBytes: sum.residentBytes + one.residentBytes, cpuMs: sum.cpuMs + one.cpuMs }),
    own,
  );
}

/** Without the files that are mapped, which all processes have in common. */
async function residentOf(pid: number, threads: readonly string[]): Promise<number> {
  // Threads have their memory in common; the first may have ended, and nothing is told of it then.
  for (const thread of threads) {
    const statm = await read(`/proc/${pid}/task/${thread}/statm`);
    const [, resident = 0, shared = 0] = statm.split(' ').map(Number);
    if (resident > 0) return (resident - shared) * pageBytes;
  }
  return 0;
}

async function read(name: string): Promise<string> {
  return readFile(name, 'utf8').catch(() => '');
}
