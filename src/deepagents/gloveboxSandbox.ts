import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  BaseSandbox,
  SandboxError,
  type ExecuteResponse,
  type FileDownloadResponse,
  type FileUploadResponse,
} from 'deepagents';
import { defaultLimits, type Limits } from '../core/limits.ts';
import { createDockerExecutor, type DockerExecutor } from '../executors/docker/createDockerExecutor.ts';
import type { Session } from '../executors/session/session.ts';
import { dockerSettings, type DockerSettings } from '../executors/docker/settings.ts';
import { projectFolder } from './projectFolder.ts';
import { fileErrorOf, isSandboxPath } from './sandboxPath.ts';
import { executeResponse, fileContent, longCommandFile, shellProgram } from './shellCommand.ts';

export interface GloveboxSandboxOptions {
  /** Absolute paths and what is in the files; written before the sandbox is handed out. */
  readonly initialFiles?: Readonly<Record<string, string | Uint8Array>>;
  /** `wallMs` is the time limit of a command, `outputBytes` what is kept of its output. */
  readonly limits?: Partial<Limits>;
  /** Engine, image, packages and runtime, as in the settings `glovebox.docker.*`. */
  readonly docker?: Partial<DockerSettings>;
  readonly signal?: AbortSignal;
}

const MiB = 1024 * 1024;
const dayMs = 24 * 3_600_000;
const graceMs = 5000;

/** A command of an agent may take longer and say more than a program that a person watches. */
const agentLimits: Limits = {
  ...defaultLimits,
  wallMs: 120_000,
  outputBytes: 8 * MiB,
  outputTotalBytes: 256 * MiB,
};

/**
 * A sandbox for LangChain's `deepagents`: one hardened container without a network that lives from
 * `initialize` to `close`. Agents work in `/work` and `/tmp`; everything else is read-only.
 *
 * @example
 * const sandbox = await GloveboxSandbox.create({ initialFiles: { '/work/data.csv': csv } });
 * const agent = createDeepAgent({ model, backend: sandbox });
 */
export class GloveboxSandbox extends BaseSandbox {
  readonly id = `glovebox-${randomUUID()}`;
  readonly #options: GloveboxSandboxOptions;
  readonly #limits: Limits;
  #executor: DockerExecutor | undefined;
  #session: Session | undefined;
  #folder: string | undefined;
  #starting = false;

  /** Starts nothing; see `initialize` and `create`. */
  constructor(options: GloveboxSandboxOptions = {}) {
    super();
    this.#options = options;
    this.#limits = { ...agentLimits, ...options.limits };
  }

  /** A sandbox that is ready, with its initial files in place. */
  static async create(options: GloveboxSandboxOptions = {}): Promise<GloveboxSandbox> {
    const sandbox = new GloveboxSandbox(options);
    await sandbox.initialize();
    return sandbox;
  }

  /** False before `initialize`, after `close`, and when the container has ended. */
  get isRunning(): boolean {
    return this.#session?.alive ?? false;
  }

  /** Starts the container and writes the initial files; also after `close`, with nothing kept. */
  async initialize(): Promise<void> {
    if (this.#starting || this.isRunning) {
      throw new SandboxError('The sandbox runs already.', 'ALREADY_INITIALIZED');
    }
    this.#starting = true;
    try {
      await this.close();
      await this.#start();
      await this.#writeInitialFiles();
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      this.#starting = false;
    }
  }

  /**
   * Runs a command in the shell and waits for its end; output is both streams in order. What it leaves in the
   * background is stopped until the next command, and goes on beside that.
   * @param options.timeout - Seconds for this command instead of the configured ones.
   */
  override async execute(command: string, options?: { timeout?: number }): Promise<ExecuteResponse> {
    const session = this.#running();
    const seconds = Math.ceil(options?.timeout ?? this.#limits.wallMs / 1000) || dayMs / 1000;
    const file = longCommandFile(command);
    if (file !== undefined) await this.#putCommand(session, file, command);
    const runId = randomUUID();
    const result = await session.run(
      {
        runId,
        language: 'shell',
        code: shellProgram(command, file, seconds),
        title: 'command.sh',
        files: [],
        sessionId: this.id,
        // What ends the whole sandbox: a command that got round the limit inside.
        limits: { ...this.#limits, wallMs: seconds * 1000 + graceMs, cpuMs: dayMs, artifactCount: 0 },
      },
      () => undefined,
      this.#options.signal ?? new AbortController().signal,
    );
    // What did not fit into the answer is not asked for again.
    if (this.#folder !== undefined)
      await rm(path.join(this.#folder, runId), { recursive: true, force: true });
    return executeResponse(result, seconds);
  }

  /** Writes files, each with its own answer; folders on the way are made. */
  override async uploadFiles(files: [string, Uint8Array][]): Promise<FileUploadResponse[]> {
    const session = this.#running();
    const answers: FileUploadResponse[] = [];
    for (const [file, content] of files) {
      const reply = isSandboxPath(file) ? await session.put(file, content) : { error: 'EINVAL' };
      answers.push({ path: file, error: 'error' in reply ? fileErrorOf(this.#still(reply.error)) : null });
    }
    return answers;
  }

  /** Reads files, each with its own answer. */
  override async downloadFiles(paths: string[]): Promise<FileDownloadResponse[]> {
    const session = this.#running();
    const answers: FileDownloadResponse[] = [];
    for (const file of paths) {
      const reply = isSandboxPath(file) ? await session.get(file) : { error: 'EINVAL' };
      answers.push(
        'error' in reply
          ? { path: file, content: null, error: fileErrorOf(this.#still(reply.error)) }
          : { path: file, content: new Uint8Array(reply.data), error: null },
      );
    }
    return answers;
  }

  /** Removes the container with everything in it. May be called again. */
  async close(): Promise<void> {
    const [session, executor, folder] = [this.#session, this.#executor, this.#folder];
    this.#session = this.#executor = this.#folder = undefined;
    await session?.close();
    await executor?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #start(): Promise<void> {
    this.#folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-deepagents-'));
    // One container that lives as long as its owner wants; nothing waits beside it.
    const settings = dockerSettings.parse({
      sessionIdleSeconds: dayMs / 1000,
      ...this.#options.docker,
      poolSize: 0,
    });
    this.#executor = createDockerExecutor({
      root: projectFolder(),
      settings: () => settings,
      limits: () => this.#limits,
      runsFolder: this.#folder,
    });
    const signal = this.#options.signal ?? new AbortController().signal;
    this.#session = await this.#executor.openSession(this.#limits, signal);
  }

  async #writeInitialFiles(): Promise<void> {
    const files = Object.entries(this.#options.initialFiles ?? {});
    const encoder = new TextEncoder();
    const answers = await this.uploadFiles(
      files.map(([file, content]) => [file, typeof content === 'string' ? encoder.encode(content) : content]),
    );
    const failed = answers.find(({ error }) => error !== null);
    if (failed === undefined) return;
    throw new SandboxError(
      `The initial file ${failed.path} cannot be written (${failed.error ?? ''}). Use an absolute path below /work or /tmp.`,
      'FILE_OPERATION_FAILED',
    );
  }

  async #putCommand(session: Session, file: string, command: string): Promise<void> {
    const reply = await session.put(file, Buffer.from(fileContent(command)));
    if (!('error' in reply)) return;
    const why = this.#still(reply.error);
    throw new SandboxError(`The command cannot be put into the sandbox (${why}).`, 'COMMAND_FAILED');
  }

  #running(): Session {
    if (this.#session?.alive === true) return this.#session;
    throw new SandboxError('The sandbox does not run. Call initialize() first.', 'NOT_INITIALIZED');
  }

  /** A file error, unless the container itself is gone. */
  #still(posix: string): string {
    if (posix === 'EPIPE') this.#running();
    return posix;
  }
}
