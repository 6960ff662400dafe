import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defaultLimits } from '../../../src/core/limits.ts';
import type { Executor } from '../../../src/core/ports.ts';
import { emptyResult, type RunRequest, type RunResult, type SandboxInfo } from '../../../src/core/run.ts';
import { provenExecutor, type ProvenExecutor } from '../../../src/selfTest/provenExecutor.ts';
import { SelfTestStore } from '../../../src/selfTest/selfTestStore.ts';

/** A sandbox that says how it was left, for each of the attacks in turn, by what their code has in it. */
interface Behaviour {
  leaks: string;
  endless: RunResult['status'];
  /** What an attack waits for. */
  holdUp: Promise<void> | undefined;
}

interface Attacked {
  folder: string;
  behaviour: Behaviour;
  /** Titles of the programs that ran. */
  ran: string[];
  forgotten: string[];
  warnings: string[];
  sandbox: SandboxInfo;
  /** What the sandbox is once something has run in it. */
  built: SandboxInfo | undefined;
  /** Opens it as another process would: nothing is shared but the folder. */
  readonly open: (how?: { stays?: boolean; version?: string }) => ProvenExecutor;
  readonly run: (executor: Executor) => Promise<RunResult>;
}

export const never = new AbortController().signal;

/** A sandbox under attack for each test of the suite in whose body this is called. */
export function attackedForEach(): Attacked {
  let opened: ProvenExecutor[] = [];
  const attacked: Attacked = {
    folder: '',
    behaviour: { leaks: '', endless: 'timeout', holdUp: undefined },
    ran: [],
    forgotten: [],
    warnings: [],
    sandbox: { backend: 'wasm', runtime: 'pyodide 1', image: 'pyodide', digest: 'one' },
    built: undefined,
    open,
    run,
  };
  const fresh = { ...attacked };
  beforeEach(async () => {
    opened = [];
    Object.assign(attacked, fresh, { ran: [], forgotten: [], warnings: [] });
    attacked.behaviour = { leaks: '', endless: 'timeout', holdUp: undefined };
    attacked.folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-self-'));
  });
  afterEach(async () => {
    // A quiet test that still goes on would write its outcome after the folder is gone.
    for (const executor of opened) await executor.close();
    await rm(attacked.folder, { recursive: true, force: true });
  });

  function statusOf(code: string): RunResult['status'] {
    if (code.includes('while True: pass')) return attacked.behaviour.endless;
    if (code.includes('while True: sys.stdout')) return 'output-limit';
    return ['"x" * ', 'SystemExit(7)', 'GOT IT'].some((one) => code.includes(one)) ? 'error' : 'ok';
  }

  function open({ stays = true, version = '1.0.0' } = {}): ProvenExecutor {
    const executor: Executor = {
      describe: async () => ({ available: true, sandbox: attacked.sandbox }),
      async execute(request, emit) {
        attacked.ran.push(request.title);
        if (attacked.built !== undefined) attacked.sandbox = attacked.built;
        const attack = request.title === 'self-test.py';
        if (attack) await attacked.behaviour.holdUp;
        emit({ kind: 'progress', message: 'Building the image' });
        const stdout = attack ? `${attacked.behaviour.leaks}tried everything\n` : 'mine\n';
        return { ...emptyResult(request.runId, statusOf(request.code), attacked.sandbox, ''), stdout };
      },
      refuses: async () => undefined,
      close: async () => undefined,
    };
    const proven = provenExecutor(executor, {
      store: new SelfTestStore(attacked.folder, async () => version),
      stays,
      warn: (message) => attacked.warnings.push(message),
      forget: async (runId) => void attacked.forgotten.push(runId),
    });
    opened.push(proven);
    return proven;
  }

  async function run(executor: Executor): Promise<RunResult> {
    const request: RunRequest = {
      runId: 'r',
      language: 'python',
      code: '1',
      title: 'mine.py',
      files: [],
      limits: defaultLimits,
    };
    return executor.execute(request, () => undefined, never);
  }

  return attacked;
}
