import { z } from 'zod';

/** What the model gives to `propose_edit`. The descriptions are read by the model. */
export const proposeEditInput = z
  .object({
    path: z.string().min(1).max(1024).describe('Path relative to the workspace, with /.'),
    purpose: z
      .string()
      .trim()
      .min(1, 'say in one line what the change is for')
      .max(300)
      .describe('One line for the person who decides: what the change is for.'),
    edits: z
      .array(
        z.object({
          find: z.string().min(1).describe('Text that stands exactly once in the file, copied exactly.'),
          replace: z.string().describe('What is to stand there instead.'),
        }),
      )
      .min(1)
      .max(50)
      .optional()
      .describe('The changes of a file that exists, made one after the other.'),
    content: z.string().max(512_000).optional().describe('The whole text of a new file.'),
  })
  .refine(
    ({ edits, content }) => (edits === undefined) !== (content === undefined),
    'give either edits, for a file that exists, or content, for a new one',
  );

export type ProposeEditInput = z.output<typeof proposeEditInput>;
