import path from 'node:path';
import type { SandboxInfo } from '../../core/run.ts';

/** Folders that are the same on every machine. */
const everywhere = new Set(['/', '/usr', '/usr/local']);

/** What takes places of this machine out of a text, and out of what a program wrote that could see them. */
export interface PlaceRemover {
  text(text: string): string;
  output(text: string): string;
}

/**
 * For runs in this sandbox: the person's own Python is called by its bare name, its folder, which tracebacks
 * name too, by dots, and the home folder by `~`. Only programs of the local process sandbox see such places:
 * elsewhere `/root` or `/home/me` in the output is what the program says and stays.
 */
export function placeRemover({ backend, image }: SandboxInfo, home: string): PlaceRemover {
  const places: (readonly [place: string, said: string])[] = [];
  if (path.isAbsolute(image)) places.push([image, path.basename(image)]);
  const around = path.dirname(path.dirname(image));
  if (path.isAbsolute(image) && !everywhere.has(around)) places.push([around, '…']);
  if (path.isAbsolute(home) && home !== '/') places.push([home, '~']);
  const text = (given: string): string =>
    places.reduce((left, [place, said]) => left.replace(wholePlace(place), () => said), given);
  return { text, output: backend === 'process' ? text : (given) => given };
}

/** Not where it is only the beginning or the end of another one's name. */
function wholePlace(place: string): RegExp {
  const literal = place.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  return new RegExp(`(?<![\\w.-])${literal}(?![\\w-])`, 'g');
}
