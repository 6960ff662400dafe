import { isBuiltin } from 'node:module';

/** What to tell a person whose runtime has no SQLite of its own; undefined where it has. Loads nothing. */
export function sqliteMissing(has: (module: string) => boolean = isBuiltin): string | undefined {
  if (has('node:sqlite')) return undefined;
  return `The execution history needs Node's built-in SQLite, which this runtime (Node ${process.versions.node}) lacks. Update VS Code, or use Node 24 or newer in the terminal.`;
}
