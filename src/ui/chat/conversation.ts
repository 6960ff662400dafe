import { openElsewhere, type AgentEvent, type AskRequest } from '../../core/agent.ts';
import { Emitter } from '../../core/lifecycle.ts';
import type { Report } from '../../core/finding.ts';
import type { Agent } from '../../core/ports.ts';
import type { InputFile, Proposal } from '../../core/proposal.ts';
import type { Card } from '../../protocol/card.ts';
import type { Change } from '../../protocol/change.ts';
import { changesOf } from './agentChanges.ts';
import { BehindEntries } from './behindEntries.ts';
import { stepped, titleOf, type Content } from './conversationContent.ts';
import { failureOf } from './failure.ts';
import type { FoundFiles } from './filesOfRequest.ts';
import { lapsed, restored } from './lapsed.ts';
import type { KnownSecrets } from '../output/screenText.ts';
import { cardOfQuestion, isToldAgain } from './openQuestion.ts';
import { OutputCleaner } from './outputCleaner.ts';
import { stoppedLine } from './stopped.ts';
import type { StoredConversation } from './storedConversation.ts';

export interface ConversationParts {
  readonly agent: () => Promise<Agent>;
  readonly newId: () => string;
  readonly now: () => number;
  /** What is never shown where a program wrote it. */
  readonly secrets: KnownSecrets;
}

/** One thread with the agent: what was said, what ran, and the request that is under way. */
export class Conversation {
  readonly id: string;
  readonly behind: BehindEntries;
  readonly #parts: ConversationParts;
  readonly #cleaner: OutputCleaner;
  readonly #changed = new Emitter<readonly Change[]>();
  #content: Content;
  #running: AbortController | undefined;
  #ended: Promise<void> = Promise.resolve();
  #mark = 0;
  #elsewhere = false;

  /** Tells what changed after every step. */
  readonly onDidChange = this.#changed.on;

  constructor(stored: StoredConversation, parts: ConversationParts) {
    this.id = stored.conversation.id;
    this.#parts = parts;
    this.#cleaner = new OutputCleaner(parts.secrets);
    this.behind = new BehindEntries(stored.artifacts);
    this.#content = {
      conversation: stored.conversation,
      entries: stored.entries.map(restored),
      usage: stored.usage,
      ...(stored.context === undefined ? {} : { context: stored.context }),
      busy: false,
    };
  }

  get content(): Content {
    return this.#content;
  }

  /** Another window went on with it, so what is shown here may be old. */
  get elsewhere(): boolean {
    return this.#elsewhere;
  }

  /** Another window has a turn of it open: nothing here can be answered or gone on with. */
  openElsewhere(): void {
    this.#elsewhere = true;
    this.#settle();
    this.receive({ kind: 'notice', message: openElsewhere });
  }

  /** What has to be kept so that the conversation can be shown again. */
  stored(): StoredConversation {
    const { busy: _, ...content } = this.#content;
    return { version: 1, ...content, artifacts: this.behind.stored() };
  }

  /** Draws a card of it anew, if it is there. */
  changeCard(id: string, step: (card: Card) => Card): void {
    const card = this.#content.entries.find((entry) => entry.id === id);
    if (card?.kind === 'card') this.#apply([{ kind: 'entry', entry: step(card) }]);
  }

  /** The change was taken back. */
  undone(id: string): void {
    const card = this.#content.entries.find((entry) => entry.id === id);
    if (card?.kind === 'permission')
      this.#apply([{ kind: 'entry', entry: { ...card, status: 'undone', undoable: false } }]);
  }

  /** Sends a request and follows the answer to its end. */
  async ask(text: string, files: readonly InputFile[]): Promise<void> {
    if (this.#running !== undefined) return;
    const request = this.#said(text, files);
    await this.#follow((agent, emit, signal) => agent.ask(request, emit, signal));
  }

  /**
   * Asks a request again, in other words if there are any, in the place of what came of it. From the
   * first moment on the conversation is busy, so nothing else is asked while the old answer goes. False
   * where the old one could not go, so that the words stand nowhere.
   */
  async askAgain(requestId: string, text: string, findFiles: () => Promise<FoundFiles>): Promise<boolean> {
    const requestIds = this.requestsFrom(requestId);
    if (requestIds.length === 0 || this.#running !== undefined) return false;
    let said = false;
    await this.#follow(async (agent, emit, signal) => {
      const { files, missing } = await findFiles();
      const left = await agent.rewind?.(this.id, requestIds);
      this.#apply([{ kind: 'truncate', id: requestId }]);
      const request = this.#said(text, files);
      said = true;
      if (left?.inSummary === true) emit({ kind: 'notice', message: stillSummarised });
      if (missing.length > 0)
        emit({ kind: 'notice', message: `No longer there, so not sent again: ${missing.join(', ')}` });
      this.#mark = this.#content.entries.length;
      await agent.ask(request, emit, signal);
    });
    return said;
  }

  /** Whether its runs share one sandbox from now on. */
  keepState(on: boolean): void {
    const { keepsState: _, ...conversation } = this.#content.conversation;
    this.#apply([
      { kind: 'conversation', conversation: on ? { ...conversation, keepsState: true } : conversation },
    ]);
  }

  /** Goes on after a reload, where a decision is still open; otherwise nothing happens. */
  async resume(): Promise<void> {
    if (this.#running !== undefined) return;
    await this.#follow(async (agent, emit, signal) => {
      if (await agent.hasPending(this.id)) await agent.resume(this.id, emit, signal);
    });
  }

  rename(title: string): void {
    this.#apply([{ kind: 'conversation', conversation: { ...this.#content.conversation, title } }]);
  }

  stop(): void {
    this.#running?.abort();
  }

  /** Settles when the request that is under way has ended; it never fails. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Ids of the person's requests from this one to the last; none when it is not there. */
  requestsFrom(requestId: string): readonly string[] {
    const ids = this.#content.entries.filter(({ kind }) => kind === 'user').map(({ id }) => id);
    const at = ids.indexOf(requestId);
    return at < 0 ? [] : ids.slice(at);
  }

  /** A question was opened, by the agent or anew: whatever its card said before, it waits for the answer. */
  waiting(proposal: Proposal, report: Report): void {
    this.behind.heard({ kind: 'proposed', proposal, report });
    const card = cardOfQuestion(this.#content.entries, proposal, report);
    if (card !== undefined) this.#apply([{ kind: 'entry', entry: card }]);
  }

  receive(event: AgentEvent): void {
    this.behind.heard(event);
    if (event.kind === 'proposed' && isToldAgain(this.#content.entries, event.proposal)) return;
    // The model goes on: what it drafted before came to nothing.
    if (event.kind === 'text' || event.kind === 'thinking') this.#dropDrafts(this.#mark);
    this.#apply(
      changesOf(event, {
        entries: this.#content.entries,
        usage: this.#content.usage,
        mark: this.#mark,
        newId: this.#parts.newId,
        cleaner: this.#cleaner,
      }),
    );
    if (event.kind === 'ran' || event.kind === 'changed' || event.kind === 'usage')
      this.#mark = this.#content.entries.length;
  }

  /** Puts the request at the end of what is shown. */
  #said(text: string, files: readonly InputFile[]): AskRequest {
    const requestId = this.#parts.newId();
    const { conversation } = this.#content;
    const shown = files.map(({ name, bytes }) => ({ name, bytes }));
    this.behind.sent(requestId, files);
    this.#apply([
      { kind: 'entry', entry: { kind: 'user', id: requestId, text, files: shown } },
      {
        kind: 'conversation',
        conversation: { ...conversation, title: conversation.title || titleOf(text), at: this.#parts.now() },
      },
    ]);
    return { threadId: this.id, requestId, text, files };
  }

  async #follow(
    work: (agent: Agent, emit: (event: AgentEvent) => void, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const running = new AbortController();
    const ended = Promise.withResolvers<void>();
    this.#running = running;
    this.#ended = ended.promise;
    this.#mark = this.#content.entries.length;
    this.#apply([{ kind: 'busy', busy: true }]);
    try {
      await work(await this.#parts.agent(), (event) => this.receive(event), running.signal);
    } catch (error) {
      this.receive(failureOf(error));
    } finally {
      this.#running = undefined;
      this.receive({ kind: 'done' });
      this.#settle();
      if (running.signal.aborted) this.#apply(stoppedLine(this.#content.entries, this.#parts.newId()));
      this.#apply([{ kind: 'busy', busy: false }]);
      ended.resolve();
    }
  }

  /** Takes away the drafts before `end` that never became proposals. */
  #dropDrafts(end: number): void {
    const drafts = this.#content.entries
      .slice(0, end)
      .filter((entry) => entry.kind === 'card' && entry.status === 'drafting');
    if (this.#mark >= end) this.#mark -= drafts.length;
    this.#apply(drafts.map(({ id }) => ({ kind: 'remove', id })));
  }

  /** Nothing is under way any more: a card that still looks so has come to nothing. */
  #settle(): void {
    this.#dropDrafts(this.#content.entries.length);
    this.#apply(this.#content.entries.flatMap((entry) => lapsed(entry)));
  }

  #apply(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    for (const change of changes) this.#content = stepped(this.#content, change);
    this.#changed.fire(changes);
  }
}

/** Said where a summary keeps what the person took back. */
export const stillSummarised =
  'What was taken back is part of a summary that the model goes on reading. Start a new conversation to leave it behind.';
