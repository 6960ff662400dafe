import { GloveboxError } from '../../core/errors.ts';
import { WarmPool } from '../pool/warmPool.ts';
import type { ShellKind } from './enclosed.ts';
import { findShell, shellOf, type Shell } from './osShell.ts';
import type { ChildSandbox } from '../runner/childSandbox.ts';
import { startRealm } from './realm.ts';
import type { RealmFiles, RealmPlan } from './realmCommand.ts';
import { lazy } from '../../core/lazy.ts';
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
  readonly shell: () => Promise<Shell>;
  readonly key: () => Promise<string>;
  /** What programs meet here, for whoever remembers what was proved of it. */
  readonly digest: () => Promise<string>;
  #snapshot: Promise<Snapshot | undefined> | undefined;
  /** It could neither be started from nor be removed. */
  #spoilt: string | undefined;
  /** Why there is no snapshot; told once, and tried again when somebody asks for it. */
  #fault: GloveboxError | undefined;
  #told = false;

  constructor(parts: RealmSourceParts) {
    const { files, shell } = parts;
    this.#parts = parts;
    this.shell = lazy(async () => (shell === undefined ? findShell(files) : shellOf(shell)));
    this.key = lazy(async () => snapshotKey(files));
    this.digest = lazy(async () => realmDigest(files, await this.key()));
    this.#pool = new WarmPool({ size: parts.spares, idleMs, open: (signal) => this.#open(signal) });
  }

  /** A waiting one if there is, else one started for this run, which then has the machine to itself. */
  async take(signal: AbortSignal): Promise<ChildSandbox> {
    const warm = this.#pool.take() ?? (await this.#pool.next(signal));
    if (warm !== undefined) return warm;
    const release = this.#pool.hold();
    try {
      // Where none waits nobody makes it behind a run: the first one takes a second longer, all others a quarter.
      if (this.#parts.spares() === 0 && this.#fault === undefined) await this.#snapshotFor(signal);
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

  /** The run, or the session, is over, and so is the realm. */
  discard(realm: ChildSandbox): void {
    this.#track(realm.destroy());
    this.#goOn(realm);
  }

  /** A run is over, and its realm may wait for the next one of a session: others have the machine now. */
  ran(realm: ChildSandbox): void {
    if (this.#holds.has(realm)) this.#goOn(realm);
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
    await this.#snapshotFor(either);
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
      this.#spoilt = snapshot.file;
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
    if (this.#snapshot !== undefined) return this.#snapshot;
    const finding = this.#look();
    // What could not be read now may be read next time.
    finding.catch(() => {
      if (this.#snapshot === finding) this.#snapshot = undefined;
    });
    this.#snapshot = finding;
    return finding;
  }

  async #look(): Promise<Snapshot | undefined> {
    const found = await findSnapshot(this.#parts.cacheFolder, await this.key());
    return found?.file === this.#spoilt ? undefined : found;
  }

  /** After a first run is a good moment to make the snapshot, since nobody waits for it; then others may start. */
  #goOn(realm: ChildSandbox): void {
    const release = this.#holds.get(realm);
    this.#holds.delete(realm);
    const wanted = this.#parts.spares() > 0 && this.#fault === undefined;
    const ensured = wanted ? this.#ensureSnapshot() : Promise.resolve();
    this.#track(
      ensured.finally(() => {
        release?.();
        this.#pool.wake();
      }),
    );
  }

  /** Waits until the snapshot is there or can't be. Whoever stops waiting leaves it to the others. */
  async #snapshotFor(signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    const { promise: left, reject } = Promise.withResolvers<never>();
    const leave = (): void => reject(new GloveboxError('cancelled', 'Cancelled.'));
    if (either.aborted) leave();
    else either.addEventListener('abort', leave, { once: true });
    try {
      const ensured = either.aborted ? left : this.#ensureSnapshot();
      this.#track(ensured);
      await Promise.race([left, ensured]);
    } finally {
      either.removeEventListener('abort', leave);
    }
  }

  /** Made once for all who ask, and until this closes: it is nobody's own. */
  async #ensureSnapshot(): Promise<void> {
    const finding = this.#find();
    if ((await finding) !== undefined || this.#closing.signal.aborted) return;
    // Two runs that end together look together; the second one waits for what the first one makes.
    if (this.#snapshot === finding) this.#snapshot = this.#make();
    await this.#snapshot;
  }

  async #make(): Promise<Snapshot | undefined> {
    const { cacheFolder, make = makeSnapshot, warn } = this.#parts;
    const { signal } = this.#closing;
    try {
      // Another process may have made one since it was looked for.
      return (
        (await this.#look()) ??
        (await make(cacheFolder, await this.key(), await this.#plan(undefined), signal))
      );
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
