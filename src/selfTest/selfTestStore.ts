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

/** What the self-tests found, by everything that decides what a sandbox is: its image and our attacks. */
export class SelfTestStore {
  readonly #folder: string;
  readonly #known = new Map<string, SelfTestReport | undefined>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(sandbox: SandboxInfo): Promise<SelfTestReport | undefined> {
    const key = keyOf(sandbox);
    if (!this.#known.has(key)) this.#known.set(key, await this.#load(key, sandbox));
    return this.#known.get(key);
  }

  async write(report: SelfTestReport): Promise<void> {
    const key = keyOf(report.sandbox);
    this.#known.set(key, report);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = path.join(this.#folder, `${key}.json`);
    // Written aside and renamed: another window must never see half of it.
    await writeFile(`${file}.${process.pid}`, JSON.stringify({ at: report.at, proofs: report.proofs }));
    await rename(`${file}.${process.pid}`, file);
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

function keyOf(sandbox: SandboxInfo): string {
  const { backend, runtime, image, digest } = sandbox;
  const hash = createHash('sha256').update(JSON.stringify([backend, runtime, image, digest]));
  for (const { code } of attacksOn(kindOf(sandbox))) hash.update(code({ file: '', token: '', port: 0 }));
  return hash.digest('hex').slice(0, 32);
}
