import type { Dirent } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Language } from '../core/language.ts';
import { checkedLanguageOf, knownEndings } from './languageOf.ts';

/** Folders that hold other people's code or no code at all. Only by its own name is one of them looked into. */
export const skippedFolders: ReadonlySet<string> = new Set([
  'node_modules',
  '.git',
  '__pycache__',
  '.venv',
  'venv',
  'dist',
]);

/** Sources whose language is not known: whoever walks over them has to say so. */
const unknownSources: ReadonlySet<string> = new Set(['.tsx']);

function isSource(file: string): boolean {
  return checkedLanguageOf(file) !== undefined || unknownSources.has(path.extname(file).toLowerCase());
}

/** A file that `check` is to look at. */
export interface Source {
  readonly file: string;
  /** Whether it was named to be checked; of a folder, only the sources are. */
  readonly named: boolean;
  /** Undefined: it can't be checked, and `problem` says why. */
  readonly language: Language | undefined;
  readonly problem: string;
}

/**
 * The files that `check` looks at: those named, and of folders all that are sources. A link in a folder is
 * not followed, and a folder without anything to check is no clean one: both are told.
 */
export async function* sourceFiles(named: readonly string[]): AsyncGenerator<Source> {
  for (const file of named) {
    const info = await stat(file).catch(() => undefined);
    if (info?.isDirectory() === true) yield* sourcesOf(file);
    else if (info?.isFile() === true) yield found(file, true);
    else yield closed(file, info === undefined ? 'there is no such file or folder' : 'it is no regular file');
  }
}

function found(file: string, named: boolean): Source {
  const problem = `Glovebox does not know this language: ${knownEndings()}`;
  return { file, named, language: checkedLanguageOf(file), problem };
}

/** What was named, or is in what was named, and can't be looked into. */
function closed(file: string, problem: string): Source {
  return { file, named: true, language: undefined, problem };
}

async function* sourcesOf(named: string): AsyncGenerator<Source> {
  let told = false;
  for await (const source of sourcesUnder(named)) {
    told ||= source.language !== undefined || source.file === named;
    yield source;
  }
  if (!told) yield closed(named, 'there is nothing in it that can be checked');
}

async function* sourcesUnder(folder: string): AsyncGenerator<Source> {
  const entries: Dirent[] = [];
  const opened = await opendir(folder).catch((error: Error) => error);
  if (opened instanceof Error) {
    yield closed(folder, opened.message);
    return;
  }
  for await (const entry of opened) {
    const file = entry.isFile() || entry.isSymbolicLink();
    if (entry.isDirectory() ? !skippedFolders.has(entry.name) : file && isSource(entry.name))
      entries.push(entry);
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sourcesUnder(child);
    else yield entry.isSymbolicLink() ? closed(child, 'it is a link') : found(child, false);
  }
}
