import { constants } from 'node:fs';
import { lstat, open, realpath, type FileHandle } from 'node:fs/promises';
import { GloveboxError } from '../core/errors.ts';
import { inputChunkBytes } from '../core/proposal.ts';

/** A regular file as it was when somebody looked at it. */
export interface SeenFile {
  /** Where it lies, without a link on the way. */
  readonly path: string;
  readonly bytes: number;
  readonly device: bigint;
  readonly inode: bigint;
}

/** No link is followed at the end of the path, and a pipe that was put there does not make us wait. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Looks at a file by its real path; undefined for what is not there or not a regular file. */
export async function seeFile(path: string): Promise<SeenFile | undefined> {
  const info = await lstat(path, { bigint: true }).catch(() => undefined);
  return info?.isFile() === true
    ? { path, bytes: Number(info.size), device: info.dev, inode: info.ino }
    : undefined;
}

/**
 * The bytes of exactly the file that was looked at: between the look and this, a person may have thought
 * for long, and something else may lie there by now.
 *
 * @throws GloveboxError `bad-input` when it is another file, or one that is reached by a link.
 */
export async function* contentOf(seen: SeenFile): AsyncGenerator<Uint8Array> {
  const handle = await open(seen.path, flags).catch((error: unknown) => {
    throw faultOf(error);
  });
  try {
    if (!(await isStill(handle, seen))) throw swapped();
    const content = handle.createReadStream({ autoClose: false, highWaterMark: inputChunkBytes });
    for await (const chunk of content) yield chunk as Uint8Array;
  } finally {
    await handle.close();
  }
}

/**
 * The bytes of what lies at a real path now, for a file that was named by its place long ago and may
 * have been saved anew since. A link there is not followed.
 */
export async function* contentAt(path: string): AsyncGenerator<Uint8Array> {
  const seen = await seeFile(path);
  if (seen === undefined) throw swapped();
  yield* contentOf(seen);
}

async function isStill(handle: FileHandle, seen: SeenFile): Promise<boolean> {
  const info = await handle.stat({ bigint: true });
  // Windows does not name a volume alike by path and by handle.
  const sameDevice = process.platform === 'win32' || info.dev === seen.device;
  if (!info.isFile() || info.ino !== seen.inode || !sameDevice) return false;
  // A folder above may have become a link, by which the path leads elsewhere.
  return (await realpath(seen.path).catch(() => undefined)) === seen.path;
}

function faultOf(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  // By the words of Linux and macOS, of FreeBSD and of NetBSD for a link that is not followed.
  return code !== undefined && ['ELOOP', 'EMLINK', 'EFTYPE', 'ENOENT', 'ENOTDIR'].includes(code)
    ? swapped()
    : error;
}

function swapped(): GloveboxError {
  return new GloveboxError(
    'bad-input',
    'it was moved, or replaced by another file or a link, after it was chosen. Choose it again',
  );
}
