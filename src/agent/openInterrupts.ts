import type { CheckpointTuple, StateSnapshot } from '@langchain/langgraph';

/** A question of the graph that nobody has answered yet. */
export interface Pending {
  readonly id: string;
  readonly value: unknown;
}

/** What the graph notes of a task that has not come to its end. */
const unfinished = new Set(['__interrupt__', '__resume__', '__error__']);

/**
 * The questions that are still open. The graph goes on listing those of a task that has ended, as long
 * as another one of the same step has not.
 */
export function openInterrupts(
  tasks: readonly Pick<StateSnapshot['tasks'][number], 'id' | 'interrupts'>[],
  checkpoint: Pick<CheckpointTuple, 'pendingWrites'> | undefined,
): readonly Pending[] {
  const ended = new Set(
    (checkpoint?.pendingWrites ?? []).filter(([, channel]) => !unfinished.has(channel)).map(([id]) => id),
  );
  return tasks
    .filter(({ id }) => !ended.has(id))
    .flatMap(({ interrupts }) =>
      interrupts.flatMap(({ id, value }) => (id === undefined ? [] : [{ id, value: value as unknown }])),
    );
}
