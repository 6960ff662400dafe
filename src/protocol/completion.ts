import * as z from 'zod/mini';

/** What can stand behind a sign in the composer. */
export const completionSchema = z.object({
  kind: z.enum(['file', 'selection', 'folder', 'skill']),
  value: z.string(),
  detail: z.exactOptional(z.string()),
});
export type Completion = z.infer<typeof completionSchema>;
