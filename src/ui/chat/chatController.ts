import { DisposableList, Emitter, type Disposable } from '../../core/lifecycle.ts';
import type { InputFile } from '../../core/proposal.ts';
import type { ChatState, EntryOf } from '../../protocol/chatState.ts';
import { neutralLine } from '../output/controlText.ts';
import { Attachments } from './attachments.ts';
import { branchBefore } from './branchBefore.ts';
import type { ChatParts } from './chatParts.ts';
import type { Conversation } from './conversation.ts';
import { ConversationListing } from './conversationListing.ts';
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
  readonly listing: ConversationListing;
  readonly #parts: ChatParts;
  readonly #shelf: ConversationShelf;
  readonly #others: OtherWindows;
  readonly #owned = new DisposableList();
  readonly #busy = this.#owned.push(new Emitter<boolean>());
  #shown: Conversation;
  #branching = false;
  /** Counts what the person chose to see; what was to be shown before that no longer is. */
  #choices = 0;

  /** Whether any conversation has a request under way; for the context key of the Stop command. */
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
        if (changes.some(changesList)) void this.listing.refresh();
        if (changes.some(({ kind }) => kind === 'busy')) this.#busy.fire(this.#shelf.busy().length > 0);
        if (conversation === this.#shown) this.feed.push(changes);
      },
      overtaken: (conversation) => void this.#others.now(conversation),
    });
    this.listing = new ConversationListing(this.#shelf, (listing) =>
      this.feed.push([{ kind: 'conversations', ...listing }]),
    );
    const renew = async (old: Conversation): Promise<boolean> => {
      if (old !== this.#shown) return false;
      await this.#open(old.id);
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
      ...this.listing.shown,
      attachments: this.attachments.list(),
      unasked: this.#parts.unasked.has(this.#shown.id),
      setup: this.setup.shown,
    };
  }

  /**
   * Sends a request in the shown conversation and follows it to its end. Without trust or a key, while an earlier
   * one is under way, where that can't be told, and where it was written for another, it goes back to the composer.
   */
  async ask(text: string, files: readonly InputFile[], writtenFor = this.#shown.id): Promise<void> {
    if (text.trim() === '') return;
    this.#choices += 1;
    const conversation = this.#shown;
    // Each question of the look may take a while, in which another request may begin.
    if (writtenFor === conversation.id && (await this.#mayAsk(conversation)) && !conversation.content.busy)
      return conversation.ask(text, files);
    this.compose(text, true, false);
    this.attach(files);
  }

  /** Says of a change that it was taken back, also where another window went on with the conversation since. */
  async undone(conversation: Conversation, id: string): Promise<void> {
    (await this.#others.now(conversation)).undone(id);
  }

  /**
   * Asks an earlier request of the shown conversation again, in other words if there are any. Words that
   * can't be asked go to the composer.
   */
  async askAgain(request: EntryOf<'user'>, text = request.text): Promise<void> {
    const conversation = this.#shown;
    const asked =
      (await this.#mayAsk(conversation)) &&
      (await conversation.askAgain(request.id, text, () => this.#filesOf(conversation, request)));
    if (!asked && text !== request.text) this.compose(text, true, false);
  }

  stop(): void {
    this.#shown.stop();
  }

  /** Stops the answers of all conversations, also of those that are not shown. */
  stopAll(): void {
    for (const conversation of this.#shelf.busy()) conversation.stop();
  }

  /**
   * Puts text into the composer, `apart` where it stands for itself. What is only given back leaves the focus
   * where it is, for that may be in a box for a key.
   */
  compose(text: string, apart = false, focus = apart): void {
    this.feed.compose({ text, apart, focus });
  }

  attach(files: readonly InputFile[]): void {
    this.attachments.add(files);
    this.attachmentsChanged();
  }

  attachmentsChanged(): void {
    this.feed.push([{ kind: 'attachments', attachments: this.attachments.list() }]);
  }

  newConversation(): void {
    this.#choices += 1;
    if (this.#shown.content.entries.length > 0) this.#show(this.#shelf.blank());
  }

  select(id: string): Promise<void> {
    this.#choices += 1;
    return this.#open(id);
  }

  /** Goes on from before a request in a new conversation, to change it; one that nobody saw is removed. */
  async branch(requestId: string): Promise<void> {
    if (this.#branching) return;
    this.#branching = true;
    this.#choices += 1;
    const choice = this.#choices;
    try {
      const from = this.#shown;
      const branch = await branchBefore(from, requestId, this.#shelf, this.#parts.agent);
      if (branch === undefined) return;
      const { files, missing } = await this.#filesOf(from, branch.request);
      if (choice !== this.#choices) return await this.#shelf.remove(branch.conversation.id);
      this.attachments.add(files);
      this.#show(branch.conversation);
      this.compose(branch.request.text, true);
      if (missing.length > 0) this.#parts.warn(`No longer there, so not attached: ${missing.join(', ')}`);
    } finally {
      this.#branching = false;
      await this.listing.refresh();
    }
  }

  async remove(id: string): Promise<void> {
    if (await this.#others.has(id)) return;
    if (!(await this.#parts.confirm('Delete this conversation? Its runs stay in the history.', 'Delete')))
      return;
    if (id === this.#shown.id) this.#show(this.#shelf.blank());
    this.#parts.unasked.askAgain(id);
    await Promise.all([this.#shelf.remove(id), this.listing.refresh()]);
  }

  async rename(id: string, title: string): Promise<void> {
    if (await this.#others.has(id)) return;
    (await this.#shelf.find(id))?.rename(neutralLine(title, 100));
    await this.listing.refresh();
  }

  /** Shows the conversation that was newest here when the window closed, with what is still open in it. */
  async restore(): Promise<void> {
    await this.refreshSetup();
    await this.listing.refresh();
    const newest = this.#others.toRestore(this.listing.all);
    if (newest !== undefined && this.#choices === 0) await this.#open(newest.id);
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

  async #mayAsk(conversation: Conversation): Promise<boolean> {
    if (!this.setup.shown.trusted || conversation.content.busy) return false;
    try {
      return (await this.setup.hasKey()) && (await this.#others.isCurrent(conversation));
    } catch (error) {
      this.#parts.warn(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  #filesOf(conversation: Conversation, request: EntryOf<'user'>): Promise<FoundFiles> {
    const names = request.files.map(({ name }) => name);
    return filesOfRequest(names, conversation.behind.files(request.id), this.#parts.resolveFiles);
  }

  /** Shows a conversation, unless the person chose another one before it is there. */
  async #open(id: string): Promise<void> {
    const choice = this.#choices;
    const found = await this.#shelf.find(id);
    if (found === undefined) return this.#parts.warn('This conversation is no longer there.');
    const elsewhere = !found.content.busy && (await this.#parts.elsewhere(id));
    if (choice !== this.#choices) return;
    this.#show(found);
    if (elsewhere) return this.#others.wait(found);
    const open = found.content.entries.some((entry) => lapsed(entry).length > 0);
    // The answer may take as long as it likes; what goes wrong in it is shown in the conversation.
    if (open) void found.resume();
  }

  #show(conversation: Conversation): void {
    this.#shown = conversation;
    this.feed.snapshot();
  }
}
