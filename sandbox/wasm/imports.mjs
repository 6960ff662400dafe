// Finds what a program may import in its text alone: in a session the interpreter belongs to the cells
// before, so it is not asked. A name too many costs a moment, so strings and comments are not told apart.
const joined = /\\\r?\n|\\\r/g;
/** A statement can begin here: on a line of its own, behind another one, or behind what it depends on. */
const ends = /[\n\r;:]/;
const statement = /^[\s\ufeff]*(import|from)(?![\p{ID_Continue}])(.*)$/su;
const firstName = /^\s*([\p{ID_Start}_][\p{ID_Continue}]*)/u;

/** The first names of the modules that a Python program imports, as Python reads them. */
export function importedModules(code) {
  const names = new Set();
  for (const part of code.replace(joined, ' ').split(ends)) {
    const [, kind, rest] = statement.exec(part) ?? [];
    if (kind === undefined) continue;
    for (const one of kind === 'from' ? [rest] : rest.split(',')) {
      const name = firstName.exec(one)?.[1];
      if (name !== undefined) names.add(name.normalize('NFKC'));
    }
  }
  return [...names];
}
