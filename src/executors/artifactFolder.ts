import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Artifact } from '../core/run.ts';
import { HostPaths } from './artifactName.ts';
import type { Spill } from './cappedOutput.ts';
import { mimeType } from './mimeType.ts';

interface OpenArtifact {
  readonly name: string;
  readonly path: string;
  readonly file: FileHandle;
  bytes: number;
}

/** One run's folder on the host: made when the first file comes, never written through links. */
export class ArtifactFolder {
  readonly #folder: string;
  readonly #paths = new HostPaths();
  #open: OpenArtifact | undefined;
  #bytesLeft: number;
  #spills: number[] = [];

  constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#bytesLeft = maxBytes;
  }

  async begin(name: string): Promise<void> {
    const target = path.join(this.#folder, 'outputs', this.#paths.take(name));
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    this.#open = { name, path: target, file: await open(target, 'wx', 0o600), bytes: 0 };
  }

  /** Appends to the artifact begun last; the sandbox's own count of bytes is not believed. */
  async append(chunk: Uint8Array): Promise<void> {
    if (this.#open === undefined) throw new Error('The sandbox sent data for no artifact.');
    if (chunk.length > this.#bytesLeft) throw new Error('more bytes than allowed');
    this.#bytesLeft -= chunk.length;
    await this.#open.file.writeFile(chunk);
    this.#open.bytes += chunk.length;
  }

  /** Closes the artifact begun last. */
  async end(): Promise<Artifact | undefined> {
    const done = this.#open;
    if (done === undefined) return undefined;
    this.#open = undefined;
    await done.file.close();
    return { name: done.name, mime: mimeType(done.name), bytes: done.bytes, path: done.path };
  }

  /** Removes the artifact begun last. Never rejects. */
  async drop(): Promise<void> {
    const cut = this.#open;
    this.#open = undefined;
    await cut?.file.close().catch(() => undefined);
    if (cut !== undefined) await rm(cut.path, { force: true }).catch(() => undefined);
  }

  /** A file for output that does not fit into the result. */
  spill(name: string): Spill & { readonly path: string } {
    const target = path.join(this.#folder, name);
    const fd = this.#openSpill(target);
    return { path: target, write: (chunk) => void writeSync(fd, chunk) };
  }

  /** Closes what is open; an artifact that was cut off is removed. */
  async close(): Promise<void> {
    for (const fd of this.#spills.splice(0)) closeSync(fd);
    await this.drop();
  }

  #openSpill(target: string): number {
    mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
    const fd = openSync(target, 'wx', 0o600);
    this.#spills.push(fd);
    return fd;
  }
}
