import type { Change } from '../protocol/change.ts';
import type { ChatState, Entry } from '../protocol/chatState.ts';
import type { ToHost } from '../protocol/toHost.ts';
import { PermissionCard } from './card/permissionCard.ts';
import { ProposalCard } from './card/proposalCard.ts';
import { element } from './element.ts';
import { AssistantMessage } from './message/assistantMessage.ts';
import { failureBanner, noticeLine } from './message/banner.ts';
import type { PageMemory } from './pageMemory.ts';
import { userMessage } from './message/userMessage.ts';

interface Shown {
  readonly element: HTMLElement;
  readonly update: (entry: Entry) => void;
  readonly updateOutput?: (entry: Entry) => void;
}

/** The conversation on the screen; each entry looks after itself. */
export class Transcript {
  readonly element = element('div', {
    class: 'transcript',
    testid: 'transcript',
    // What is said aloud comes from the announcer: a stream of words would never end.
    attributes: { role: 'log', 'aria-live': 'off', 'aria-label': 'Conversation' },
  });
  readonly #send: (message: ToHost) => void;
  readonly #memory: PageMemory;
  readonly #shown = new Map<string, Shown>();

  constructor(send: (message: ToHost) => void, memory: PageMemory) {
    this.#send = send;
    this.#memory = memory;
  }

  reset(entries: readonly Entry[]): void {
    this.#shown.clear();
    this.element.replaceChildren();
    for (const entry of entries) this.#put(entry);
  }

  /** `state` is the one after the changes: an entry is drawn once however often it changed. */
  apply(changes: readonly Change[], state: ChatState): void {
    const touched = new Set<string>();
    const output = new Set<string>();
    for (const change of changes) {
      if (change.kind === 'entry') touched.add(change.entry.id);
      else if (change.kind === 'append') touched.add(change.id);
      else if (change.kind === 'output') output.add(change.id);
      else if (change.kind === 'truncate' || change.kind === 'remove') this.#forget(state);
    }
    for (const entry of named(state.entries, new Set([...touched, ...output]))) {
      if (touched.has(entry.id)) this.#put(entry);
      else this.#shown.get(entry.id)?.updateOutput?.(entry);
    }
  }

  /** The place of an entry on the screen. */
  find(id: string): HTMLElement | undefined {
    return this.#shown.get(id)?.element;
  }

  #put(entry: Entry): void {
    const known = this.#shown.get(entry.id);
    if (known !== undefined) return known.update(entry);
    const shown = this.#build(entry);
    this.#shown.set(entry.id, shown);
    this.element.append(shown.element);
  }

  #forget(state: ChatState): void {
    const left = new Set(state.entries.map((entry) => entry.id));
    for (const [id, shown] of this.#shown) {
      if (left.has(id)) continue;
      shown.element.remove();
      this.#shown.delete(id);
    }
  }

  #build(entry: Entry): Shown {
    const fixed = (made: HTMLElement): Shown => ({ element: made, update: () => undefined });
    switch (entry.kind) {
      case 'user':
        return fixed(userMessage(entry, this.#send, this.#memory));
      case 'notice': {
        const line = element('div', {}, noticeLine(entry, this.#send));
        return {
          element: line,
          update: (next) =>
            next.kind === 'notice' ? line.replaceChildren(noticeLine(next, this.#send)) : undefined,
        };
      }
      case 'failure':
        return fixed(failureBanner(entry, this.#send));
      case 'assistant': {
        const message = new AssistantMessage(
          entry,
          (url) => this.#send({ kind: 'openLink', url }),
          () => this.#send({ kind: 'retry', entryId: entry.id }),
        );
        return {
          element: message.element,
          update: (next) => (next.kind === 'assistant' ? message.update(next) : undefined),
        };
      }
      case 'permission': {
        const card = new PermissionCard(entry, this.#send, this.#memory);
        return {
          element: card.element,
          update: (next) => (next.kind === 'permission' ? card.update(next) : undefined),
        };
      }
      case 'card': {
        const card = new ProposalCard(entry, this.#send, this.#memory);
        return {
          element: card.element,
          update: (next) => (next.kind === 'card' ? card.update(next) : undefined),
          updateOutput: (next) => (next.kind === 'card' ? card.updateOutput(next) : undefined),
        };
      }
    }
  }
}

/** The entries of these ids, in their order. Nearly always they are the last ones, so the search begins there. */
function named(entries: readonly Entry[], ids: ReadonlySet<string>): readonly Entry[] {
  const found: Entry[] = [];
  for (let at = entries.length - 1; at >= 0 && found.length < ids.size; at -= 1) {
    const entry = entries[at];
    if (entry !== undefined && ids.has(entry.id)) found.push(entry);
  }
  return found.reverse();
}
