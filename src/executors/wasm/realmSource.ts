import { GloveboxError } from '../../core/errors.ts';
import { WarmPool } from '../pool/warmPool.ts';
import type { ShellKind } from './enclosed.ts';
import { findShell, shellOf, type Shell } from './osShell.ts';
import type { ChildSandbox } from '../runner/childSandbox.ts';
import { startRealm } from './realm.ts';
import type { RealmFiles, RealmPlan } from './realmCommand.ts';
import { dropSnapshot, findSnapshot, makeSnapshot, type Snapshot } from './snapshot.ts';
import { realmDigest, snapshotKey } from './snapshotKey.ts';

interface RealmSourceParts {
  readonly files: RealmFiles;
  readonly cacheFolder: string;
  /** How many interpreters are to wait, as it is now. */
  readonly spares: () => number;
  /** Tells a person what makes every run slower. */
  readonly warn?: (message: string) => void;
  /** Makes the memory snapshot; tests watch it. */
  readonly make?: typeof makeSnapshot;
  readonly shell?: ShellKind;
}

/** Longest that a realm may compute, waiting included, should its host be gone and nothing else end it. */
const cpuSeconds = 3_600;
const idleMs = 600_000;

/** Gives every run an interpreter that has never run anything, and takes it away afterwards. */
export class RealmSource {
  readonly #parts: RealmSourceParts;
  readonly #closing = new AbortController();
  readonly #leaving = new Set<Promise<unknown>>();
  readonly #pool: WarmPool<ChildSandbox>;
  readonly #holds = new Map<ChildSandbox, () => void>();
  #shell: Promise<Shell> | undefined;
  #key: Promise<string> | undefined;
  #digest: Promise<string> | undefined;
  #snapshot: Promise<Snapshot | undefined> | undefined;
  /** Why there is no snapshot; told once, and tried again when somebody asks for it. */
  #fault: GloveboxError | undefined;
  #told = false;

  constructor(parts: RealmSourceParts) {
    this.#parts = parts;
    this.#pool = new WarmPool({ size: parts.spares, idleMs, open: (signal) => this.#open(signal) });
  }

  shell(): Promise<Shell> {
    const { files, shell } = this.#parts;
    this.#shell ??= shell === undefined ? findShell(files) : Promise.resolve(shellOf(shell));
    return this.#shell;
  }

  key(): Promise<string> {
    this.#key ??= snapshotKey(this.#parts.files);
    return this.#key;
  }

  /** What programs meet here, for whoever remembers what was proved of it. */
  digest(): Promise<string> {
    this.#digest ??= this.key().then((key) => realmDigest(this.#parts.files, key));
    return this.#digest;
  }

  /** A waiting one if there is, else one started for this run, which then has the machine to itself. */
  async take(signal: AbortSignal): Promise<ChildSandbox> {
    const warm = this.#pool.take() ?? (await this.#pool.next(signal));
    if (warm !== undefined) return warm;
    const release = this.#pool.hold();
    try {
      // Where none waits nobody makes it behind a run: the first one takes a second longer, all others a quarter.
      if (this.#parts.spares() === 0 && this.#fault === undefined) await this.#ensureSnapshot(signal);
      const realm = await this.#open(signal);
      // Without a snapshot a second interpreter would take seconds of the time of the first program.
      if ((await this.#find()) === undefined) this.#holds.set(realm, release);
      else release();
      return realm;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** One for a program in JavaScript, which starts in a moment, so none of them waits. */
  async takeScript(signal: AbortSignal): Promise<ChildSandbox> {
    const realm = startRealm({ ...(await this.#plan(undefined)), script: true });
    await realm.ready(signal);
    return realm;
  }

  /** The run is over. Its first one is a good moment to make the snapshot: nobody waits for it. */
  discard(realm: ChildSandbox): void {
    this.#track(realm.destroy());
    const release = this.#holds.get(realm);
    this.#holds.delete(realm);
    const wanted = this.#parts.spares() > 0 && this.#fault === undefined;
    const ensured = wanted ? this.#ensureSnapshot(this.#closing.signal) : Promise.resolve();
    this.#track(
      ensured.then(() => {
        release?.();
        this.#pool.wake();
      }),
    );
  }

  /** Lets go of interpreters that are not to wait any more. */
  settingsChanged(): void {
    this.#pool.fit();
  }

  /** Makes the snapshot and what is to wait; rejects when there can be none, or no interpreter at all. */
  async prepare(progress: (message: string) => void, signal: AbortSignal): Promise<void> {
    if ((await this.#find()) === undefined) progress('Preparing the embedded Python (once) …');
    const either = AbortSignal.any([signal, this.#closing.signal]);
    this.#fault = undefined;
    await this.#ensureSnapshot(either);
    either.throwIfAborted();
    if (this.#parts.spares() > 0) await this.#pool.filled();
    else await (await this.#open(either)).destroy();
    // One that started is worth more than the snapshot that it did without.
    if (this.#fault !== undefined) throw this.#fault as GloveboxError;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#pool.close();
    await Promise.allSettled(this.#leaving);
  }

  async #open(signal: AbortSignal): Promise<ChildSandbox> {
    const finding = this.#find();
    const snapshot = await finding;
    try {
      return await this.#start(snapshot, signal);
    } catch (error) {
      if (snapshot === undefined || signal.aborted) throw error;
      // Somebody changed it or took it away since it was found: without it, and then a new one is made.
      if (this.#snapshot === finding) this.#snapshot = Promise.resolve(undefined);
      await dropSnapshot(snapshot);
      return this.#start(undefined, signal);
    }
  }

  async #start(snapshot: Snapshot | undefined, signal: AbortSignal): Promise<ChildSandbox> {
    const realm = startRealm(await this.#plan(snapshot));
    await realm.ready(signal);
    return realm;
  }

  async #plan(snapshot: Snapshot | undefined): Promise<RealmPlan> {
    const plan = { files: this.#parts.files, cpuSeconds, shell: (await this.shell()).kind };
    return snapshot === undefined ? plan : { ...plan, snapshot };
  }

  #find(): Promise<Snapshot | undefined> {
    this.#snapshot ??= this.key().then((key) => findSnapshot(this.#parts.cacheFolder, key));
    return this.#snapshot;
  }

  async #ensureSnapshot(signal: AbortSignal): Promise<void> {
    const finding = this.#find();
    if ((await finding) !== undefined || signal.aborted) return;
    // Two runs that end together look together; the second one waits for what the first one makes.
    if (this.#snapshot === finding) this.#snapshot = this.#make(signal);
    await this.#snapshot;
  }

  async #make(signal: AbortSignal): Promise<Snapshot | undefined> {
    const { cacheFolder, make = makeSnapshot, warn } = this.#parts;
    try {
      return await make(cacheFolder, await this.key(), await this.#plan(undefined), signal);
    } catch (cause) {
      if (signal.aborted) return undefined;
      const why = cause instanceof Error ? cause.message : String(cause);
      const message = `The embedded Python can't keep its snapshot in ${cacheFolder}, so each run starts some seconds later: ${why}`;
      this.#fault = new GloveboxError('storage', message, { cause });
      if (!this.#told) warn?.(message);
      this.#told = true;
      return undefined;
    }
  }

  #track(work: Promise<unknown>): void {
    const tracked = work.catch(() => undefined).finally(() => this.#leaving.delete(tracked));
    this.#leaving.add(tracked);
  }
}
