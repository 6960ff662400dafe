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
  return Object.assign(new Error(`${code}: ${name}`), { code });
}

export class MemoryFiles {
  #files = new Map();
  #folders = new Set(['/', WORK, `${WORK}/outputs`, '/tmp']);
  /** How much of each file the program wrote: what the host put there does not count. */
  #counted = new Map();
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
    const all = append && before !== undefined ? joined([before, bytes]) : bytes;
    const had = this.#counted.get(file) ?? 0;
    const mine = bytes.length + (append ? had : 0);
    if (all.length > this.limits.fileBytes) throw fault('EFBIG', name);
    if (this.#used - had + mine > this.limits.workBytes) throw fault('ENOSPC', name);
    this.#used += mine - had;
    this.#counted.set(file, mine);
    this.#files.set(file, all);
  }

  /** A file of the host's, whole: it may be as large as it is. */
  put(name, pieces) {
    this.write(name, new Uint8Array(0));
    this.#files.set(absolute(name), joined(pieces));
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
    this.read(name);
    this.#used -= this.#counted.get(file) ?? 0;
    this.#counted.delete(file);
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

/** Several pieces as one. */
export function joined(pieces) {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
