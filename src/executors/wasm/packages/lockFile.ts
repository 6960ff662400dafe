import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** What Pyodide publishes of a package: where its file is, what must be in it, and what it needs. */
const lockedPackage = z.object({
  name: z.string(),
  version: z.string(),
  // A name within the folder of packages: nothing that leaves it, no address of its own.
  file_name: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  depends: z.array(z.string()),
  imports: z.array(z.string()),
});

const lockFile = z.object({ packages: z.record(z.string(), z.unknown()) });

export type LockedPackage = z.infer<typeof lockedPackage>;

/** The packages that go with one version of Pyodide, by their normalised names. */
export type PackageLock = ReadonlyMap<string, LockedPackage>;

/** Reads the lock file that Pyodide ships; entries that no folder of packages can have are left out. */
export async function readLock(file: string): Promise<PackageLock> {
  const { packages } = lockFile.parse(JSON.parse(await readFile(file, 'utf8')));
  const usable = new Map<string, LockedPackage>();
  for (const [name, entry] of Object.entries(packages)) {
    const parsed = lockedPackage.safeParse(entry);
    if (parsed.success) usable.set(name, parsed.data);
  }
  return usable;
}

/** The names as people write them: `python_dateutil` and `Python-Dateutil` are one package. */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** A package and all that it needs; undefined where the lock does not have all of it. */
export function withDependencies(
  lock: PackageLock,
  names: readonly string[],
): readonly LockedPackage[] | undefined {
  const found = new Map<string, LockedPackage>();
  const open = names.map(normalised);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    const entry = lock.get(name);
    if (entry === undefined) return undefined;
    found.set(name, entry);
    open.push(...entry.depends.map(normalised));
  }
  return [...found.values()];
}

/** The package that has this module; undefined when none of the lock does. */
export function packageOfModule(lock: PackageLock, module: string): LockedPackage | undefined {
  return [...lock.values()].find(({ imports }) => imports.some((name) => name.split('.')[0] === module));
}
