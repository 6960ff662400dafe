import type { Language } from '../core/language.ts';
import type { Sighting, WrittenCode } from './sighting.ts';

type Look = (language: Language, code: string, deeper: WrittenCode) => readonly Sighting[] | undefined;

const deepest = 2;
/** Different texts that one program may write and run. */
const mostTexts = 24;

/** The same text is looked at once, and a program cannot ask for more looks than a person would follow. */
export function writtenCodeOf(
  look: Look,
  depth = 0,
  seen = new Map<string, readonly Sighting[]>(),
): WrittenCode {
  return {
    sightingsIn(language, code) {
      const key = `${language} ${code}`;
      const known = seen.get(key);
      if (known !== undefined) return known;
      if (depth >= deepest || seen.size >= mostTexts) return undefined;
      const sightings = look(language, code, writtenCodeOf(look, depth + 1, seen));
      if (sightings !== undefined) seen.set(key, sightings);
      return sightings;
    },
  };
}
