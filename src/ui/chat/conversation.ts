import type { AgentEvent } from '../../core/agent.ts';
import { Emitter } from '../../core/lifecycle.ts';
import type { Report } from '../../core/finding.ts';
import type { EditRequest } from '../../core/permission.ts';
import type { Agent } from '../../core/ports.ts';
import type { InputFile, Proposal } from '../../core/proposal.ts';
import type { Artifact } from '../../core/run.ts';
import type { Change } from '../../protocol/change.ts';
import type { Entry } from '../../protocol/chatState.ts';
import { changesOf } from './agentChanges.ts';
import { stepped, type Content } from './conversationContent.ts';
import { failureOf } from './failure.ts';
import { waitingCard } from './cardOf.ts';
import { OutputCleaner } from './outputCleaner.ts';
import type { StoredConversation } from './storedConversation.ts';

export interface ConversationParts {
  readonly agent: () => Promise<Agent>;
  readonly newId: () => string;
  readonly now: () => number;
}

/** One thread with the agent: what was said, what ran, and the request that is under way. */
export class Conversation {
  readonly id: string;
  readonly #parts: ConversationParts;
  readonly #cleaner = new OutputCleaner();
  readonly #changed = new Emitter<readonly Change[]>();
  readonly #proposals = new Map<string, { readonly proposal: Proposal; readonly report: Report }>();
  readonly #edits = new Map<string, EditRequest>();
  readonly #artifacts: Map<string, Artifact>;
  #content: Content;
  #running: AbortController | undefined;
  #mark = 0;

  /** Tells what changed after every step. */
  readonly onDidChange = this.#changed.on;

  constructor(stored: StoredConversation, parts: ConversationParts) {
    this.id = stored.conversation.id;
    this.#parts = parts;
    this.#artifacts = new Map(stored.artifacts.map(({ key, artifact }) => [key, artifact]));
    this.#content = {
      conversation: stored.conversation,
      // What a change replaced is known in its own window alone.
      entries: stored.entries.map((entry) =>
        entry.kind === 'permission' ? { ...entry, undoable: false } : entry,
      ),
      usage: stored.usage,
      ...(stored.context === undefined ? {} : { context: stored.context }),
      busy: false,
    };
  }

  get content(): Content {
    return this.#content;
  }

  /** What has to be kept so that the conversation can be shown again. */
  stored(): StoredConversation {
    const { busy: _, ...content } = this.#content;
    const artifacts = [...this.#artifacts].map(([key, artifact]) => ({ key, artifact }));
    return { version: 1, ...content, artifacts };
  }

  proposal(id: string): { readonly proposal: Proposal; readonly report: Report } | undefined {
    return this.#proposals.get(id);
  }

  /** A change that was proposed in this window. */
  edit(id: string): EditRequest | undefined {
    return this.#edits.get(id);
  }

  /** The change was taken back. */
  undone(id: string): void {
    const card = this.#content.entries.find((entry) => entry.id === id);
    if (card?.kind === 'permission')
      this.#apply([{ kind: 'entry', entry: { ...card, status: 'undone', undoable: false } }]);
  }

  artifact(cardId: string, name: string): Artifact | undefined {
    return this.#artifacts.get(artifactKey(cardId, name));
  }

  /** Sends a request and follows the answer to its end. */
  async ask(text: string, files: readonly InputFile[]): Promise<void> {
    if (this.#running !== undefined) return;
    const shown = files.map(({ name, bytes }) => ({ name, bytes }));
    const { title } = this.#content.conversation;
    this.#apply([
      { kind: 'entry', entry: { kind: 'user', id: this.#parts.newId(), text, files: shown } },
      {
        kind: 'conversation',
        conversation: {
          ...this.#content.conversation,
          title: title || titleOf(text),
          at: this.#parts.now(),
        },
      },
    ]);
    const request = { threadId: this.id, text, files };
    await this.#follow((agent, emit, signal) => agent.ask(request, emit, signal));
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
    this.#settle();
  }

  rename(title: string): void {
    this.#apply([{ kind: 'conversation', conversation: { ...this.#content.conversation, title } }]);
  }

  stop(): void {
    this.#running?.abort();
  }

  /** Takes back the request with this id and all that followed, here and in what the model knows. */
  async rewind(requestId: string): Promise<void> {
    const turns = this.turnsFrom(requestId);
    if (turns === 0 || this.#running !== undefined) return;
    this.#apply([{ kind: 'truncate', id: requestId }]);
    await (await this.#parts.agent()).rewind?.(this.id, turns);
  }

  /** The person's requests from this one to the last; 0 when there is no such request. */
  turnsFrom(requestId: string): number {
    const { entries } = this.#content;
    const at = entries.findIndex(({ kind, id }) => kind === 'user' && id === requestId);
    return at < 0 ? 0 : entries.slice(at).filter(({ kind }) => kind === 'user').length;
  }

  /** A question was opened, by the agent or anew after a reload. */
  waiting(proposal: Proposal, report: Report): void {
    this.receive({ kind: 'proposed', proposal, report });
  }

  receive(event: AgentEvent): void {
    if (event.kind === 'proposed') {
      const { proposal, report } = event;
      const known = this.#content.entries.find((entry) => entry.id === proposal.id);
      this.#proposals.set(proposal.id, { proposal, report });
      // Told twice: by the agent and by the open question.
      if (known?.kind === 'card' && known.hash === proposal.hash && known.status !== 'lapsed')
        return known.status === 'drafting'
          ? this.#apply([{ kind: 'entry', entry: waitingCard(proposal, report) }])
          : undefined;
    }
    this.#keepArtifacts(event);
    if (event.kind === 'asked' && event.request.kind === 'edit')
      this.#edits.set(event.request.id, event.request);
    // The model goes on: what it drafted before came to nothing.
    if (event.kind === 'text' || event.kind === 'thinking') this.#dropDrafts(this.#mark);
    this.#apply(
      changesOf(event, {
        entries: this.#content.entries,
        usage: this.#content.usage,
        mark: this.#mark,
        newId: this.#parts.newId,
        clean: this.#cleaner.clean,
      }),
    );
    if (event.kind === 'ran' || event.kind === 'changed' || event.kind === 'usage')
      this.#mark = this.#content.entries.length;
    if (event.kind === 'ran') this.#cleaner.forget(event.proposalId);
  }

  async #follow(
    work: (agent: Agent, emit: (event: AgentEvent) => void, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const running = new AbortController();
    this.#running = running;
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
      this.#apply([{ kind: 'busy', busy: false }]);
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

  #keepArtifacts(event: AgentEvent): void {
    if (event.kind === 'ran')
      for (const artifact of event.result.artifacts)
        this.#artifacts.set(artifactKey(event.proposalId, artifact.name), artifact);
    if (event.kind === 'run' && event.event.kind === 'artifact')
      this.#artifacts.set(artifactKey(event.proposalId, event.event.artifact.name), event.event.artifact);
  }

  #apply(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    for (const change of changes) this.#content = stepped(this.#content, change);
    this.#changed.fire(changes);
  }
}

const artifactKey = (cardId: string, name: string) => `${cardId}\n${name}`;

function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function lapsed(entry: Entry): readonly Change[] {
  if (entry.kind === 'permission')
    return entry.status === 'waiting' || entry.status === 'allowed'
      ? [{ kind: 'entry', entry: { ...entry, status: 'lapsed' } }]
      : [];
  if (entry.kind !== 'card') return [];
  if (entry.status === 'ended' || entry.status === 'rejected' || entry.status === 'lapsed') return [];
  return [{ kind: 'entry', entry: { ...entry, status: 'lapsed' } }];
}
