import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { GloveboxError } from '../../core/errors.ts';
import { fromRunner } from '../runner/runnerMessages.ts';
import { startRealm } from './realm.ts';
import type { RealmPlan } from './realmCommand.ts';

export interface Snapshot {
  readonly file: string;
  readonly sha256: string;
}

/** One that nobody started from for so long is of a version that is gone. */
const keptMs = 14 * 24 * 3_600_000;
const nameOf = (key: string, sha256: string): string => `${key}.${sha256}.snapshot`;

/**
 * A snapshot of this key that is what was made: its hash is its name, so two windows that make one at the
 * same time make two files. The realm checks the bytes that it reads again, so it loads those that were looked
 * at. That tells of damage, and not of this user's own other programs, which could change the product as well;
 * what other users may have written is not taken.
 */
export async function findSnapshot(folder: string, key: string): Promise<Snapshot | undefined> {
  if (!(await isOurFolder(folder))) return undefined;
  for (const name of await readdir(folder).catch(() => [])) {
    const [, of, sha256] = /^(\w+)\.([0-9a-f]{64})\.snapshot$/.exec(name) ?? [];
    if (of !== key || sha256 === undefined) continue;
    const snapshot = { file: path.join(folder, name), sha256 };
    if (!(await isOurFile(snapshot.file))) continue;
    if (await isWhole(snapshot)) return snapshot;
    await dropSnapshot(snapshot);
  }
  return undefined;
}

const othersMayWrite = 0o022;

/** Whether nobody but this user can have written there. Where there are no such modes, the system sees to it. */
function isOurs({ uid, mode }: Stats): boolean {
  const me = process.getuid?.();
  return me === undefined || (uid === me && (mode & othersMayWrite) === 0);
}

async function isOurFolder(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  return found?.isDirectory() === true && isOurs(found);
}

/** A link would lead elsewhere, and a file with another name may have come from elsewhere. */
async function isOurFile(file: string): Promise<boolean> {
  const found = await lstat(file).catch(() => undefined);
  return found?.isFile() === true && found.nlink === 1 && isOurs(found);
}

async function isWhole({ file, sha256 }: Snapshot): Promise<boolean> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== sha256) return false;
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
  return true;
}

/** It can't be started from. Where it can't be removed either, the run goes on without it all the same. */
export async function dropSnapshot({ file }: Snapshot): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}

/** As long as an interpreter may take to wait for a job. */
const longestMs = 120_000;

/** Starts an interpreter of its own, keeps its memory, and gives where. */
export async function makeSnapshot(
  folder: string,
  key: string,
  plan: RealmPlan,
  signal: AbortSignal,
  withinMs = longestMs,
): Promise<Snapshot> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // One that was there may be open to others, and then nothing in it would be taken.
  await chmod(folder, 0o700);
  if (!(await isOurFolder(folder)))
    throw new GloveboxError('storage', `Others can write into ${folder}, so no snapshot is kept there.`);
  const bytes = await memoryOf(plan, signal, withinMs);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = path.join(folder, nameOf(key, sha256));
  // Written aside and renamed: another window must never see half of it.
  const aside = `${file}.${process.pid}`;
  try {
    await writeFile(aside, bytes, { mode: 0o600 });
    await rename(aside, file);
  } finally {
    await rm(aside, { force: true });
  }
  // What is left over is removed the next time; this one is there.
  await removeOld(folder).catch(() => undefined);
  return { file, sha256 };
}

/** Those of other versions, and what was left half-written; another window may still start from a younger one. */
async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/\.snapshot(\.\w+)?$/.test(name)) continue;
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > keptMs) await rm(file, { force: true });
  }
}

async function memoryOf(plan: RealmPlan, signal: AbortSignal, withinMs: number): Promise<Buffer> {
  const realm = startRealm({ ...plan, make: true });
  const chunks: Buffer[] = [];
  let whole = false;
  const listening = realm.onFrame(({ type, payload }) => {
    if (type === fromRunner.artifactData) chunks.push(Buffer.from(payload));
    else if (type === fromRunner.end) whole = true;
  });
  const abort = (): void => void realm.destroy();
  const clock = setTimeout(abort, withinMs);
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) abort();
    await realm.closed;
  } finally {
    clearTimeout(clock);
    listening.dispose();
    signal.removeEventListener('abort', abort);
  }
  if (!whole) throw new GloveboxError('no-sandbox', 'The snapshot of the embedded Python could not be made.');
  return Buffer.concat(chunks);
}
