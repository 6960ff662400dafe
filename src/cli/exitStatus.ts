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
