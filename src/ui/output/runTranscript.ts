import { pathToFileURL } from 'node:url';
import { firstCode, type FinalDecision } from '../../core/decision.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { RunEvent, RunResult } from '../../core/run.ts';
import { neutralLine } from './controlText.ts';
import { decisionText } from './decisionText.ts';
import { LineStream } from './lineStream.ts';
import { bytes, metricsBlock } from './metricsBlock.ts';
import { screenText, type KnownSecrets } from './screenText.ts';

/** Shown of each stream of one run; the record keeps what the limits allow. */
const streamBudget = 1_000_000;

const insisted = (decision: FinalDecision): boolean =>
  decision.kind === 'run' && decision.inSpiteOfFindings === true;

/** Writes one run as text, in the order of its events. Pure but for `write`. */
export class RunTranscript {
  readonly #write: (text: string) => void;
  readonly #name: string;
  readonly #secrets: KnownSecrets;
  readonly #streams: Readonly<Record<'stdout' | 'stderr', LineStream>>;
  #last: 'stdout' | 'stderr' = 'stdout';
  #headed = false;
  #rejected = false;

  constructor(proposal: Proposal, secrets: KnownSecrets, write: (text: string) => void) {
    this.#write = write;
    this.#secrets = secrets;
    this.#streams = {
      stdout: new LineStream('', streamBudget, secrets),
      stderr: new LineStream('stderr │ ', streamBudget, secrets),
    };
    this.#name = neutralLine(proposal.title);
  }

  /** Says what is not as ever: that it does not run, or that the code is not the model's, or was blocked. */
  decided(decision: FinalDecision, at: Date): void {
    this.#rejected = decision.kind === 'reject';
    const plain = !this.#rejected && firstCode(decision) === undefined && !insisted(decision);
    if (plain) return;
    this.#head(at);
    this.#write(`… ${decisionText(decision)}\n`);
  }

  show(event: RunEvent, at: Date): void {
    this.#head(at);
    switch (event.kind) {
      case 'progress':
        this.#write(`… ${neutralLine(event.message)}\n`);
        break;
      case 'started':
        break;
      case 'output':
        this.#output(event.stream, event.text);
        break;
      case 'artifact':
        this.#note(`file: ${neutralLine(event.artifact.name)} (${bytes(event.artifact.bytes)})`);
        break;
      case 'finished':
        this.#finish(event.result);
        break;
    }
  }

  #head(at: Date): void {
    if (this.#headed) return;
    this.#headed = true;
    this.#write(`\n━━━ ${this.#name} ━━━ ${at.toLocaleTimeString()}\n`);
  }

  #output(stream: 'stdout' | 'stderr', text: string): void {
    const other = this.#streams[this.#last];
    if (stream !== this.#last && !other.atLineStart) this.#write(other.breakLine());
    this.#last = stream;
    this.#write(this.#streams[stream].push(text));
  }

  #note(line: string): void {
    this.#write(`${this.#streams[this.#last].end()}${line}\n`);
  }

  #finish(result: RunResult): void {
    // What became of it was said with the decision, and nothing ran.
    if (this.#rejected) return this.#write(`─── ${this.#name}\n`);
    this.#write(this.#streams.stdout.end() + this.#streams.stderr.end());
    const dropped = this.#streams.stdout.dropped + this.#streams.stderr.dropped;
    if (dropped > 0) this.#write(`… ${dropped} more characters are not shown here\n`);
    if (result.value !== undefined) this.#write(`Out: ${screenText(result.value, this.#secrets)}\n`);
    if (result.message !== undefined) this.#write(`${screenText(result.message, this.#secrets)}\n`);
    // A file's address is a link in the channel.
    for (const { stream, path } of result.fullOutput ?? [])
      this.#write(`all of ${stream}: ${pathToFileURL(path).href}\n`);
    for (const notice of result.notices) this.#write(`note: ${neutralLine(notice, 500)}\n`);
    if (result.missingPackage !== undefined)
      this.#write('to get it: the command "Glovebox: Fetch Python Packages…"\n');
    this.#write(`─── ${this.#name}\n`);
    for (const [name, value] of metricsBlock(result)) {
      this.#write(`    ${name.padEnd(12)} ${neutralLine(value)}\n`);
    }
  }
}
