import { z } from 'zod';

const bytes = z.instanceof(Uint8Array);

const checkpointShape = z.object({
  thread_id: z.string(),
  namespace: z.string(),
  checkpoint_id: z.string(),
  parent_id: z.string().nullable(),
  type: z.string(),
  checkpoint: bytes,
  metadata_type: z.string(),
  metadata: bytes,
});

const channelValueShape = z.object({ type: z.string(), value: bytes });

const writeShape = z.object({
  task_id: z.string(),
  idx: z.number(),
  task_path: z.string(),
  channel: z.string(),
  type: z.string(),
  value: bytes,
});

export type CheckpointRow = z.output<typeof checkpointShape>;
export type WriteRow = z.output<typeof writeShape>;

/** A row of the file as it should be; a file that somebody changed is refused, not believed. */
export function checkpointRow(row: unknown): CheckpointRow {
  return checkpointShape.parse(row);
}

export function channelValueRow(row: unknown): z.output<typeof channelValueShape> {
  return channelValueShape.parse(row);
}

export function writeRow(row: unknown): WriteRow {
  return writeShape.parse(row);
}
