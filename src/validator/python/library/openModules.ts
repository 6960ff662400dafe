import { isLeak } from './leaks.ts';
import { isGuarded } from './library.ts';

/** Modules of the standard library that are written in C, or that keep nothing of what they import. */
const sealed = new Set(
  'math cmath datetime time itertools operator array errno binascii zlib unicodedata'.split(' '),
);

/**
 * Whether one of the names of a module may be that of another, dangerous module: dangerous modules
 * themselves, and those of the standard library that keep what they import. Classes hold no modules.
 */
export function mayLeak(path: string): boolean {
  if (isGuarded(path)) return true;
  return !sealed.has(path.split('.')[0] ?? path) && isLeak(path, 'types') !== undefined;
}
