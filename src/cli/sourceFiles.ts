import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { checkedLanguageOf, unknownEnding } from './languageOf.ts';
import { UsageError } from './usageError.ts';

/** Folders that hold other people's code or no code at all. */
const skipped = new Set(['node_modules', '.git', '__pycache__', '.venv', 'venv', 'dist']);

/** Sources whose language is not known: whoever walks over them has to say so. */
const unknownSources: ReadonlySet<string> = new Set(['.tsx']);

function isSource(file: string): boolean {
  return checkedLanguageOf(file) !== undefined || unknownSources.has(path.extname(file).toLowerCase());
}

/** The files that `check` looks at: those named, and of folders all that are sources. */
export async function* sourceFiles(named: readonly string[]): AsyncGenerator<string> {
  for (const file of named) {
    const info = await stat(file).catch(() => undefined);
    if (info === undefined) throw new UsageError(`There is no file or folder ${file} to check.`);
    if (info.isDirectory()) yield* sourcesUnder(file);
    else if (checkedLanguageOf(file) === undefined) throw unknownEnding(file);
    else yield file;
  }
}

async function* sourcesUnder(folder: string): AsyncGenerator<string> {
  const entries: { name: string; folder: boolean }[] = [];
  for await (const entry of await opendir(folder)) {
    if (entry.isDirectory() ? !skipped.has(entry.name) : entry.isFile() && isSource(entry.name)) {
      entries.push({ name: entry.name, folder: entry.isDirectory() });
    }
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const child = path.join(folder, entry.name);
    if (entry.folder) yield* sourcesUnder(child);
    else yield child;
  }
}
