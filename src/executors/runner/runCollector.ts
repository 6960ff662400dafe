import type { Limits } from '../../core/limits.ts';
import type { Artifact, OutputStream, RunEvent } from '../../core/run.ts';
import { ArtifactFolder } from '../artifactFolder.ts';
import { CappedOutput, type KeptOutput } from '../cappedOutput.ts';
import type { Frame } from './frames.ts';
import { artifactMessage, exitMessage, fromRunner, textMessage, type ExitMessage } from './runnerMessages.ts';

const maxNotices = 50;
const maxQueuedBytes = 8 * 1024 * 1024;

/** What came out of a run. */
export interface Collected {
  readonly stdout: KeptOutput;
  readonly stderr: KeptOutput;
  readonly value: string | undefined;
  readonly artifacts: readonly Artifact[];
  readonly notices: readonly string[];
}

export interface CollectorHooks {
  readonly started: () => void;
  readonly exited: (exit: ExitMessage) => void;
  readonly ended: () => void;
  readonly broken: (error: unknown) => void;
  /** Artifacts come faster than the disk takes them, or no longer. */
  readonly busy: (busy: boolean) => void;
}

/** Takes the runner's frames: streams output, keeps what fits, writes artifacts to the host. */
export class RunCollector {
  readonly #folder: ArtifactFolder;
  readonly #outputs: Record<OutputStream, CappedOutput>;
  readonly #emit: (event: RunEvent) => void;
  readonly #hooks: CollectorHooks;
  readonly #artifacts: Artifact[] = [];
  readonly #notices: string[] = [];
  #value: string | undefined;
  #queue: Promise<void> = Promise.resolve();
  #queued = 0;

  constructor(folder: string, limits: Limits, emit: (event: RunEvent) => void, hooks: CollectorHooks) {
    this.#folder = new ArtifactFolder(folder, limits.artifactBytes);
    this.#emit = emit;
    this.#hooks = hooks;
    const output = (stream: OutputStream): CappedOutput =>
      new CappedOutput(limits.outputBytes, () => this.#spill(stream));
    this.#outputs = { stdout: output('stdout'), stderr: output('stderr') };
  }

  frame(frame: Frame): void {
    switch (frame.type) {
      case fromRunner.started:
        return this.#hooks.started();
      case fromRunner.stdout:
        return this.#output('stdout', frame.payload);
      case fromRunner.stderr:
        return this.#output('stderr', frame.payload);
      case fromRunner.value:
        this.#value = textMessage.parse(parse(frame)).text;
        return;
      case fromRunner.notice:
        return this.#notice(textMessage.parse(parse(frame)).text);
      case fromRunner.artifact: {
        const { name } = artifactMessage.parse(parse(frame));
        return this.#later(0, async () => {
          await this.#endArtifact();
          await this.#folder.begin(name);
        });
      }
      case fromRunner.artifactData:
        return this.#later(frame.payload.length, () => this.#folder.append(frame.payload));
      case fromRunner.exit:
        return this.#hooks.exited(exitMessage.parse(parse(frame)));
      case fromRunner.end:
        return this.#later(0, async () => {
          await this.#endArtifact();
          this.#hooks.ended();
        });
      default:
        throw new Error(`The sandbox sent a frame of an unknown kind (${JSON.stringify(frame.type)}).`);
    }
  }

  /** Waits for the disk and closes everything. */
  async finish(): Promise<Collected> {
    await this.#queue;
    await this.#folder.close();
    return {
      stdout: this.#outputs.stdout.finish(),
      stderr: this.#outputs.stderr.finish(),
      value: this.#value,
      artifacts: this.#artifacts,
      notices: this.#notices,
    };
  }

  #output(stream: OutputStream, chunk: Uint8Array): void {
    const text = this.#outputs[stream].push(chunk);
    if (text !== '') this.#emit({ kind: 'output', stream, text });
  }

  #notice(text: string): void {
    if (this.#notices.length < maxNotices) this.#notices.push(text.slice(0, 1000));
  }

  #spill(stream: OutputStream): { write(chunk: Uint8Array): void } {
    const spill = this.#folder.spill(`${stream}.txt`);
    this.#notice(`The whole ${stream} is in ${spill.path}`);
    return spill;
  }

  async #endArtifact(): Promise<void> {
    const artifact = await this.#folder.end();
    if (artifact === undefined) return;
    this.#artifacts.push(artifact);
    this.#emit({ kind: 'artifact', artifact });
  }

  /** Artifact frames are handled one after the other. */
  #later(bytes: number, step: () => Promise<void>): void {
    this.#queued += bytes;
    if (this.#queued > maxQueuedBytes) this.#hooks.busy(true);
    this.#queue = this.#queue
      .then(step)
      .catch(this.#hooks.broken)
      .then(() => {
        this.#queued -= bytes;
        if (this.#queued === 0) this.#hooks.busy(false);
      });
  }
}

function parse(frame: Frame): unknown {
  return JSON.parse(frame.payload.toString());
}
