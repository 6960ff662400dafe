import { z } from 'zod';
import { languages } from '../core/language.ts';

/** What the model gives to `run_code`. The descriptions are read by the model. */
export const runCodeInput = z.object({
  language: z
    .enum(languages)
    .describe('The language of the code. Python unless the person asks for another.'),
  code: z
    .string()
    .refine((code) => code.trim() !== '', 'the code is empty; send the whole program')
    .describe('The whole program. Print what you want to read; write files and charts to ./outputs.'),
  purpose: z
    .string()
    .trim()
    .min(1, 'say in one line what the code is for')
    .max(300)
    .describe('One line for the person who decides: what this code does.'),
  files: z
    .array(z.string().min(1).max(1024))
    .max(50)
    .optional()
    .describe(
      'Names of the input files that the code reads, as listed. Left out: all attached files. ' +
        'A file that was not attached is readable only if the person approves.',
    ),
});

export type RunCodeInput = z.output<typeof runCodeInput>;
