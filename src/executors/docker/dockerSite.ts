import type Dockerode from 'dockerode';
import type { SandboxStatus } from '../../core/ports.ts';
import type { Language } from '../../core/language.ts';
import type { SandboxInfo } from '../../core/run.ts';
import { GloveboxError } from '../../core/errors.ts';
import { removeOwned, sweepContainers } from './aliveContainers.ts';
import { systemCallFilter } from '../systemCallFilter.ts';
import { connect, type Connected } from './endpoint/connect.ts';
import type { Engine } from './endpoint/identify.ts';
import { refusalOf } from './engineLimits.ts';
import { presentCustomImage } from './images/customImage.ts';
import { ensureImage, type ImageSpec } from './images/ensureImage.ts';
import type { Image } from './images/findImage.ts';
import type { ImageTarget } from './images/labels.ts';
import { knownPackages } from './images/packageNames.ts';
import { presentImage } from './images/presentImage.ts';
import { targetOf } from './images/targetOf.ts';
import type { ProcessSpace } from './ownership.ts';
import { SilentEngine, unlessAborted } from './patience.ts';
import type { DockerSettings } from './settings.ts';

/** An engine that answers and an image on it that can serve. */
export interface Site {
  readonly docker: Dockerode;
  readonly image: string;
  readonly info: SandboxInfo;
  readonly podman: boolean;
  /** Equal for two sites exactly when their containers are alike. */
  readonly key: string;
}

interface ReadyImage {
  readonly image: Image;
  /** The id of the person's own image that it stands on. */
  readonly base: string | undefined;
}

type Found = Connected | { readonly unavailable: string };

const never = new AbortController().signal;
const unknownSandbox: SandboxInfo = { backend: 'docker', runtime: '', image: '', digest: '' };

/** Finds the engine and the image for the settings, and remembers them until something changes. */
export class DockerSite {
  readonly #root: string;
  readonly #space: ProcessSpace;
  #engine: { readonly key: string; readonly connected: Connected } | undefined;
  #connecting: { readonly key: string; readonly found: Promise<Found> } | undefined;
  /** Those that are not asked any more and may still have a run on them. */
  readonly #retired = new Set<Connected>();
  #sweep: Promise<void> = Promise.resolve();
  readonly #images = new Map<string, ReadyImage>();
  /** Those that were there without having been used by this process. */
  readonly #seen = new Map<string, Image>();

  constructor(root: string, space: ProcessSpace) {
    this.#root = root;
    this.#space = space;
  }

  /** The engine, or the reason why there is none. */
  async engine(settings: DockerSettings): Promise<Found> {
    const { host, context } = settings;
    const key = JSON.stringify([host, context]);
    if (this.#engine?.key === key) return this.#engine.connected;
    if (this.#connecting?.key !== key) {
      this.forget();
      const found = this.#connect(key, settings).finally(() => {
        if (this.#connecting?.found === found) this.#connecting = undefined;
      });
      this.#connecting = { key, found };
    }
    return this.#connecting.found;
  }

  async #connect(key: string, { host, context }: DockerSettings): Promise<Found> {
    const found = await connect({ host, context });
    if (!('docker' in found)) return found;
    const unavailable = refusalOf(found.engine);
    if (unavailable !== undefined) {
      found.dispose();
      return { unavailable };
    }
    this.#retire();
    this.#engine = { key, connected: found };
    // What a process left behind that was killed; nobody waits for it.
    this.#sweep = sweepContainers(found.docker, this.#space).then(
      () => undefined,
      () => undefined,
    );
    return found;
  }

  /** Finds the engine and makes the image ready that can run the language. */
  async ready(
    settings: DockerSettings,
    language: Language,
    progress: (message: string) => void,
    signal: AbortSignal,
  ): Promise<Site> {
    const found = await unlessAborted(this.engine(settings), signal);
    if (!('docker' in found)) throw new GloveboxError('no-sandbox', found.unavailable);
    const { runtime } = settings;
    const { runtimes } = found.engine;
    if (runtime !== '' && runtimes.length > 0 && !runtimes.includes(runtime)) {
      throw new GloveboxError(
        'no-sandbox',
        `The engine has no runtime "${runtime}" (it has ${runtimes.join(', ')}). Install it there, or clear the setting glovebox.docker.runtime.`,
      );
    }
    const target = targetOf(language);
    const image = await this.#image(found, settings, target, progress, signal);
    return {
      docker: found.docker,
      image: image.image,
      info: infoOf(found, settings, image),
      podman: found.engine.kind === 'podman',
      key: JSON.stringify([imageKey(settings, target), image.digest, runtime]),
    };
  }

  async #image(
    { docker, engine }: Connected,
    settings: DockerSettings,
    target: ImageTarget,
    progress: (message: string) => void,
    signal: AbortSignal,
  ): Promise<Image> {
    const { customImage } = settings;
    const base = customImage === '' ? undefined : await presentCustomImage(docker, customImage, signal);
    const key = imageKey(settings, target);
    const ready = this.#images.get(key);
    // An own image may have been built anew under its name. One that is gone serves as it was.
    if (ready !== undefined && (base === undefined || base === ready.base)) return ready.image;
    const image = await ensureImage(docker, this.#spec(engine, settings, target), progress, signal);
    this.#images.set(key, { image, base });
    return image;
  }

  #spec(engine: Engine, { packages, customImage, caFile }: DockerSettings, target: ImageTarget): ImageSpec {
    const filter = engine.kind === 'podman' ? filterFor(engine) : undefined;
    return { root: this.#root, target, packages, customImage, caFile, ...(filter && { filter }) };
  }

  /** Whether an engine answers that does not have the image yet. */
  async lacksImage(settings: DockerSettings, signal: AbortSignal): Promise<boolean> {
    const found = await this.engine(settings);
    if (!('docker' in found)) return false;
    const spec = this.#spec(found.engine, settings, 'python');
    return (await presentImage(found.docker, spec, signal)) === undefined;
  }

  /** What the next run would get, without building anything. Never throws. */
  async status(settings: DockerSettings): Promise<SandboxStatus> {
    try {
      const found = await this.engine(settings);
      if (!('docker' in found))
        return { available: false, reason: found.unavailable, sandbox: unknownSandbox };
      const image = await this.#present(found, settings);
      const sandbox = infoOf(found, settings, image ?? unknownImage(settings));
      return { available: true, sandbox, ...knownPackages(settings) };
    } catch (error) {
      // Nobody asks it again and again and waits as long each time.
      if (error instanceof SilentEngine) this.forget();
      const reason = error instanceof Error ? error.message : String(error);
      return { available: false, reason, sandbox: unknownSandbox };
    }
  }

  /** What is known of the sandbox without asking anybody. */
  known(settings: DockerSettings): SandboxInfo {
    if (this.#engine === undefined) return unknownSandbox;
    const image = this.#images.get(imageKey(settings, 'python'))?.image;
    return infoOf(this.#engine.connected, settings, image ?? unknownImage(settings));
  }

  /** The image that the engine has for Python, built by whichever process; remembered until something changes. */
  async #present(found: Connected, settings: DockerSettings): Promise<Image | undefined> {
    const key = imageKey(settings, 'python');
    const known = this.#images.get(key)?.image ?? this.#seen.get(key);
    if (known !== undefined) return known;
    const spec = this.#spec(found.engine, settings, 'python');
    const image = await presentImage(found.docker, spec, never).catch((error: unknown) => {
      if (error instanceof SilentEngine) throw error;
      // What else is wrong with it is told by the run that needs it.
      return undefined;
    });
    if (image !== undefined) this.#seen.set(key, image);
    return image;
  }

  /** Looks for engine and image anew the next time. */
  forget(): void {
    this.#retire();
    this.forgetImages();
  }

  /** Other runs may still be on their way through it. */
  #retire(): void {
    if (this.#engine === undefined) return;
    this.#engine.connected.retire();
    this.#retired.add(this.#engine.connected);
    this.#engine = undefined;
  }

  /** Looks anew the next time whether the engine has the image. */
  forgetImages(): void {
    this.#images.clear();
    this.#seen.clear();
  }

  /** Waits for the sweep that may be under way, leaves nothing of this owner, and lets go of the engine. */
  async close(owner: string): Promise<void> {
    await this.#sweep;
    const docker = this.#engine?.connected.docker;
    if (docker !== undefined) await removeOwned(docker, owner).catch(() => undefined);
    this.forget();
    for (const connected of this.#retired) connected.dispose();
    this.#retired.clear();
  }
}

function unknownImage({ customImage }: DockerSettings): Image {
  return { image: customImage, digest: '' };
}

function imageKey(settings: DockerSettings, target: ImageTarget): string {
  const { packages, customImage, caFile, host, context } = settings;
  return JSON.stringify([target, host, context, packages, customImage, caFile]);
}

function filterFor({ architecture }: Engine): Buffer {
  const filter = systemCallFilter(architecture);
  if (filter !== undefined) return filter;
  throw new GloveboxError(
    'no-sandbox',
    `There is no profile of system calls for the processor of that Podman (${architecture}). Use an engine on x86-64 or ARM64.`,
  );
}

function infoOf(found: Connected, settings: DockerSettings, image: Image): SandboxInfo {
  return {
    backend: 'docker',
    runtime: settings.runtime === '' ? found.engine.defaultRuntime : settings.runtime,
    image: image.image,
    digest: image.digest,
    engine: `${found.engine.name} ${found.engine.version} on ${found.engine.kernel}`,
    reason: found.reason,
  };
}
