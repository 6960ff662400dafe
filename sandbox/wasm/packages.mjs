// Packages that the host has fetched are loaded when a program imports them, from a folder that this
// process may only read. Each file's hash is looked at again before anything of it is used.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const quiet = { checkIntegrity: false, messageCallback: () => undefined, errorCallback: () => undefined };

/** Gives the step that loads what a program imports, as far as it is here; it never fails. */
export function packageLoader(pyodide, folder) {
  const { packages } = pyodide.lockfile;
  const load = pyodide.loadPackage.bind(pyodide);
  const findImports = pyodide.pyimport('pyodide.code').find_imports;
  const byModule = new Map();
  for (const [name, { imports }] of Object.entries(packages)) {
    for (const module of imports) byModule.set(module.split('.')[0], name);
  }
  const loaded = new Set();

  const importsOf = (code) => {
    try {
      const found = findImports(code);
      const names = found.toJs();
      found.destroy();
      return names;
    } catch {
      return []; // What can't be parsed will say so when it runs.
    }
  };

  /** The package with all that it needs, or nothing where a part is not here. */
  const whole = (name, files, into = new Set()) => {
    const entry = packages[name];
    if (entry === undefined || !files.has(entry.file_name)) return undefined;
    into.add(name);
    const needed = entry.depends.filter((one) => !into.has(one));
    return needed.every((one) => whole(one, files, into) !== undefined) ? into : undefined;
  };

  const isGenuine = (name) => {
    const { file_name, sha256 } = packages[name];
    return (
      createHash('sha256')
        .update(readFileSync(path.join(folder, file_name)))
        .digest('hex') === sha256
    );
  };

  return async (code) => {
    const modules = importsOf(code).filter((module) => byModule.has(module));
    if (modules.length === 0) return;
    const files = new Set(readdirSync(folder));
    const wanted = new Set(modules.flatMap((module) => [...(whole(byModule.get(module), files) ?? [])]));
    const fresh = [...wanted].filter((name) => !loaded.has(name));
    if (fresh.length === 0 || !fresh.every(isGenuine)) return;
    await load(fresh, quiet);
    for (const name of fresh) loaded.add(name);
  };
}
