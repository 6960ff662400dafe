import { z } from 'zod';
import { GloveboxError } from '../../../core/errors.ts';

/**
 * One requirement in the shape of PEP 508, of which a name, extras and versions are allowed: no URLs,
 * no markers, no options, no line breaks. It goes into a file for pip and never into a command line.
 */
export const Requirement = z
  .string()
  .trim()
  .max(200)
  .regex(
    /^[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?( ?\[[A-Za-z0-9._-]+(, ?[A-Za-z0-9._-]+)*\])?( ?(===?|~=|!=|<=?|>=?) ?[A-Za-z0-9.*+!_-]+(, ?(===?|~=|!=|<=?|>=?) ?[A-Za-z0-9.*+!_-]+)*)?$/,
    'must look like "requests", "polars[excel]" or "scikit-learn>=1.5,<2"',
  );

/** Checked, without repetitions, in an order that does not depend on how they were written down. */
export function parseRequirements(lines: readonly string[]): readonly string[] {
  const parsed = lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const result = Requirement.safeParse(line);
      if (result.success) return result.data.replaceAll(' ', '');
      throw new GloveboxError(
        'bad-input',
        `glovebox.docker.packages: ${JSON.stringify(line.slice(0, 100))} is no package requirement; it ${result.error.issues[0]?.message ?? ''}.`,
      );
    });
  return [...new Set(parsed)].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}
