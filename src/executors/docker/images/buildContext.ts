import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import type { ContextFile } from './imageInputs.ts';

/** The build context as a tar stream, without times or owners, so that equal inputs are equal bytes. */
export function buildContext(files: readonly ContextFile[], authorities: Buffer): Readable {
  const tar = pack();
  for (const { name, data } of [...files, { name: 'ca.pem', data: authorities }]) {
    tar.entry({ name, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 }, data);
  }
  tar.finalize();
  return Readable.from(tar);
}
