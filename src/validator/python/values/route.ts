import { further, type Route } from '../../route.ts';
import type { Atom, LibAtom, Value } from './value.ts';

/** Notes on library values by what way they came here: out of a dict, from a function. */
export function via(value: Value, how: () => string, line: () => number): Value {
  if (!value.some(isOfLibrary)) return value;
  return value.map((atom): Atom => (atom.kind === 'lib' ? passed(atom, undefined, how(), line()) : atom));
}

/** Whether it is a library value, which is what routes are told of. */
export function isOfLibrary(atom: Atom): boolean {
  return atom.kind === 'lib';
}

/** The same for one value, which may get a name by it. */
export function passed(atom: LibAtom, name: string | undefined, how: string, line: number): LibAtom {
  const route = further(atom.route, { name, path: atom.path, how, line });
  return route === atom.route ? atom : { ...atom, route };
}

/** `import os` and `from os import system`: the name says what it is. */
export function isPlain({ name, path, how }: Route): boolean {
  return how === 'imported' && name !== undefined && (path === name || path.endsWith(`.${name}`));
}
