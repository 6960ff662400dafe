import path from 'node:path';
import { languageOfEnding, languages, languageTable, type Language } from '../core/language.ts';
import { UsageError } from './usageError.ts';

/** The language of a file by its ending; undefined for one that Glovebox does not know. */
export function languageOf(file: string): Language | undefined {
  return languageOfEnding(path.extname(file));
}

/** As `languageOf`, with what can be checked and not run: Node takes no JSX. */
export function checkedLanguageOf(file: string): Language | undefined {
  return path.extname(file).toLowerCase() === '.jsx' ? 'javascript' : languageOf(file);
}

/** For a file that was named and has no ending that we know. */
export function unknownEnding(file: string): UsageError {
  return new UsageError(`${file}: ${knownEndings()}.`);
}

/** What a file has to be called. */
export function knownEndings(): string {
  const known = languages.map((language) => languageTable[language].endings[0]);
  return `the ending tells the language; known are ${known.slice(0, -1).join(', ')} and ${known.at(-1)}`;
}
