import { readdir, readFile } from 'node:fs/promises';
import { run } from '../../scripts/setup/command.ts';

/** Containers with our label that were made since `since` and are still there. */
export async function leftContainers(host: string, since: Date): Promise<readonly string[]> {
  const env = { ...process.env, DOCKER_HOST: host };
  const listing = ['ps', '-a', '--no-trunc', '--filter', 'label=glovebox.owner', '--format', '{{.ID}}'];
  const { code, output } = await run('docker', listing, { env });
  if (code !== 0) throw new Error(`docker ps: ${output}`);
  const left: string[] = [];
  for (const id of output.split('\n').filter((line) => line !== '')) {
    const format = '{{.Created}} {{.Name}} {{.State.Status}} {{json .Config.Labels}}';
    const inspected = await run('docker', ['inspect', '--format', format, id], { env });
    const created = new Date(inspected.output.split(' ')[0] ?? '');
    if (inspected.code === 0 && created >= since) left.push(inspected.output.trim());
  }
  return left;
}

/** Node's own cache of compiled code stays behind on purpose. */
const expected = new Set(['node-compile-cache']);

/** What is left in a folder that was given out as the place for temporary files. */
export async function leftFiles(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => !expected.has(name));
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly environment: string;
}

async function processes(): Promise<readonly Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = (pid: string, file: string) => readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => '');
  return Promise.all(
    pids.map(async (pid) => ({
      pid: Number(pid),
      // After the name, which is in brackets and may hold anything: state, parent.
      parent: Number((await read(pid, 'stat')).replace(/^.*\)/s, '').trim().split(' ')[1]),
      command: (await read(pid, 'cmdline')).replaceAll('\0', ' ').trim(),
      environment: await read(pid, 'environ'),
    })),
  );
}

/** All process ids, to compare with later; empty where there is no /proc. */
export async function processIds(): Promise<ReadonlySet<number>> {
  if (process.platform !== 'linux') return new Set();
  return new Set((await processes()).map(({ pid }) => pid));
}

/**
 * Processes of ours that outlived what started them: those that still carry the run's mark in their
 * environment, and, as a sandbox is started with an empty one, orphans whose command names our folders.
 */
export async function leftProcesses(
  mark: string,
  folders: readonly string[],
  before: ReadonlySet<number>,
): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  return (await processes())
    .filter(({ pid, command }) => pid !== process.pid && command !== '' && !before.has(pid))
    .filter(
      ({ parent, command, environment }) =>
        environment.includes(mark) || (parent === 1 && folders.some((folder) => command.includes(folder))),
    )
    .map(({ pid, command }) => `${pid} ${command.slice(0, 200)}`);
}

/** Ends what still carries the run's mark; whoever left it has been counted as a failure by then. */
export async function endMarked(mark: string): Promise<void> {
  if (process.platform !== 'linux') return;
  for (const { pid, environment } of await processes()) {
    if (pid === process.pid || !environment.includes(mark)) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended in the meantime.
    }
  }
}
