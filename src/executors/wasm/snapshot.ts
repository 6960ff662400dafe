import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { GloveboxError } from '../../core/errors.ts';
import { fromRunner } from '../runner/runnerMessages.ts';
import { startRealm } from './realm.ts';
import type { RealmPlan } from './realmCommand.ts';

export interface Snapshot {
  readonly file: string;
  readonly sha256: string;
}

const stored = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** The snapshot of this key if it is there and is what was made; the realm checks the bytes it reads again. */
export async function findSnapshot(folder: string, key: string): Promise<Snapshot | undefined> {
  const file = path.join(folder, `${key}.snapshot`);
  try {
    const { sha256 } = stored.parse(JSON.parse(await readFile(`${file}.json`, 'utf8')));
    const found = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    return found === sha256 ? { file, sha256 } : undefined;
  } catch {
    return undefined;
  }
}

/** Starts an interpreter of its own, keeps its memory, and gives where. */
export async function makeSnapshot(
  folder: string,
  key: string,
  plan: RealmPlan,
  signal: AbortSignal,
): Promise<Snapshot> {
  const bytes = await memoryOf(plan, signal);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = path.join(folder, `${key}.snapshot`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Written aside and renamed: another window must never see half of it.
  const aside = `${file}.${process.pid}`;
  try {
    await writeFile(aside, bytes, { mode: 0o600 });
    await rename(aside, file);
    await writeFile(aside, JSON.stringify({ sha256 }), { mode: 0o600 });
    await rename(aside, `${file}.json`);
  } finally {
    await rm(aside, { force: true });
  }
  return { file, sha256 };
}

async function memoryOf(plan: RealmPlan, signal: AbortSignal): Promise<Buffer> {
  const realm = startRealm({ ...plan, make: true });
  const chunks: Buffer[] = [];
  let whole = false;
  const listening = realm.onFrame(({ type, payload }) => {
    if (type === fromRunner.artifactData) chunks.push(Buffer.from(payload));
    else if (type === fromRunner.end) whole = true;
  });
  const abort = (): void => void realm.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) abort();
    await realm.closed;
  } finally {
    listening.dispose();
    signal.removeEventListener('abort', abort);
  }
  if (!whole) throw new GloveboxError('no-sandbox', 'The snapshot of the embedded Python could not be made.');
  return Buffer.concat(chunks);
}
