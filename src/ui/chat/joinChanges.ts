import { extendTail, type Change } from '../../protocol/change.ts';

/** Puts `change` behind `waiting`; deltas for the same place become one, so a flood stays small. */
export function joinChange(waiting: Change[], change: Change): void {
  const last = waiting.at(-1);
  const joined = last === undefined ? undefined : joinedPair(last, change);
  if (joined === undefined) waiting.push(change);
  else waiting[waiting.length - 1] = joined;
}

function joinedPair(last: Change, change: Change): Change | undefined {
  if (change.kind === 'append' && last.kind === 'append')
    return last.id === change.id && last.field === change.field
      ? { ...last, delta: last.delta + change.delta }
      : undefined;
  if (change.kind === 'output' && last.kind === 'output')
    return last.id === change.id && last.stream === change.stream
      ? { ...last, delta: extendTail(last.delta, change.delta) }
      : undefined;
  if (change.kind === 'entry' && last.kind === 'entry')
    return last.entry.id === change.entry.id ? change : undefined;
  return undefined;
}
