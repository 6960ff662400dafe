import type { AgentEvent } from '../core/agent.ts';
import type { Decision, Unsuited } from '../core/decision.ts';
import type { Report } from '../core/finding.ts';
import type { InputFile, Proposal } from '../core/proposal.ts';
import { AgentStop } from './agentStop.ts';

const mostRounds = 25;

/**
 * One run of the agent from a message (or a resumed approval) to its end. Tools start again from
 * their top after an approval, so what was said once must not be said again.
 */
export class Turn {
  readonly threadId: string;
  readonly signal: AbortSignal;
  readonly #listener: (event: AgentEvent) => void;
  /** Files that the person attached in this conversation. */
  readonly attached: readonly InputFile[];
  /** Files that the model asked for, by name, so that an approval shows what it will open. */
  readonly opened = new Map<string, InputFile>();
  /** Runs under way; a stopped turn ends only when they have ended. */
  readonly #runs = new Set<Promise<unknown>>();
  #ended = false;
  readonly #failures = new Map<string, number>();
  #rounds = 0;
  readonly #proposed = new Set<string>();
  readonly #asked = new Map<string, number>();
  readonly #decisions = new Map<string, (Decision | Unsuited)[]>();

  constructor(
    threadId: string,
    attached: readonly InputFile[],
    emit: (event: AgentEvent) => void,
    signal: AbortSignal,
  ) {
    this.threadId = threadId;
    this.attached = attached;
    this.#listener = emit;
    this.signal = signal;
  }

  readonly emit = (event: AgentEvent): void => {
    if (!this.#ended) this.#listener(event);
  };

  /** Resolves when nothing runs any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#runs);
  }

  /** Says the last word; nothing is heard of this turn afterwards. */
  end(event: Extract<AgentEvent, { kind: 'done' | 'failed' }>): void {
    this.emit(event);
    this.#ended = true;
  }

  track<T>(run: Promise<T>): Promise<T> {
    this.#runs.add(run);
    return run.finally(() => this.#runs.delete(run));
  }

  /** Counts calls of the model: LangGraph's own limit begins anew with every approval. */
  round(): void {
    this.#rounds += 1;
    if (this.#rounds <= mostRounds) return;
    throw new AgentStop(
      'step-limit',
      'The agent took too many steps for one request. Say more precisely what you want, or ask it to go on.',
    );
  }

  /** Counts what did not work. The same program three times over leads nowhere. */
  failed(code: string): void {
    const key = code.replace(/\s+/g, ' ').trim();
    const times = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, times);
    if (times < 3) return;
    throw new AgentStop(
      'loop',
      'The agent proposed the same program three times although it does not work, so it was stopped. Tell it what to do differently.',
    );
  }

  proposed(proposal: Proposal, report: Report): void {
    const key = `${proposal.id} ${proposal.hash} ${JSON.stringify(report)}`;
    if (this.#proposed.has(key)) return;
    this.#proposed.add(key);
    this.emit({ kind: 'proposed', proposal, report });
  }

  /** Notes that a question about a proposal is put to the person, so many others having been answered. */
  asks(proposalId: string, answered: number): void {
    this.#asked.set(proposalId, answered + 1);
  }

  /** How many questions about a proposal were put to the person. */
  asked(proposalId: string): number {
    return this.#asked.get(proposalId) ?? 0;
  }

  /** Says the person's decision, unless an earlier pass through the tool has said the one of this number. */
  heard(proposalId: string, decision: Decision, index: number): void {
    const said = this.#decisions.get(proposalId) ?? [];
    if (index < said.length) return;
    this.#decisions.set(proposalId, [...said, decision]);
    this.emit({ kind: 'decided', proposalId, decision });
  }

  /** Says a decision that no person made: the policy's, or the pipeline's refusal. */
  decided(proposalId: string, decision: Decision | Unsuited): void {
    const said = this.#decisions.get(proposalId) ?? [];
    if (said.at(-1)?.kind === decision.kind) return;
    this.#decisions.set(proposalId, [...said, decision]);
    this.emit({ kind: 'decided', proposalId, decision });
  }
}
