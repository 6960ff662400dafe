import path from 'node:path';
import { GloveboxError } from '../../core/errors.ts';
import { languageTable } from '../../core/language.ts';
import { defaultLimits } from '../../core/limits.ts';
import type { Executor, SandboxStatus } from '../../core/ports.ts';
import { interruptible, type RunRequest } from '../../core/run.ts';
import { createRunnerExecutor } from '../createRunnerExecutor.ts';
import { missingModule, withNotice } from '../missingModule.ts';
import { inputBytesOf, withRoomFor } from '../roomForInput.ts';
import { ChildSandbox } from '../runner/childSandbox.ts';
import { FrameReader } from '../runner/frames.ts';
import { startEnclosed, proveEnclosure } from './enclosure.ts';
import { findNode } from './node.ts';
import type { ProcessPlan } from './processCommand.ts';
import { findPython } from './python.ts';
import { runnerDigest } from './runnerDigest.ts';
import { noSharedMemory } from './sharedMemory.ts';
import { systemCallFilter } from '../systemCallFilter.ts';
import { unsuited } from '../unsuited.ts';
import { userOfRun } from './user.ts';

export interface ProcessExecutorParts {
  /** Folder that holds `sandbox/`. */
  readonly root: string;
  /** Name or path of the person's Python, empty for the usual one; asked before every run. */
  readonly python: () => string;
  /** Artifacts of a run are put in a folder of its id below this one. */
  readonly runsFolder: string;
  /** A session's process ends after so many idle seconds. */
  readonly sessionIdleSeconds: number;
  /** Another operating system than this one, to hear what is said there. */
  readonly platform?: NodeJS.Platform;
  /** Another file than the kernel's own that says whether AppArmor forbids user namespaces. */
  readonly appArmorSetting?: string;
}

const atOnce = 8;
/** What processes hold beside their limit while the kernel's own limit takes effect. */
const ownMemoryBytes = 96 * 1024 * 1024;

type Surroundings = Omit<ProcessPlan, 'limits' | 'user' | 'runsNode'> & {
  readonly filter: Uint8Array;
  readonly version: string;
  readonly digest: string;
};

/**
 * The local process sandbox: the person's own Python, shut in by bubblewrap, with the container's runner
 * as process 1 and the container's list of system calls. Linux only; it says why where it can't be had.
 */
export function createProcessExecutor(parts: ProcessExecutorParts): Executor {
  const sandboxFolder = path.join(parts.root, 'sandbox');
  const leaving = new Set<Promise<void>>();
  let known: { readonly python: string; readonly found: Promise<Surroundings> } | undefined;

  function surroundings(): Promise<Surroundings> {
    const python = parts.python();
    if (known?.python !== python) known = { python, found: look(python) };
    // What stood in the way may be gone the next time.
    known.found.catch(() => (known = undefined));
    return known.found;
  }

  async function look(command: string): Promise<Surroundings> {
    const { platform = process.platform } = parts;
    const filter = platform === 'linux' ? systemCallFilter(process.arch, [noSharedMemory]) : undefined;
    if (filter === undefined) throw new GloveboxError('no-sandbox', elsewhere(platform));
    const [python, node] = await Promise.all([findPython(command), findNode()]);
    const found = { sandbox: sandboxFolder, python, ...(node === undefined ? {} : { node }) };
    const plan = { ...found, limits: defaultLimits, user: userOfRun(), runsNode: false };
    await proveEnclosure(plan, filter, parts.appArmorSetting);
    return { ...found, filter, version: python.version, digest: await runnerDigest(sandboxFolder, filter) };
  }

  async function describe(): Promise<SandboxStatus> {
    const sandbox = { backend: 'process', runtime: 'bubblewrap', image: '', digest: '' } as const;
    try {
      const { version, python, digest } = await surroundings();
      const runtime = `Python ${version}, bubblewrap`;
      return { available: true, sandbox: { ...sandbox, runtime, image: python.executable, digest } };
    } catch (error) {
      return { available: false, reason: error instanceof Error ? error.message : String(error), sandbox };
    }
  }

  async function open(request: RunRequest, signal: AbortSignal): Promise<ChildSandbox> {
    const { filter, ...rest } = await surroundings();
    const { language, sessionId } = request;
    const limits = withRoomFor(inputBytesOf(request.files), request.limits);
    const runsNode = sessionId !== undefined || languageTable[language].interpreter === 'node';
    const child = startEnclosed({ ...rest, limits, user: userOfRun(), runsNode }, filter);
    const frames = new FrameReader();
    if (child.stdin === null || child.stdout === null) throw new Error('no pipes');
    const sandbox = new ChildSandbox({
      name: 'The local process sandbox',
      child,
      to: child.stdin,
      from: child.stdout,
      read: (chunk) => frames.push(chunk),
      ownMemoryBytes,
      keepalive: true,
    });
    await sandbox.ready(signal);
    return sandbox;
  }

  return createRunnerExecutor({
    describe,
    refuse: async (language) => {
      const { interpreter, label } = languageTable[language];
      if (interpreter !== 'node' || (await surroundings()).node !== undefined)
        return unsuited(language, 'process');
      return `The local process sandbox runs ${label} with your own Node.js 24 or newer, and there is none on the PATH. Install it, or choose \`docker\` as \`glovebox.sandbox\`.`;
    },
    keeps: () => true,
    take: open,
    discard: (sandbox) => {
      const gone = sandbox.destroy().finally(() => leaving.delete(gone));
      leaving.add(gone);
    },
    explain: async (result) => {
      const module = missingModule(result);
      if (module === undefined) return result;
      const how = `python -m pip install ${module}`;
      return withNotice(
        result,
        `Your Python (${result.sandbox.image}) has no ${module}: install it there (\`${how}\`), or choose Docker.`,
      );
    },
    close: async () => void (await Promise.all(leaving)),
    runsFolder: parts.runsFolder,
    atOnce,
    interrupts: interruptible.has('process'),
    sessionIdleMs: parts.sessionIdleSeconds * 1000,
  });
}

const systems: Partial<Record<NodeJS.Platform, string>> = { darwin: 'macOS', win32: 'Windows' };

function elsewhere(platform: NodeJS.Platform): string {
  const what = platform === 'linux' ? process.arch : (systems[platform] ?? platform);
  return `The local process sandbox can’t be used on ${what}: it needs Linux on x64 or arm64. Choose \`auto\`, \`docker\` or \`wasm\` as \`glovebox.sandbox\`.`;
}
