import * as z from 'zod/mini';

const text = z.string();
const count = z.number();

/** A line of a diff; a gap stands for lines that are left out. */
export const diffLineSchema = z.object({ sign: z.enum(['same', 'added', 'removed', 'gap']), text });
export type DiffLine = z.infer<typeof diffLineSchema>;

/**
 * Where a permission stands. `allowed`: and being done; `undone`: written and taken back; `failed`:
 * allowed, and yet not done; `lapsed`: nobody answered before the window closed.
 */
export const permissionStatusSchema = z.enum([
  'waiting',
  'allowed',
  'done',
  'undone',
  'failed',
  'refused',
  'lapsed',
]);

/** A question about something else than running code. Its id is that of the tool call. */
export const permissionSchema = z.object({
  kind: z.literal('permission'),
  id: text,
  asks: z.enum(['edit', 'create', 'secret']),
  path: text,
  purpose: text,
  /** What an answer has to name. */
  hash: text,
  /** Something that the person should weigh. */
  caution: z.exactOptional(text),
  lines: z.readonly(z.array(diffLineSchema)),
  added: count,
  removed: count,
  status: permissionStatusSchema,
  /** Why it was refused or failed. */
  reason: z.exactOptional(text),
  /** Whether the change can be taken back from here. */
  undoable: z.boolean(),
});
export type PermissionCard = z.infer<typeof permissionSchema>;
