import type { Limits } from '../../core/limits.ts';
import type { Artifact, OutputFile, OutputStream, RunEvent } from '../../core/run.ts';
import { ArtifactFolder } from '../artifactFolder.ts';
import { CappedOutput, type KeptOutput, type Spill } from '../cappedOutput.ts';
import { ArtifactIntake } from './artifactIntake.ts';
import type { Frame } from './frames.ts';
import { artifactMessage, exitMessage, fromRunner, textMessage, type ExitMessage } from './runnerMessages.ts';
import { whyNotKept } from './whyNotKept.ts';

const maxNotices = 50;
const maxQueuedBytes = 8 * 1024 * 1024;
const maxValue = 64 * 1024;
/** The runner ends the program at its limit, when it has sent what was in the pipes; past this we do. */
const outputGraceBytes = 4 * 1024 * 1024;

/** What came out of a run. */
export interface Collected {
  readonly stdout: KeptOutput;
  readonly stderr: KeptOutput;
  readonly value: string | undefined;
  readonly artifacts: readonly Artifact[];
  /** The streams that are whole in a file, because not all of them was kept here. */
  readonly fullOutput: readonly OutputFile[];
  readonly notices: readonly string[];
}

export interface CollectorHooks {
  readonly started: () => void;
  readonly exited: (exit: ExitMessage) => void;
  readonly ended: () => void;
  /** More output came than any runner of ours lets through. */
  readonly flooded: () => void;
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
  readonly #intake: ArtifactIntake;
  readonly #notices: string[] = [];
  readonly #fullOutput = new Map<OutputStream, OutputFile>();
  #value: string | undefined;
  #queue: Promise<void> = Promise.resolve();
  #queued = 0;
  #outputLeft: number;

  constructor(folder: string, limits: Limits, emit: (event: RunEvent) => void, hooks: CollectorHooks) {
    this.#folder = new ArtifactFolder(folder, limits.artifactBytes);
    this.#outputLeft = limits.outputTotalBytes + outputGraceBytes;
    this.#intake = new ArtifactIntake(this.#folder, limits.artifactCount, (artifact) => {
      this.#artifacts.push(artifact);
      emit({ kind: 'artifact', artifact });
    });
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
        this.#value = textMessage.parse(parse(frame)).text.slice(0, maxValue);
        return;
      case fromRunner.notice:
        return this.#notice(textMessage.parse(parse(frame)).text);
      case fromRunner.artifact: {
        const { name } = artifactMessage.parse(parse(frame));
        return this.#later(0, async () => this.#intake.begin(name));
      }
      case fromRunner.artifactData:
        return this.#later(frame.payload.length, async () => this.#intake.append(frame.payload));
      case fromRunner.exit:
        return this.#hooks.exited(exitMessage.parse(parse(frame)));
      case fromRunner.end:
        return this.#later(0, async () => {
          await this.#intake.end();
          this.#hooks.ended();
        });
      default:
        throw new Error(`The sandbox sent a frame of an unknown kind (${JSON.stringify(frame.type)}).`);
    }
  }

  /** Waits for the disk and closes everything, and shows the end of output that was too long to be shown as it came. */
  async finish(): Promise<Collected> {
    await this.#queue;
    await this.#folder.close();
    for (const stream of ['stdout', 'stderr'] as const) {
      const text = this.#outputs[stream].rest();
      if (text !== '') this.#emit({ kind: 'output', stream, text });
    }
    return {
      stdout: this.#outputs.stdout.finish(),
      stderr: this.#outputs.stderr.finish(),
      value: this.#value,
      artifacts: this.#artifacts,
      fullOutput: [...this.#fullOutput.values()],
      notices: [...this.#notices, ...this.#intake.notices()],
    };
  }

  #output(stream: OutputStream, chunk: Uint8Array): void {
    if (this.#outputLeft < 0) return;
    this.#outputLeft -= chunk.length;
    if (this.#outputLeft < 0) return this.#hooks.flooded();
    const text = this.#outputs[stream].push(chunk);
    if (text !== '') this.#emit({ kind: 'output', stream, text });
  }

  #notice(text: string): void {
    if (this.#notices.length < maxNotices) this.#notices.push(text.slice(0, 1000));
  }

  #spill(stream: OutputStream): Spill {
    let spill: (Spill & { readonly path: string }) | undefined;
    const attempt = (step: () => void): void => {
      try {
        step();
      } catch (error) {
        // What is shown of it is as good as it was.
        spill = undefined;
        this.#fullOutput.delete(stream);
        this.#notice(`Not all of ${stream} could be kept in a file: ${whyNotKept(error)}`);
      }
    };
    attempt(() => {
      spill = this.#folder.spill(`${stream}.txt`);
      this.#fullOutput.set(stream, { stream, path: spill.path });
    });
    return { write: (chunk) => attempt(() => spill?.write(chunk)) };
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
