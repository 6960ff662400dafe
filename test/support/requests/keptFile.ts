import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from './repositoryRoot.ts';

const fileOf = (name: string): string =>
  path.join(repositoryRoot(), 'test', 'fixtures', 'requests', `${name}.txt`);

/** What is kept under this name; empty when there is nothing. */
export async function readKept(name: string): Promise<string> {
  const text = await readFile(fileOf(name), 'utf8').catch(() => '');
  return text.replaceAll('\r\n', '\n');
}

/** Fails where the text is not the one that is kept, or keeps it with `UPDATE_REQUESTS=1`. */
export async function matchKept(name: string, now: string): Promise<void> {
  const kept = await readKept(name);
  if (now === kept) return;
  if (process.env['UPDATE_REQUESTS'] !== '1')
    assert.equal(now, kept, `What the agent sends has changed. If it is meant to: ${how}`);
  const file = fileOf(name);
  if (now === '') return rm(file);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, now);
}

const how = 'UPDATE_REQUESTS=1 npm test -- SUITE, and look at the difference.';
