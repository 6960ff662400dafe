import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Executor } from '../../src/core/ports.ts';
import { subjectForSuite } from '../contract/subjectForSuite.ts';
import { wasmSubject, type WasmOptions } from './wasmSubject.ts';

/** One embedded sandbox, with a cache of its own, for all tests of the suite in whose body this is called. */
export function embeddedForSuite(options: WasmOptions = {}): { readonly executor: Executor } {
  let folder = '';
  const subject = subjectForSuite(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-embedded-'));
    return wasmSubject(path.join(folder, 'cache'), options)();
  });
  after(async () => rm(folder, { recursive: true, force: true }));
  return subject;
}
