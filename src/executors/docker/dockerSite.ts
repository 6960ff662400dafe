import path from 'node:path';
import type Dockerode from 'dockerode';
import type { SandboxStatus } from '../../core/ports.ts';
import type { Language } from '../../core/proposal.ts';
import type { SandboxInfo } from '../../core/run.ts';
import { GloveboxError } from '../../core/errors.ts';
import { sweepContainers } from './aliveContainers.ts';
import { connect, type Connected } from './endpoint/connect.ts';
import { ensureImage } from './images/ensureImage.ts';
import type { Image } from './images/findImage.ts';
import type { ImageTarget } from './images/labels.ts';
import type { DockerSettings } from './settings.ts';

/** An engine that answers and an image on it that can serve. */
export interface Site {
  readonly docker: Dockerode;
  readonly image: string;
  readonly info: SandboxInfo;
  /** For Podman alone: the file with the profile of system calls. */
  readonly podmanProfile?: string;
  /** Equal for two sites exactly when their containers are alike. */
  readonly key: string;
}

const unknownSandbox: SandboxInfo = { backend: 'docker', runtime: '', image: '', digest: '' };

/** Finds the engine and the image for the settings, and remembers them until something changes. */
export class DockerSite {
  readonly #root: string;
  #engine: { readonly key: string; readonly connected: Connected } | undefined;
  #sweep: Promise<void> = Promise.resolve();
  readonly #images = new Map<string, Image>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The engine, or the reason why there is none. */
  async engine(settings: DockerSettings): Promise<Connected | { readonly unavailable: string }> {
    const { host, context } = settings;
    const key = JSON.stringify([host, context]);
    if (this.#engine?.key === key) return this.#engine.connected;
    this.forget();
    const found = await connect({ host, context });
    if ('docker' in found) {
      this.#engine = { key, connected: found };
      // What a process left behind that was killed; nobody waits for it.
      this.#sweep = sweepContainers(found.docker).then(
        () => undefined,
        () => undefined,
      );
    }
    return found;
  }

  /** Finds the engine and makes the image ready that can run the language. */
  async ready(
    settings: DockerSettings,
    language: Language,
    progress: (message: string) => void,
    signal: AbortSignal,
  ): Promise<Site> {
    const found = await this.engine(settings);
    if (!('docker' in found)) throw new GloveboxError('no-sandbox', found.unavailable);
    const { packages, customImage, caFile, runtime } = settings;
    const { runtimes } = found.engine;
    if (runtime !== '' && runtimes.length > 0 && !runtimes.includes(runtime)) {
      throw new GloveboxError(
        'no-sandbox',
        `The engine has no runtime "${runtime}" (it has ${runtimes.join(', ')}). Install it there, or clear the setting glovebox.docker.runtime.`,
      );
    }
    const target = targetOf(language);
    const key = imageKey(settings, target);
    let image = this.#images.get(key);
    if (image === undefined) {
      const spec = { root: this.#root, target, packages, customImage, caFile };
      image = await ensureImage(found.docker, spec, progress, signal);
      this.#images.set(key, image);
    }
    return {
      docker: found.docker,
      image: image.image,
      info: infoOf(found, settings, image),
      ...(found.engine.kind === 'podman'
        ? { podmanProfile: path.join(this.#root, 'sandbox/seccomp.json') }
        : {}),
      key: JSON.stringify([key, image.digest, runtime]),
    };
  }

  /** What the next run would get, without building anything. Never throws. */
  async status(settings: DockerSettings): Promise<SandboxStatus> {
    try {
      const found = await this.engine(settings);
      if (!('docker' in found))
        return { available: false, reason: found.unavailable, sandbox: unknownSandbox };
      const image = this.#images.get(imageKey(settings, 'python')) ?? {
        image: settings.customImage,
        digest: '',
      };
      return { available: true, sandbox: infoOf(found, settings, image) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { available: false, reason, sandbox: unknownSandbox };
    }
  }

  /** Looks for engine and image anew the next time. */
  forget(): void {
    this.#engine?.connected.dispose();
    this.#engine = undefined;
    this.forgetImages();
  }

  /** Looks anew the next time whether the engine has the image. */
  forgetImages(): void {
    this.#images.clear();
  }

  /** Waits for the sweep that may be under way, and lets go of the engine. */
  async close(): Promise<void> {
    await this.#sweep;
    this.forget();
  }
}

function targetOf(language: Language): ImageTarget {
  switch (language) {
    case 'python':
    case 'shell':
      return 'python';
    case 'javascript':
    case 'typescript':
      return 'javascript';
  }
}

function imageKey(settings: DockerSettings, target: ImageTarget): string {
  const { packages, customImage, caFile, host, context } = settings;
  return JSON.stringify([target, host, context, packages, customImage, caFile]);
}

function infoOf(found: Connected, settings: DockerSettings, image: Omit<Image, 'id'>): SandboxInfo {
  return {
    backend: 'docker',
    runtime: settings.runtime === '' ? found.engine.defaultRuntime : settings.runtime,
    image: image.image,
    digest: image.digest,
    reason: found.reason,
  };
}
