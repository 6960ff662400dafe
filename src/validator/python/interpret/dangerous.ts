import { isCallRule } from '../library/library.ts';
import type { Atom, InstAtom } from '../values/value.ts';

/** A static or class method around something that is not a function of the program. */
export function isStatic(atom: Atom): atom is InstAtom {
  return atom.kind === 'inst' && /^builtins\.(static|class)method$/.test(atom.path);
}

/** A dangerous function of a library, as it is or as a static method. */
export function isDangerous(atom: Atom): boolean {
  if (isStatic(atom)) return atom.data.some((held) => held.some(isDangerous));
  return atom.kind === 'lib' && isCallRule(atom.path);
}
