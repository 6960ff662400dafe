import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { GloveboxError } from '../../../core/errors.ts';
import type { PackageInfo } from '../../../core/ports.ts';
import { SharedTask } from '../../../core/sharedTask.ts';
import {
  normalised,
  packageOfModule,
  withDependencies,
  type LockedPackage,
  type PackageLock,
} from './lockFile.ts';

export interface PackageStoreParts {
  /** Packages of all versions, told apart by their names; the sandboxed process may read it and nobody but us writes it. */
  readonly folder: string;
  readonly lock: () => Promise<PackageLock>;
  /** Where Pyodide publishes the files; ends with a slash. */
  readonly baseUrl: () => Promise<string>;
}

export interface PackageAdvice {
  /** For every door; how something is fetched there, the door says itself. */
  readonly notice: string;
  /** The package that has to be fetched. */
  readonly fetch?: string;
}

/** More than any package that Pyodide publishes. */
const maxBytes = 256 * 1024 * 1024;
const silenceMs = 30_000;
/** A file on its way grows all the time; one that has not for so long was left by somebody who is gone. */
const leftAfterMs = 3_600_000;

/**
 * Packages that were fetched for the embedded Python. The host fetches, on a person's request, and keeps
 * nothing whose hash is not the one in the lock file that the product ships.
 */
export class PackageStore {
  readonly #parts: PackageStoreParts;
  /** By the names of the files: two packages may need the same one. */
  readonly #underWay = new Map<string, SharedTask<void>>();

  constructor(parts: PackageStoreParts) {
    this.#parts = parts;
  }

  /** Every package that could be fetched, and whether it is here with all that it needs. */
  async list(): Promise<readonly PackageInfo[]> {
    const [lock, files] = await Promise.all([this.#parts.lock(), this.#files()]);
    return [...lock.values()]
      .map(({ name, version }) => ({ name, version, here: isHere(lock, files, name) }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Fetches these packages and what they need. Rejects with what to do; what came is kept. */
  async fetch(
    names: readonly string[],
    progress: (message: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const lock = await this.#parts.lock();
    const unknown = names.filter((name) => withDependencies(lock, [name]) === undefined);
    if (unknown.length > 0) throw new GloveboxError('bad-input', notPublished(unknown.join(', ')));
    const wanted = withDependencies(lock, names) ?? [];
    await mkdir(this.#parts.folder, { recursive: true, mode: 0o700 });
    await this.#removeLeft();
    const before = await this.#files();
    await this.#removeChanged(wanted.filter(({ file_name }) => before.has(file_name)));
    const files = await this.#files();
    const missing = wanted.filter(({ file_name }) => !files.has(file_name));
    for (const [index, entry] of missing.entries()) {
      progress(`Fetching ${entry.name} ${entry.version} (${index + 1} of ${missing.length}) …`);
      await this.#fetchTogether(entry, signal);
    }
  }

  /** What to say of a module that a program did not find. */
  async adviceOn(module: string): Promise<PackageAdvice> {
    const lock = await this.#parts.lock();
    const entry = packageOfModule(lock, module);
    if (entry === undefined) return { notice: notPublished(module) };
    const { name } = entry;
    if (!isHere(lock, await this.#files(), name)) return { notice: notFetched(name), fetch: name };
    const changed = await this.#removeChanged(withDependencies(lock, [name]) ?? []);
    if (!changed)
      return {
        notice: `${name} is here, but the code does not import ${module} by name, so it was not loaded. Write: import ${module}`,
      };
    return {
      notice: `Files of ${name} were changed on this disk, so they were not used and are removed. ${notFetched(name)}`,
      fetch: name,
    };
  }

  /** Whether there were files that are not what was fetched. */
  async #removeChanged(entries: readonly LockedPackage[]): Promise<boolean> {
    let changed = false;
    for (const { file_name, sha256 } of entries) {
      const file = path.join(this.#parts.folder, file_name);
      if ((await sha256Of(file)) === sha256) continue;
      changed = true;
      await rm(file, { force: true });
    }
    return changed;
  }

  async #files(): Promise<ReadonlySet<string>> {
    return new Set(await readdir(this.#parts.folder).catch(() => []));
  }

  /** What has a name aside and nobody writes any more. */
  async #removeLeft(): Promise<void> {
    for (const name of await this.#files()) {
      if (!name.startsWith('.')) continue;
      const file = path.join(this.#parts.folder, name);
      const changed = (await stat(file).catch(() => undefined))?.mtimeMs ?? Date.now();
      if (Date.now() - changed > leftAfterMs) await rm(file, { force: true });
    }
  }

  /** Once for all who want it at the same time. */
  async #fetchTogether(entry: LockedPackage, signal: AbortSignal): Promise<void> {
    let task = this.#underWay.get(entry.file_name);
    if (task === undefined || task.settled || task.abandoned) {
      task = new SharedTask(async (_progress, stop) => this.#fetchOne(entry, stop));
      this.#underWay.set(entry.file_name, task);
    }
    await task
      .join(() => undefined, signal)
      .catch((error: unknown) => {
        throw signal.aborted ? new GloveboxError('cancelled', 'Cancelled.') : error;
      });
  }

  async #fetchOne(entry: LockedPackage, signal: AbortSignal): Promise<void> {
    // Somebody else may have fetched it since it was looked for.
    if ((await this.#files()).has(entry.file_name)) return;
    const target = path.join(this.#parts.folder, entry.file_name);
    const aside = path.join(this.#parts.folder, `.${entry.file_name}.${randomUUID()}`);
    try {
      await this.#download(entry, aside, signal);
      if ((await sha256Of(aside)) !== entry.sha256) {
        throw new GloveboxError(
          'storage',
          `${entry.file_name} is not the file that Pyodide published, so it was thrown away. Somebody on the way may have changed it.`,
        );
      }
      await rename(aside, target);
    } finally {
      await rm(aside, { force: true });
    }
  }

  async #download(entry: LockedPackage, target: string, signal: AbortSignal): Promise<void> {
    const address = new URL(entry.file_name, await this.#parts.baseUrl());
    const notKept = (cause: unknown): never => {
      throw new GloveboxError('storage', unwritable(entry, this.#parts.folder, cause), { cause });
    };
    const file = await open(target, 'w', 0o600).catch(notKept);
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), silenceMs);
    let bytes = 0;
    try {
      const response = await fetch(address, { signal: AbortSignal.any([signal, silence.signal]) });
      if (!response.ok || response.body === null)
        throw new Error(`${address.host} answered ${response.status}`);
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), silenceMs);
        bytes += chunk.length;
        if (bytes > maxBytes) throw new Error('the file is too large');
        await file.writeFile(chunk).catch(notKept);
      }
    } catch (error) {
      if (signal.aborted) throw new GloveboxError('cancelled', 'Cancelled.');
      if (GloveboxError.is(error, 'storage')) throw error;
      throw new GloveboxError('no-sandbox', unreachable(entry, address, error), { cause: error });
    } finally {
      clearTimeout(timer);
      await file.close();
    }
  }
}

function isHere(lock: PackageLock, files: ReadonlySet<string>, name: string): boolean {
  return withDependencies(lock, [normalised(name)])?.every(({ file_name }) => files.has(file_name)) === true;
}

function notFetched(name: string): string {
  return `${name} has not been fetched for the embedded sandbox. It can be fetched once and is kept; or choose Docker.`;
}

function notPublished(what: string): string {
  return `Pyodide publishes no package for ${what}. Choose Docker and name it in the setting glovebox.docker.packages.`;
}

function unwritable({ name }: LockedPackage, folder: string, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `${name} can't be kept in ${folder} (${why}). Make room or let it be written to, and try again.`;
}

function unreachable({ name }: LockedPackage, address: URL, error: unknown): string {
  const reason = error instanceof Error ? (error.cause ?? error) : error;
  const why = reason instanceof Error ? reason.message : String(reason);
  return (
    `${name} can't be fetched from ${address.host} (${why}). Without it the embedded sandbox goes on as before. ` +
    'Connect to the network and try again, or choose Docker.'
  );
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
