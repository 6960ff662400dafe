import type { Limits } from '../../core/limits.ts';
import type { Language } from '../../core/language.ts';
import { shapeOf, type ContainerPlan } from './containerSpec.ts';
import type { Site } from './dockerSite.ts';
import { targetOf } from './images/targetOf.ts';
import { openSandbox } from './openSandbox.ts';
import type { SandboxContainer } from './sandboxContainer.ts';
import type { DockerSettings } from './settings.ts';
import { WarmPool } from '../pool/warmPool.ts';
import { withRoomFor } from '../roomForInput.ts';

/** Longer than any waiting, run or session; the runner itself ends much sooner without its host. */
const leaseMs = 24 * 3_600_000;

/** What a container is wanted for. */
export interface SandboxOrder {
  readonly language: Language;
  readonly limits: Limits;
  /** Of all input files together. */
  readonly inputBytes: number;
}

/** Gives every run a container that has never run anything, and takes it away afterwards. */
export class SandboxSource {
  readonly #owner: string;
  readonly #leaving = new Set<Promise<void>>();
  #pool:
    { readonly key: string; readonly wish: string; readonly pool: WarmPool<SandboxContainer> } | undefined;
  #closed = false;

  constructor(owner: string) {
    this.#owner = owner;
  }

  /** A warm one if there is, else one started for this run, without what nobody asked it to import. */
  async take(
    site: Site,
    settings: DockerSettings,
    order: SandboxOrder,
    signal: AbortSignal,
  ): Promise<SandboxContainer> {
    const limits = withRoomFor(order.inputBytes, order.limits);
    // Waiting containers are of Python's image.
    const ordinary = limits === order.limits && targetOf(order.language) === 'python';
    const pool = ordinary ? this.#poolFor(site, settings, limits) : this.#pool?.pool;
    const warm = ordinary ? pool?.take() : undefined;
    if (warm !== undefined) return warm;
    const release = pool?.hold();
    try {
      return await this.#open(site, this.#plan(site, settings, limits, []), signal);
    } finally {
      release?.();
    }
  }

  /** Fills the pool, or sees that one can be started where none is to wait; rejects when none can. */
  async prepare(site: Site, settings: DockerSettings, limits: Limits, signal: AbortSignal): Promise<void> {
    const pool = this.#poolFor(site, settings, limits);
    if (pool !== undefined) await pool.filled();
    else this.discard(await this.#open(site, this.#plan(site, settings, limits, []), signal));
  }

  /** Lets go at once of what waits for other settings than these. */
  keepOnly(settings: DockerSettings, limits: Limits): void {
    if (this.#pool !== undefined && this.#pool.wish !== wishOf(settings, limits)) void this.drain();
  }

  /** Lets go of all that waits; the next run begins anew. Resolves when that and what was used is gone. */
  async drain(): Promise<void> {
    const pool = this.#pool?.pool;
    this.#pool = undefined;
    // What was being started leaves only when the pool has let go of it.
    if (pool !== undefined) await this.#track(pool.close());
    await Promise.all(this.#leaving);
  }

  /** The run is over: the container goes, behind the person's back. */
  discard(sandbox: SandboxContainer): void {
    void this.#track(sandbox.destroy());
  }

  async close(): Promise<void> {
    this.#closed = true;
    void this.drain();
    while (this.#leaving.size > 0) await Promise.all(this.#leaving);
  }

  #poolFor(site: Site, settings: DockerSettings, limits: Limits): WarmPool<SandboxContainer> | undefined {
    const { poolSize, preload, idleSeconds } = settings;
    const wish = wishOf(settings, limits);
    const key = JSON.stringify([site.key, wish]);
    if (this.#pool?.key === key) return this.#pool.pool;
    // Made for another image or other limits: of no use any more.
    void this.drain();
    if (poolSize === 0 || this.#closed) return undefined;
    const plan = this.#plan(site, settings, limits, preload);
    const pool = new WarmPool({
      size: () => poolSize,
      idleMs: idleSeconds * 1000,
      open: async (signal) => this.#open(site, plan, signal),
    });
    this.#pool = { key, wish, pool };
    return pool;
  }

  async #open({ docker }: Site, plan: ContainerPlan, signal: AbortSignal): Promise<SandboxContainer> {
    return openSandbox(docker, plan, { signal, behind: (leaving) => void this.#track(leaving) });
  }

  #plan(site: Site, settings: DockerSettings, limits: Limits, preload: readonly string[]): ContainerPlan {
    return {
      image: site.image,
      runtime: settings.runtime,
      podman: site.podman,
      preload,
      shape: shapeOf(limits),
      owner: this.#owner,
      leaseMs,
    };
  }

  #track(leaving: Promise<void>): Promise<void> {
    const tracked = leaving.finally(() => this.#leaving.delete(tracked));
    this.#leaving.add(tracked);
    return tracked;
  }
}

/** Equal for two sets of settings exactly when the same containers may wait for both. */
function wishOf(settings: DockerSettings, limits: Limits): string {
  // These count for runs and sessions, not for what waits.
  const { maxConcurrent: _runs, sessionIdleSeconds: _idle, ...waiting } = settings;
  return JSON.stringify([waiting, shapeOf(limits)]);
}
