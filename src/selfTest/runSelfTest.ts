import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { allGuarantees, type GuaranteeId } from '../core/guarantees.ts';
import { codeFileName } from '../core/language.ts';
import { defaultLimits, limitsWithin } from '../core/limits.ts';
import type { Executor } from '../core/ports.ts';
import type { RunEvent, RunResult, SandboxInfo } from '../core/run.ts';
import { inPart, kindOf, type Proof, type SelfTestReport } from '../core/selfTest.ts';
import type { Attack, Bait } from './attack.ts';
import { attacksOn } from './attacks.ts';
import { selfTestRunId } from './leftovers.ts';

/** How long somebody who connects and says nothing is listened to. */
const strangerMs = 2000;

/** What a program can do, and no attack can break. */
const features: ReadonlySet<GuaranteeId> = new Set(['programs', 'packages', 'languages']);

/**
 * Attacks a sandbox with fixed programs of ours, on files, environment and a server that are put there
 * for it, and says of each guarantee whether it held. Rejects when nothing could be run. `forget` takes
 * away what a run has written beside its result.
 */
export async function runSelfTest(
  executor: Executor,
  sandbox: SandboxInfo,
  progress: (message: string) => void,
  signal: AbortSignal,
  forget: (runId: string) => Promise<void> = async () => undefined,
): Promise<SelfTestReport> {
  const kind = kindOf(sandbox);
  const attacks = attacksOn(kind);
  const outcome = new Map<GuaranteeId, string | undefined>();
  let attacked = sandbox;
  const connections = await withBait(async (bait) => {
    for (const [index, attack] of attacks.entries()) {
      progress(`Attack ${index + 1} of ${attacks.length} …`);
      const runId = selfTestRunId();
      const result = await run(executor, { runId, attack, bait }, progress, signal).finally(() =>
        forget(runId).catch(() => undefined),
      );
      signal.throwIfAborted();
      if (result.status === 'unavailable' || result.status === 'cancelled')
        throw new Error(result.message ?? 'The self-test could not run.');
      // The first run may have built the image of which the report is.
      attacked = result.sandbox;
      for (const [id, what] of Object.entries(attack.judge(result))) {
        const known = id as GuaranteeId;
        outcome.set(known, outcome.get(known) ?? what);
      }
    }
  });
  if (connections > 0) outcome.set('network', 'a server of the host was reached');
  const proofs = allGuarantees()
    .filter(({ id }) => !features.has(id))
    .map(({ id, what, by }): Proof => {
      const { level, how } = by[kind];
      if (level === 'no') return { id, what, state: 'not-given', detail: how };
      if (!outcome.has(id)) return { id, what, state: 'not-provable', detail: how };
      const through = outcome.get(id);
      const kept = level === 'partly' ? `${inPart}${how}` : how;
      return through === undefined
        ? { id, what, state: 'proved', detail: kept }
        : { id, what, state: 'failed', detail: through };
    });
  return { at: Date.now(), sandbox: attacked, proofs };
}

async function run(
  executor: Executor,
  { runId, attack, bait }: { readonly runId: string; readonly attack: Attack; readonly bait: Bait },
  progress: (message: string) => void,
  signal: AbortSignal,
): Promise<RunResult> {
  const limits = { ...limitsWithin(defaultLimits, attack.limits?.wallMs), ...attack.limits };
  const request = {
    runId,
    language: attack.language ?? 'python',
    code: attack.code(bait),
    title: codeFileName('self-test', attack.language ?? 'python'),
    files: [],
    limits,
  } as const;
  // The first one may have to build an image, which takes minutes.
  const emit = (event: RunEvent): void => {
    if (event.kind === 'progress') progress(event.message);
  };
  return executor.execute(request, emit, signal);
}

/** Puts the bait out while `work` goes on; gives how many connections reached the server. */
async function withBait(work: (bait: Bait) => Promise<void>): Promise<number> {
  let connections = 0;
  const token = randomUUID();
  // Another test of this process may be under way, and takes its own away when it is over.
  const variable = `GLOVEBOX_SELF_TEST_${token.replaceAll('-', '_')}`;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-self-test-'));
  // Whoever else finds the port says nothing of the sandbox: what came out of it brings the token.
  const server = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .on('data', (chunk) => {
        if (chunk.includes(token)) connections++;
        socket.destroy();
      });
    socket.setTimeout(strangerMs, () => socket.destroy()).unref();
  });
  try {
    await writeFile(path.join(folder, 'secret.txt'), token, { mode: 0o600 });
    // From a container the host is another machine; elsewhere nobody else has to see the server.
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, process.platform === 'linux' ? '0.0.0.0' : '127.0.0.1', resolve);
    });
    process.env[variable] = token;
    const { port } = server.address() as AddressInfo;
    await work({ file: path.join(folder, 'secret.txt'), token, port });
    return connections;
  } finally {
    delete process.env[variable];
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
