import { isTabled } from '../library/library.ts';
import type { Atom } from '../values/value.ts';

/** Names of functions that commonly take a path or an address first. Those that write take their text first. */
const opening =
  /^(read|load|open|save|imread|imwrite|imsave|scan|from_file|fromfile|parse_file|savetxt|loadtxt|urlopen|urlretrieve|download)(_|$|\d|[A-Z])|^write_(csv|parquet|json|ndjson|excel|feather|avro|ipc|image|html|delta|database|video|audio|file)$/;
/** Open files and buffers: what they are given is text. */
const fileLike = /^(file|io|_io|sys|tempfile|codecs|gzip|bz2|lzma)\.(\w+\.)*\w+$/;

/** Whether a function that no table knows takes a path, by its name. */
export function opensByName(path: string): boolean {
  if (path.startsWith('builtins.') || fileLike.test(path)) return false;
  return opening.test(path.slice(path.lastIndexOf('.') + 1));
}

/**
 * Whether a text that a function takes by its name is a path: anything that is spelled like one for a
 * package that the tables know. Others have keys, routes and doors that begin with a slash.
 */
export function namesFile(path: string): (atom: Atom) => boolean {
  const known = isTabled(path.split('.')[0] ?? path);
  return (atom) =>
    atom.kind === 'text' &&
    (known ? /^([/~]|\.\.|\w+:\/\/)/.test(atom.text) && !/[\n\r]/.test(atom.text) : looksLikeFile(atom.text));
}

const outsideRoots =
  /^(\/(etc|home|root|usr|var|tmp|proc|sys|dev|bin|sbin|opt|mnt|media|srv|run|boot|lib\w*|Users|private|Volumes|Library|System)(\/|$)|~\w*(\/|$)|\.\.?(\/|$)|[A-Za-z]:[\\/]|\w[\w+.-]*:\/\/)/;

/** Text that is a path and no pattern, comment or sentence. */
export function looksLikeFile(text: string): boolean {
  if (/[\n\r\t*?|^$()[\]{}<>"]|\s\s|\\[wdsbWDSB]/.test(text)) return false;
  return outsideRoots.test(text) || /^[/~][^\s]*\/[^\s/]+\.\w{1,6}$/.test(text);
}
