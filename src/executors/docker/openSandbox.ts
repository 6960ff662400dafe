import type Dockerode from 'dockerode';
import { GloveboxError } from '../../core/errors.ts';
import { protocolVersion } from '../runner/frames.ts';
import { fromRunner, helloMessage, type HelloMessage } from '../runner/runnerMessages.ts';
import { containerSpec, isGvisor, type ContainerPlan } from './containerSpec.ts';
import { attachContainer } from './endpoint/attachContainer.ts';
import { timeLimit, unlessAborted } from './patience.ts';
import { removeContainer } from './removeContainer.ts';
import { SandboxContainer } from './sandboxContainer.ts';

const startTimeoutMs = 60_000;
/** For an engine that was given up on: what it answers by then is still cleared away. */
const lateMs = 10_000;

export interface Opening {
  readonly signal: AbortSignal;
  /** Takes what is still to be cleared away when opening fails or is cancelled. */
  readonly behind: (leaving: Promise<void>) => void;
  readonly timeoutMs?: number;
}

/**
 * Creates, attaches and starts a container and waits until its runner is ready. A cancel is answered at
 * once, whatever the engine is at; the container that it may still make goes behind the person's back.
 */
export async function openSandbox(
  docker: Dockerode,
  plan: ContainerPlan,
  { signal, behind, timeoutMs = startTimeoutMs }: Opening,
): Promise<SandboxContainer> {
  signal.throwIfAborted();
  const limit = timeLimit(timeoutMs, 'start a container');
  const stop = AbortSignal.any([signal, limit.signal]);
  const hangUp = new AbortController();
  const opening = openStepByStep(docker, plan, {
    stop,
    abortSignal: hangUp.signal,
    started: () => limit.dispose(),
    timeoutMs,
  });
  try {
    return await unlessAborted(opening, stop);
  } catch (error) {
    const late = setTimeout(() => hangUp.abort(), lateMs);
    const gone = opening.then(
      async (sandbox) => sandbox.destroy(),
      () => undefined,
    );
    behind(gone.finally(() => clearTimeout(late)));
    throw error;
  } finally {
    limit.dispose();
  }
}

interface Steps {
  /** Nothing new is begun after it. */
  readonly stop: AbortSignal;
  /** Breaks off what is asked of the engine. */
  readonly abortSignal: AbortSignal;
  /** From here on it is the runner that is waited for. */
  readonly started: () => void;
  readonly timeoutMs: number;
}

async function openStepByStep(
  docker: Dockerode,
  plan: ContainerPlan,
  { stop, abortSignal, started, timeoutMs }: Steps,
): Promise<SandboxContainer> {
  const container = await docker.createContainer({ ...containerSpec(plan), abortSignal });
  let sandbox: SandboxContainer | undefined;
  try {
    stop.throwIfAborted();
    const stream = await attachContainer(docker, container.id, abortSignal);
    sandbox = new SandboxContainer(docker, container.id, plan, stream);
    stop.throwIfAborted();
    const hello = waitForHello(sandbox, stop);
    hello.catch(() => undefined);
    await container.start({ abortSignal });
    started();
    await inTime(hello, sandbox, timeoutMs);
    if (isGvisor(plan.runtime)) sandbox.sealFrames();
    return sandbox;
  } catch (error) {
    await (sandbox?.destroy() ?? removeContainer(docker, container.id));
    throw error;
  }
}

async function waitForHello(sandbox: SandboxContainer, stop: AbortSignal): Promise<HelloMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<HelloMessage>();
  const listening = sandbox.onFrame((frame) => {
    if (frame.type === fromRunner.hello) resolve(helloMessage.parse(JSON.parse(frame.payload.toString())));
  });
  void sandbox.closed.then(() => reject(notServing('ended at once', sandbox)));
  try {
    const hello = await unlessAborted(promise, stop);
    if (hello.protocol !== protocolVersion) {
      throw notServing(`speaks protocol ${hello.protocol} instead of ${protocolVersion}`, sandbox);
    }
    if (hello.pid !== 1) throw notServing('is not the first process of its container', sandbox);
    return hello;
  } finally {
    listening.dispose();
  }
}

async function inTime(hello: Promise<unknown>, sandbox: SandboxContainer, ms: number): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(notServing('said nothing in time', sandbox)), ms);
  await Promise.race([hello, late]).finally(() => clearTimeout(timer));
}

function notServing(what: string, sandbox: SandboxContainer): GloveboxError {
  const complaint = sandbox.complaint === '' ? '' : ` It said: ${sandbox.complaint}`;
  return new GloveboxError('no-sandbox', `The runner in image ${sandbox.plan.image} ${what}.${complaint}`);
}
