import * as z from 'zod/mini';
import { applyChange, type Change } from '../protocol/change.ts';
import type { ChatState } from '../protocol/chatState.ts';
import type { ToHost } from '../protocol/toHost.ts';
import { protocolVersion, toViewSchema, type ToView } from '../protocol/toView.ts';

// The page's policy forbids building functions from strings, which the parser would do for speed.
z.config({ jitless: true });

const kindSchema = z.object({ kind: z.string() });

/** What VS Code gives a page, once. */
export interface HostApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

export interface ConnectionListener {
  /** All that was known before is void. */
  snapshot(state: ChatState): void;
  /** `state` is the one after all of the changes. */
  changed(changes: readonly Change[], state: ChatState): void;
  completions(message: Extract<ToView, { kind: 'completions' }>): void;
  found(message: Extract<ToView, { kind: 'found' }>): void;
  compose(message: Extract<ToView, { kind: 'compose' }>): void;
  /** The host speaks another version of the protocol: only a reload of the window helps. */
  outdated(): void;
}

/** Follows the host's state by its numbered messages, and asks for a snapshot when one is missing. */
export class Connection {
  readonly #api: HostApi;
  readonly #listener: ConnectionListener;
  #state: ChatState | undefined;
  #seq = 0;

  constructor(api: HostApi, listener: ConnectionListener) {
    this.#api = api;
    this.#listener = listener;
  }

  /** As the host last told it. */
  get state(): ChatState | undefined {
    return this.#state;
  }

  send(message: ToHost): void {
    this.#api.postMessage(message);
  }

  ready(): void {
    this.send({ kind: 'ready', version: protocolVersion });
  }

  receive(data: unknown): void {
    const parsed = toViewSchema.safeParse(data);
    if (!parsed.success) return this.#misunderstood(data);
    const message = parsed.data;
    switch (message.kind) {
      case 'snapshot':
        if (message.version !== protocolVersion) return this.#listener.outdated();
        this.#seq = message.seq;
        this.#state = message.state;
        return this.#listener.snapshot(message.state);
      case 'patch':
        return this.#patch(message.seq, message.changes);
      case 'completions':
        return this.#listener.completions(message);
      case 'found':
        return this.#listener.found(message);
      case 'compose':
        return this.#listener.compose(message);
    }
  }

  /** A patch that makes no sense is made good by a snapshot; for a snapshot there is no more to ask. */
  #misunderstood(data: unknown): void {
    const kind = kindSchema.safeParse(data).data?.kind;
    if (kind === 'snapshot') this.#listener.outdated();
    else if (kind === 'patch') this.#lost();
  }

  #lost(): void {
    this.#state = undefined;
    this.ready();
  }

  #patch(seq: number, changes: readonly Change[]): void {
    if (this.#state === undefined) return;
    if (seq !== this.#seq + 1) return this.#lost();
    this.#seq = seq;
    this.#state = changes.reduce(applyChange, this.#state);
    this.#listener.changed(changes, this.#state);
  }
}
