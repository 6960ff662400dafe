// Packages that the host has fetched are installed when a program imports them, from a folder that this
// process may only read. Each file's hash is looked at again before anything of it is used. None of
// Pyodide's own steps takes part: a program that ran before must not get a say in it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { filesOf } from './wheel.mjs';

const library = /\.so(\.\d+)*$/;

/**
 * Gives the step that installs what these modules need, as far as it is here, and says whether there was
 * something to install. `allow` hears of each library of machine code.
 */
export function packageInstaller(pyodide, folder, allow) {
  const { FS, lockfile } = pyodide;
  const { packages } = lockfile;
  const homes = { site: pyodide._api.sitepackages, dynlib: pyodide._api.dsodir };
  const byModule = new Map();
  for (const [name, { imports }] of Object.entries(packages)) {
    for (const module of imports) byModule.set(module.split('.')[0], name);
  }
  const installed = new Set();

  /** The package with all that it needs, or nothing where a part is not here. */
  const whole = (name, files, into = new Set()) => {
    const entry = packages[name];
    if (entry === undefined || !files.has(entry.file_name)) return undefined;
    into.add(name);
    const needed = entry.depends.filter((one) => !into.has(one));
    return needed.every((one) => whole(one, files, into) !== undefined) ? into : undefined;
  };

  /** The bytes that were looked at are those that are used: the file may change in between. */
  const genuine = (name) => {
    const { file_name, sha256 } = packages[name];
    try {
      const bytes = readFileSync(path.join(folder, file_name));
      return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : undefined;
    } catch {
      return undefined;
    }
  };

  const install = (name, archive) => {
    // Once, whatever comes of it: a program that stands in the way must not get it again and again.
    installed.add(name);
    for (const { name: file, bytes } of filesOf(archive)) {
      const target = targetOf(file, homes[packages[name].install_dir] ?? homes.site);
      FS.mkdirTree(path.posix.dirname(target));
      FS.writeFile(target, bytes, { canOwn: true });
      if (library.test(file)) allow(bytes);
    }
  };

  /** A module with all that it needs, or nothing of it; says whether there was something to install. */
  const installFor = (module, files) => {
    const wanted = [...(whole(byModule.get(module), files) ?? [])];
    const archives = wanted.filter((name) => !installed.has(name)).map((name) => [name, genuine(name)]);
    // One damaged file must not keep the other packages of a program from it.
    if (archives.some(([, archive]) => archive === undefined)) return false;
    for (const [name, archive] of archives) install(name, archive);
    return archives.length > 0;
  };

  return (modules) => {
    const known = modules.filter((module) => byModule.has(module));
    if (known.length === 0) return false;
    const files = new Set(readdirSync(folder));
    return known.map((module) => installFor(module, files)).includes(true);
  };
}

/** Where a file of a wheel goes; files for the whole system lie in a folder of that name. */
function targetOf(file, home) {
  const data = /^[^/]+\.data\/data\/(.+)$/.exec(file);
  return data === null ? `${home}/${file}` : `/${data[1]}`;
}
