// The types of the package export `glovebox/deepagents`, as they are shipped beside the bundle. They
// name no package but `deepagents` itself; a test holds them equal to the source.
import {
  BaseSandbox,
  type ExecuteResponse,
  type FileDownloadResponse,
  type FileUploadResponse,
} from 'deepagents';

/** What one command may use. Bytes are bytes, times are milliseconds. */
export interface Limits {
  /** The time limit of a command. */
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
  /** Docker's relative weight; 1024 is one full share. */
  readonly cpuShares: number;
  /** Number of CPUs at most. */
  readonly cpus: number;
  readonly pids: number;
  /** Kept of a command's output, head and tail together. */
  readonly outputBytes: number;
  /** Past this many bytes of output in all, the command is ended. */
  readonly outputTotalBytes: number;
  readonly artifactBytes: number;
  readonly artifactCount: number;
  readonly inputBytes: number;
  readonly fileBytes: number;
  readonly openFiles: number;
  readonly workBytes: number;
}

/** Engine, image, packages and runtime, as in the settings `glovebox.docker.*`. */
export interface DockerSettings {
  poolSize: number;
  preload: string[];
  /** The engine's runtime, e.g. `runc` or `runsc`; empty: the engine's default. */
  runtime: string;
  /** PyPI requirements added to the default image. */
  packages: string[];
  /** An image of your own that can serve the runner; empty: Glovebox's. */
  customImage: string;
  /** PEM file with certificate authorities for building images; empty: the system's. */
  caFile: string;
  /** Engine address as in DOCKER_HOST; empty: found by itself. */
  host: string;
  /** Docker context to use; empty: the current one. */
  context: string;
  maxConcurrent: number;
  idleSeconds: number;
  sessionIdleSeconds: number;
}

export interface GloveboxSandboxOptions {
  /** Absolute paths and what is in the files; written before the sandbox is handed out. */
  readonly initialFiles?: Readonly<Record<string, string | Uint8Array>>;
  readonly limits?: Partial<Limits>;
  readonly docker?: Partial<DockerSettings>;
  readonly signal?: AbortSignal;
}

/**
 * A sandbox for LangChain's `deepagents`: one hardened container without a network that lives from
 * `initialize` to `close`. Agents work in `/work` and `/tmp`; everything else is read-only.
 *
 * @example
 * const sandbox = await GloveboxSandbox.create({ initialFiles: { '/work/data.csv': csv } });
 * const agent = createDeepAgent({ model, backend: sandbox });
 */
export class GloveboxSandbox extends BaseSandbox {
  readonly id: string;
  /** Starts nothing; see `initialize` and `create`. */
  constructor(options?: GloveboxSandboxOptions);
  /** A sandbox that is ready, with its initial files in place. */
  static create(options?: GloveboxSandboxOptions): Promise<GloveboxSandbox>;
  /** False before `initialize`, after `close`, and when the container has ended. */
  get isRunning(): boolean;
  /** Starts the container and writes the initial files; also after `close`, with nothing kept. */
  initialize(): Promise<void>;
  /**
   * Runs a command in the shell and waits for its end; output is both streams in order.
   * @param options.timeout - Seconds for this command instead of the configured ones.
   */
  execute(command: string, options?: { timeout?: number }): Promise<ExecuteResponse>;
  /** Writes files, each with its own answer; folders on the way are made. */
  uploadFiles(files: [string, Uint8Array][]): Promise<FileUploadResponse[]>;
  /** Reads files, each with its own answer. */
  downloadFiles(paths: string[]): Promise<FileDownloadResponse[]>;
  /** Removes the container with everything in it. May be called again. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
