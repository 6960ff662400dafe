import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { guarantees } from '../core/guarantees.ts';
import type { SandboxInfo } from '../core/run.ts';
import { kindOf, type SelfTestReport } from '../core/selfTest.ts';
import { attacksOn } from './attacks.ts';

const proof = z.object({
  id: z.enum(Object.keys(guarantees) as [keyof typeof guarantees]),
  what: z.string(),
  state: z.enum(['proved', 'failed', 'not-provable', 'not-given']),
  detail: z.string(),
});
const stored = z.object({ at: z.number(), proofs: z.array(proof) });

/**
 * What the self-tests found, by everything that decides what a sandbox is: the product's version, the
 * image, who runs it, and our attacks. Read anew each time: a terminal or another window may have
 * tested meanwhile, and what it found holds here, too.
 */
export class SelfTestStore {
  readonly #folder: string;
  readonly #version: () => Promise<string>;
  /** Those that could not be written hold in this process all the same. */
  readonly #unwritten = new Map<string, SelfTestReport>();

  /** `version` is the product's. */
  constructor(folder: string, version: () => Promise<string>) {
    this.#folder = folder;
    this.#version = version;
  }

  async read(sandbox: SandboxInfo): Promise<SelfTestReport | undefined> {
    const key = keyOf(sandbox, await this.#version());
    return this.#unwritten.get(key) ?? this.#load(key, sandbox);
  }

  async write(report: SelfTestReport): Promise<void> {
    const key = keyOf(report.sandbox, await this.#version());
    this.#unwritten.set(key, report);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = path.join(this.#folder, `${key}.json`);
    // Written aside and renamed: another window must never see half of it.
    await writeFile(`${file}.${process.pid}`, JSON.stringify({ at: report.at, proofs: report.proofs }));
    await rename(`${file}.${process.pid}`, file);
    this.#unwritten.delete(key);
  }

  async #load(key: string, sandbox: SandboxInfo): Promise<SelfTestReport | undefined> {
    try {
      const text = await readFile(path.join(this.#folder, `${key}.json`), 'utf8');
      return { ...stored.parse(JSON.parse(text)), sandbox };
    } catch {
      return undefined;
    }
  }
}

function keyOf(sandbox: SandboxInfo, version: string): string {
  const { backend, runtime, image, digest, engine } = sandbox;
  const facts = [version, backend, runtime, image, digest, engine];
  const hash = createHash('sha256').update(JSON.stringify(facts));
  for (const { code } of attacksOn(kindOf(sandbox))) hash.update(code({ file: '', token: '', port: 0 }));
  return hash.digest('hex').slice(0, 32);
}
