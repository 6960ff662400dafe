import type { FinalDecision } from '../../core/decision.ts';
import type { Disposable } from '../../core/lifecycle.ts';
import type { Output } from '../../core/ports.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { RunEvent } from '../../core/run.ts';
import { neutralLine } from './controlText.ts';
import { RunTranscript } from './runTranscript.ts';
import type { KnownSecrets } from './screenText.ts';

/** The part of an output channel that is used here. */
export interface TextChannel extends Disposable {
  append(text: string): void;
  show(preserveFocus: boolean): void;
}

interface Shown {
  readonly name: string;
  readonly transcript: RunTranscript;
  text: string;
}

/** Chunks are joined for this long before the channel is touched. */
const joinMs = 40;
/** Longer where several runs write at once, so that each has a paragraph and not a line. */
const joinSeveralMs = 400;

/** The output channel "Glovebox": every run of every door, live, each under its own name. */
export class RunChannel implements Output, Disposable {
  readonly #channel: TextChannel;
  readonly #secrets: KnownSecrets;
  readonly #shown = new Map<string, Shown>();
  #lastWriter: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(channel: TextChannel, secrets: KnownSecrets) {
    this.#channel = channel;
    this.#secrets = secrets;
  }

  /** Shows the channel and leaves the focus where it is. */
  reveal(): void {
    this.#channel.show(true);
  }

  decided(proposal: Proposal, decision: FinalDecision): void {
    const shown = this.#shown.get(proposal.id) ?? this.#begin(proposal);
    shown.transcript.decided(decision, new Date());
  }

  show(proposal: Proposal, event: RunEvent): void {
    const shown = this.#shown.get(proposal.id) ?? this.#begin(proposal);
    shown.transcript.show(event, new Date());
    if (event.kind === 'finished') {
      this.#write(proposal.id, shown);
      this.#shown.delete(proposal.id);
      this.#lastWriter = undefined;
      return;
    }
    this.#timer ??= setTimeout(() => this.#flush(), this.#shown.size > 1 ? joinSeveralMs : joinMs);
  }

  /** A line of its own, e.g. about a change of a file. */
  note(text: string): void {
    this.#flush();
    this.#channel.append(`\n${text}\n`);
    this.#lastWriter = undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#channel.dispose();
  }

  #begin(proposal: Proposal): Shown {
    const shown: Shown = {
      name: neutralLine(proposal.title),
      text: '',
      transcript: new RunTranscript(proposal, this.#secrets, (text) => {
        shown.text += text;
      }),
    };
    this.#shown.set(proposal.id, shown);
    return shown;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [id, shown] of this.#shown) this.#write(id, shown);
  }

  #write(id: string, shown: Shown): void {
    if (shown.text === '') return;
    const begins = shown.text.startsWith('\n━━━');
    if (this.#lastWriter !== id && !begins) this.#channel.append(`\n━━━ ${shown.name} ━━━ …\n`);
    this.#channel.append(shown.text);
    shown.text = '';
    this.#lastWriter = id;
  }
}
