import type { Ending } from '../core/record.ts';

/** How a run stands or ended, in words that are the same on the card, in the history and on its page. */
export function endingWords(ending: Ending | 'running'): string {
  switch (ending) {
    case 'running':
      return 'Running';
    case 'ok':
      return 'Done';
    case 'error':
      return 'Failed';
    case 'timeout':
      return 'Stopped: time limit';
    case 'oom':
      return 'Stopped: out of memory';
    case 'output-limit':
      return 'Stopped: too much output';
    case 'killed':
      return 'Killed';
    case 'cancelled':
      return 'Cancelled';
    case 'blocked':
      return 'Blocked: nothing was run';
    case 'unavailable':
      return 'No sandbox: nothing was run';
    case 'interrupted':
      return 'Interrupted';
    case 'rejected':
      return 'Rejected';
  }
}
