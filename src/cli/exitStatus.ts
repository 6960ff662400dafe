import type { GloveboxErrorCode } from '../core/errors.ts';
import type { RunStatus } from '../core/run.ts';

/** What the terminal door ends with; scripts rely on these numbers. */
export const exitStatus = {
  ok: 0,
  failed: 1,
  usage: 2,
  blocked: 3,
  noSandbox: 4,
  noModel: 5,
  timeout: 124,
  /** 128 + SIGINT, as shells count an interrupted program. */
  interrupted: 130,
} as const;

export function exitStatusOf(status: RunStatus): number {
  switch (status) {
    case 'ok':
      return exitStatus.ok;
    case 'error':
    case 'oom':
    case 'output-limit':
    case 'killed':
      return exitStatus.failed;
    case 'timeout':
      return exitStatus.timeout;
    case 'blocked':
      return exitStatus.blocked;
    case 'unavailable':
      return exitStatus.noSandbox;
    case 'cancelled':
      return exitStatus.interrupted;
  }
}

const statuses: Readonly<Record<GloveboxErrorCode, number>> = {
  'bad-input': exitStatus.usage,
  'no-key': exitStatus.noModel,
  'bad-key': exitStatus.noModel,
  'model-unreachable': exitStatus.noModel,
  'model-refused': exitStatus.noModel,
  'no-sandbox': exitStatus.noSandbox,
  'image-build': exitStatus.noSandbox,
  cancelled: exitStatus.interrupted,
  elsewhere: exitStatus.failed,
  storage: exitStatus.failed,
  untrusted: exitStatus.failed,
  internal: exitStatus.failed,
};

export function exitStatusOfFault(code: GloveboxErrorCode): number {
  return statuses[code];
}

/** What the service that has the model answers besides the faults above. */
const ofTheModel: ReadonlySet<string> = new Set([
  'no-model',
  'rate-limited',
  'model-overloaded',
  'billing',
  'too-long',
  'bad-image',
]);

/** For the code that the agent's `failed` event has: 5 is for the model alone. */
export function exitStatusOfFailure(code: string): number {
  if (ofTheModel.has(code)) return exitStatus.noModel;
  return Object.hasOwn(statuses, code) ? statuses[code as GloveboxErrorCode] : exitStatus.failed;
}
