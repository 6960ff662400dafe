// The files of a JavaScript program: in memory, below /work, gone with the process.
const WORK = '/work';

/** Names as programs write them, made absolute; nothing is above the root. */
function absolute(name) {
  const parts = [];
  for (const part of (name.startsWith('/') ? name : `${WORK}/${name}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function fault(code, name) {
  return new Error(`${code}: ${name}`);
}

export class MemoryFiles {
  #files = new Map();
  #folders = new Set(['/', WORK, `${WORK}/outputs`, '/tmp']);
  #used = 0;
  limits = { workBytes: Infinity, fileBytes: Infinity };

  read(name) {
    const bytes = this.#files.get(absolute(name));
    if (bytes === undefined) throw fault(this.#folders.has(absolute(name)) ? 'EISDIR' : 'ENOENT', name);
    return bytes;
  }

  write(name, bytes, append = false) {
    const file = absolute(name);
    const folder = file.slice(0, file.lastIndexOf('/')) || '/';
    if (this.#folders.has(file)) throw fault('EISDIR', name);
    if (!this.#folders.has(folder)) throw fault('ENOENT', name);
    const before = this.#files.get(file);
    const all = append && before !== undefined ? joined(before, bytes) : bytes;
    const more = all.length - (before?.length ?? 0);
    if (all.length > this.limits.fileBytes) throw fault('EFBIG', name);
    if (this.#used + more > this.limits.workBytes) throw fault('ENOSPC', name);
    this.#used += more;
    this.#files.set(file, all);
  }

  /** Makes a folder and those above it. */
  makeFolder(name) {
    const parts = absolute(name).split('/').slice(1);
    parts.forEach((_, index) => {
      const folder = `/${parts.slice(0, index + 1).join('/')}`;
      if (this.#files.has(folder)) throw fault('EEXIST', name);
      this.#folders.add(folder);
    });
  }

  remove(name) {
    const file = absolute(name);
    this.#used -= this.read(name).length;
    this.#files.delete(file);
  }

  list(name) {
    const folder = absolute(name);
    if (!this.#folders.has(folder)) throw fault(this.#files.has(folder) ? 'ENOTDIR' : 'ENOENT', name);
    const prefix = folder === '/' ? '/' : `${folder}/`;
    const below = [...this.#files.keys(), ...this.#folders].filter(
      (one) => one.startsWith(prefix) && one !== '/',
    );
    return [...new Set(below.map((one) => one.slice(prefix.length).split('/')[0]))].sort();
  }

  /** `file`, `folder` or nothing, with the size. */
  look(name) {
    const at = absolute(name);
    const bytes = this.#files.get(at);
    if (bytes !== undefined) return { kind: 'file', size: bytes.length };
    return this.#folders.has(at) ? { kind: 'folder', size: 0 } : undefined;
  }

  /** What is in the outputs folder, by its name below it. */
  outputs() {
    const prefix = `${WORK}/outputs/`;
    return [...this.#files]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, bytes]) => [name.slice(prefix.length), bytes]);
  }
}

function joined(first, second) {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
