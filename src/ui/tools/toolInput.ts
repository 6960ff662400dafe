import * as z from 'zod/mini';
import { languages } from '../../core/language.ts';

/** What an assistant hands to the tool; the manifest's schema says the same. */
export const toolInputSchema = z.object({
  language: z.enum(languages),
  code: z.string().check(z.minLength(1), z.maxLength(500_000)),
  purpose: z.string().check(z.maxLength(500)),
  files: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(500))).check(z.maxLength(50))),
});

/** A sentence for the model about what is wrong with its input. */
export function inputProblem(error: z.core.$ZodError): string {
  const first = error.issues[0];
  const place = first?.path.join('.') ?? '';
  return `The input of the tool is not usable${place === '' ? '' : ` at "${place}"`}: ${first?.message ?? ''}`;
}
