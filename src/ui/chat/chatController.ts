import { DisposableList, Emitter, type Disposable } from '../../core/lifecycle.ts';
import type { InputFile } from '../../core/proposal.ts';
import type { ChatState, EntryOf } from '../../protocol/chatState.ts';
import { neutralLine } from '../output/controlText.ts';
import { Attachments } from './attachments.ts';
import type { ChatParts } from './chatParts.ts';
import { stillSummarised, type Conversation } from './conversation.ts';
import { ConversationListing, listedAtOnce } from './conversationListing.ts';
import { ConversationShelf } from './conversationShelf.ts';
import { filesOfRequest, type FoundFiles } from './filesOfRequest.ts';
import { followDecisions } from './followDecisions.ts';
import { lapsed } from './lapsed.ts';
import { OtherWindows } from './otherWindows.ts';
import { ShownSession } from './shownSession.ts';
import { ShownSetup } from './shownSetup.ts';
import { changesList } from './waitsIn.ts';
import { ViewFeed } from './viewFeed.ts';

/** The chat without its page: conversations, the one that is shown, and what goes with the next request. */
export class ChatController implements Disposable {
  readonly feed: ViewFeed;
  readonly attachments = new Attachments();
  readonly session: ShownSession;
  readonly setup: ShownSetup;
  readonly #parts: ChatParts;
  readonly #shelf: ConversationShelf;
  readonly #others: OtherWindows;
  readonly #listing: ConversationListing;
  readonly #owned = new DisposableList();
  readonly #busy = this.#owned.push(new Emitter<boolean>());
  #shown: Conversation;
  #branching = false;
  /** The person said what to show; what was newest when the window closed is no longer of interest. */
  #chosen = false;

  /** Whether the shown conversation has a request under way; for the context key of the Stop command. */
  readonly onDidChangeBusy = this.#busy.on;

  constructor(parts: ChatParts) {
    this.#parts = parts;
    this.setup = new ShownSetup(parts, (setup) => this.feed.push([{ kind: 'setup', setup }]));
    const isCurrent = (conversation: Conversation) => this.#others.isCurrent(conversation);
    this.session = new ShownSession(() => this.#shown, { ...parts, isCurrent });
    this.#shelf = new ConversationShelf({
      ...parts,
      store: parts.conversations,
      changed: (conversation, changes) => {
        if (changes.some(changesList)) void this.#listing.refresh();
        if (conversation !== this.#shown) return;
        this.feed.push(changes);
        for (const change of changes) if (change.kind === 'busy') this.#busy.fire(change.busy);
      },
      overtaken: (conversation) => void this.#others.now(conversation),
    });
    this.#listing = new ConversationListing(
      () => this.#shelf.list(),
      (listing) => this.feed.push([{ kind: 'conversations', ...listing }]),
    );
    const renew = async (old: Conversation): Promise<boolean> => {
      if (old !== this.#shown) return false;
      await this.select(old.id);
      return true;
    };
    this.#others = this.#owned.push(new OtherWindows(parts, this.#shelf, renew));
    this.#shown = this.#shelf.blank();
    this.feed = this.#owned.push(new ViewFeed(() => this.state()));
    this.#owned.push(parts.onDidChangeSetup(() => void this.refreshSetup()));
    this.#owned.push(
      parts.unasked.onDidChange((id) => {
        if (id === this.#shown.id) this.feed.push([{ kind: 'unasked', unasked: parts.unasked.has(id) }]);
      }),
    );
    this.#owned.push(followDecisions(parts, (threadId) => this.#shelf.opened(threadId)));
  }

  get shown(): Conversation {
    return this.#shown;
  }

  state(): ChatState {
    return {
      ...this.#shown.content,
      ...this.#listing.shown,
      attachments: this.attachments.list(),
      unasked: this.#parts.unasked.has(this.#shown.id),
      setup: this.setup.shown,
    };
  }

  /**
   * Sends a request in the shown conversation and follows it to its end. Without trust or a key, or while an
   * earlier one is under way, it goes back to the composer.
   */
  async ask(text: string, files: readonly InputFile[]): Promise<void> {
    if (text.trim() === '') return;
    const conversation = this.#shown;
    // Each question may take a while, in which another request may begin.
    const free = (): boolean => this.setup.shown.trusted && !conversation.content.busy;
    if (free() && (await this.#hasKey()) && (await this.#others.isCurrent(conversation)) && free())
      return conversation.ask(text, files);
    this.compose(text);
    this.attach(files);
  }

  /** Says of a change that it was taken back, also where another window went on with the conversation since. */
  async undone(conversation: Conversation, id: string): Promise<void> {
    (await this.#others.now(conversation)).undone(id);
  }

  /** Asks an earlier request of the shown conversation again, in other words if there are any. */
  async askAgain(request: EntryOf<'user'>, text = request.text): Promise<void> {
    const conversation = this.#shown;
    if (conversation.content.busy) return;
    if (!this.setup.shown.trusted || !(await this.#hasKey()))
      return text === request.text ? undefined : this.compose(text);
    if (!(await this.#others.isCurrent(conversation))) return;
    await conversation.askAgain(request.id, text, () => this.#filesOf(conversation, request));
  }

  stop(): void {
    this.#shown.stop();
  }

  /**
   * Puts text into the composer. What is only given back leaves the focus where it is, for that may be in
   * a box for a key.
   */
  compose(text: string, replace = false, focus = replace): void {
    this.feed.compose({ kind: 'compose', text, replace, focus });
  }

  attach(files: readonly InputFile[]): void {
    this.attachments.add(files);
    this.attachmentsChanged();
  }

  attachmentsChanged(): void {
    this.feed.push([{ kind: 'attachments', attachments: this.attachments.list() }]);
  }

  newConversation(): void {
    this.#chosen = true;
    if (this.#shown.content.entries.length > 0) this.#show(this.#shelf.blank());
  }

  async select(id: string): Promise<void> {
    const found = await this.#shelf.find(id);
    if (found === undefined) return this.#parts.warn('This conversation is no longer there.');
    const elsewhere = !found.content.busy && (await this.#parts.elsewhere(id));
    this.#show(found);
    if (elsewhere) return this.#others.wait(found);
    const open = found.content.entries.some((entry) => lapsed(entry).length > 0);
    // The answer may take as long as it likes; what goes wrong in it is shown in the conversation.
    if (open) void found.resume();
  }

  /** Goes on in a new conversation from before a request, which is there to be changed. */
  async branch(requestId: string): Promise<void> {
    const from = this.#shown;
    const request = from.content.entries.find(({ id }) => id === requestId);
    const requestIds = from.requestsFrom(requestId);
    if (request?.kind !== 'user' || requestIds.length === 0 || this.#branching) return;
    this.#branching = true;
    try {
      const id = crypto.randomUUID();
      const left = await (await this.#parts.agent()).branch?.(from.id, id, requestIds);
      const { files, missing } = await this.#filesOf(from, request);
      const branch = this.#shelf.branch(from, requestId, id);
      if (left?.inSummary === true) branch.receive({ kind: 'notice', message: stillSummarised });
      this.attachments.add(files);
      this.#show(branch);
      this.compose(request.text, true);
      if (missing.length > 0) this.#parts.warn(`No longer there, so not attached: ${missing.join(', ')}`);
      await this.#listing.refresh();
    } finally {
      this.#branching = false;
    }
  }

  async remove(id: string): Promise<void> {
    if (await this.#others.has(id)) return;
    if (!(await this.#parts.confirm('Delete this conversation? Its runs stay in the history.', 'Delete')))
      return;
    await this.#shelf.remove(id);
    this.#parts.unasked.askAgain(id);
    await this.#listing.refresh();
    if (id === this.#shown.id) this.#show(this.#shelf.blank());
  }

  async rename(id: string, title: string): Promise<void> {
    if (await this.#others.has(id)) return;
    (await this.#shelf.find(id))?.rename(neutralLine(title, 100));
    await this.#listing.refresh();
  }

  /** Tells the page which conversations have these words in them. */
  async search(token: number, query: string): Promise<void> {
    const conversations = (await this.#shelf.search(query)).slice(0, listedAtOnce);
    this.feed.send({ kind: 'found', token, conversations });
  }

  /** Lists older conversations, too. */
  moreConversations(): Promise<void> {
    return this.#listing.more();
  }

  /** Shows the conversation that was newest here when the window closed, with what is still open in it. */
  async restore(): Promise<void> {
    await this.refreshSetup();
    await this.#listing.refresh();
    const newest = this.#others.toRestore(this.#listing.all);
    if (newest === undefined || this.#chosen || this.#shown.content.entries.length > 0) return;
    await this.select(newest.id);
  }

  refreshSetup(): Promise<void> {
    return this.setup.refresh();
  }

  /** Keeps what has to be kept; to be awaited before the agent and the open questions end. */
  async close(): Promise<void> {
    await this.#shelf.close();
    this.dispose();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #hasKey(): Promise<boolean> {
    return this.setup.hasKey();
  }

  #filesOf(conversation: Conversation, request: EntryOf<'user'>): Promise<FoundFiles> {
    const names = request.files.map(({ name }) => name);
    return filesOfRequest(names, conversation.behind.files(request.id), this.#parts.resolveFiles);
  }

  #show(conversation: Conversation): void {
    this.#shown = conversation;
    this.feed.snapshot();
    this.#busy.fire(conversation.content.busy);
  }
}
