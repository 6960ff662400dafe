import type { AgentEvent, AskRequest, TakenBack } from '../../../src/core/agent.ts';
import type { Agent } from '../../../src/core/ports.ts';

/** One request that the page has sent, to be answered by the test. */
export interface Answering {
  readonly request: AskRequest;
  readonly signal: AbortSignal;
  emit(event: AgentEvent): void;
  end(): void;
}

/** An agent whose every word is said by the test. */
export class ScriptedAgent implements Agent {
  readonly requests: AskRequest[] = [];
  /** How many requests were taken back or left out, in the order of the calls. */
  readonly rewound: number[] = [];
  readonly branched: number[] = [];
  readonly forgotten: string[] = [];
  /** Where it does not, it takes the time that the test gives it, as a model may. */
  endsOnStop = true;
  readonly #pending: Set<string>;
  #waiting = Promise.withResolvers<Answering>();

  /** `pending`: threads in which a decision is still open. */
  constructor(pending: readonly string[] = []) {
    this.#pending = new Set(pending);
  }

  /** The next request, once it has come. */
  async next(): Promise<Answering> {
    const answering = await this.#waiting.promise;
    this.#waiting = Promise.withResolvers<Answering>();
    return answering;
  }

  async ask(request: AskRequest, emit: (event: AgentEvent) => void, signal: AbortSignal): Promise<void> {
    this.requests.push(request);
    const ended = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => this.endsOnStop && ended.resolve());
    this.#waiting.resolve({ request, signal, emit, end: ended.resolve });
    await ended.promise;
    emit({ kind: 'done' });
  }

  resume(threadId: string, emit: (event: AgentEvent) => void, signal: AbortSignal): Promise<void> {
    this.#pending.delete(threadId);
    return this.ask({ threadId, requestId: '', text: '', files: [] }, emit, signal);
  }

  async hasPending(threadId: string): Promise<boolean> {
    return this.#pending.has(threadId);
  }

  async rewind(_threadId: string, requestIds: readonly string[]): Promise<TakenBack> {
    this.rewound.push(requestIds.length);
    return { inSummary: false };
  }

  async branch(_threadId: string, _newThreadId: string, requestIds: readonly string[]): Promise<TakenBack> {
    this.branched.push(requestIds.length);
    return { inSummary: false };
  }

  async forget(threadId: string): Promise<void> {
    this.forgotten.push(threadId);
  }

  async close(): Promise<void> {}
}
