import type { Change } from '../../protocol/change.ts';
import type { Entry } from '../../protocol/chatState.ts';

/** What tells that an answer is only a part, because the person stopped it; an error says so itself. */
export function stoppedLine(entries: readonly Entry[], id: string): readonly Change[] {
  if (entries.at(-1)?.kind === 'failure') return [];
  return [{ kind: 'entry', entry: { kind: 'notice', id, text: 'You stopped this answer.', retry: true } }];
}
