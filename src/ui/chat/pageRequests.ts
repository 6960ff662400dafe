import type { PermissionAnswer } from '../../core/permission.ts';
import type { Attachment, EntryOf } from '../../protocol/chatState.ts';
import { protocolVersion } from '../../protocol/toView.ts';
import { toHostSchema, type ToHost } from '../../protocol/toHost.ts';
import { pastedFile } from '../files/pastedFile.ts';
import { decisionOf } from './cardDecision.ts';
import type { ChatController } from './chatController.ts';
import type { ChatParts } from './chatParts.ts';
import type { Conversation } from './conversation.ts';
import { proposalOfCard } from './proposalOfCard.ts';

/** Does what the page asks for, once it has proved to be a message of ours. */
export class PageRequests {
  readonly #chat: ChatController;
  readonly #parts: ChatParts;

  constructor(chat: ChatController, parts: ChatParts) {
    this.#chat = chat;
    this.#parts = parts;
  }

  /** Takes anything that was posted by the page; what is not a known message is not done. */
  async receive(message: unknown): Promise<void> {
    const parsed = toHostSchema.safeParse(message);
    if (!parsed.success) return this.#parts.warn(notUnderstood);
    try {
      await this.#handle(parsed.data);
    } catch (error) {
      this.#parts.warn(error instanceof Error ? error.message : String(error));
    }
  }

  async #handle(message: ToHost): Promise<void> {
    const parts = this.#parts;
    const chat = this.#chat;
    switch (message.kind) {
      case 'ready':
        if (message.version === protocolVersion) chat.feed.pageReady();
        return chat.refreshSetup();
      case 'composed':
        return chat.feed.composed(message.id);
      case 'ask': {
        const files = chat.attachments.take(message.attachments);
        chat.attachmentsChanged();
        return chat.ask(message.text, files, message.conversation || undefined);
      }
      case 'stop':
        return chat.stop();
      case 'decide':
        return this.#decide(message);
      case 'permit':
        return this.#permit(message);
      case 'openChange': {
        const change = chat.shown.behind.edit(message.requestId);
        if (change === undefined) return parts.warn('This change is no longer known; the card shows it.');
        return parts.openChange(change);
      }
      case 'undoChange':
        return this.#undo(message.requestId);
      case 'openPreview':
        return this.#openPreview(message.proposalId);
      case 'openArtifact': {
        const artifact = chat.shown.behind.artifact(message.proposalId, message.name);
        if (artifact === undefined) return parts.warn('This file is no longer there.');
        return parts.openArtifact(artifact);
      }
      case 'openOutput':
        return parts.openOutput();
      case 'openFullOutput':
        return parts.openFullOutput(message.runId, message.stream);
      case 'fetchPackage': {
        const card = chat.shown.content.entries.find((entry) => entry.id === message.proposalId);
        const name = card?.kind === 'card' ? card.outcome?.missingPackage : undefined;
        return name === undefined ? undefined : parts.fetchPackage(name);
      }
      case 'openLink':
        return /^https?:\/\//i.test(message.url) ? parts.openLink(message.url) : undefined;
      case 'openHistory':
        return parts.openHistory(message.runId);
      case 'rerun':
        return parts.rerun(message.runId);
      case 'attach':
        return chat.attach(await parts.pickFiles());
      case 'attachPaths':
        return this.#attach(message.paths);
      case 'reattach':
        return this.#reattach(message.files);
      case 'attachData':
        return chat.attach([pastedFile(message.name, message.data)]);
      case 'insertSelection': {
        const text = parts.selectedText();
        return text === undefined ? parts.warn('Nothing is selected in the editor.') : chat.compose(text);
      }
      case 'detach':
        chat.attachments.remove(message.name);
        return chat.attachmentsChanged();
      case 'complete': {
        const items = await parts.complete(message.sign, message.query);
        return chat.feed.send({ kind: 'completions', token: message.token, items });
      }
      case 'setKey':
        return this.#setKey();
      case 'manageTrust':
        return parts.manageTrust();
      case 'fixSandbox':
        await parts.fixSandbox();
        return chat.refreshSetup();
      case 'useEmbedded':
        await parts.useEmbedded();
        return chat.refreshSetup();
      case 'openSettings':
        return parts.openSettings();
      case 'chooseModel':
        return parts.chooseModel();
      case 'retry':
        return this.#retry(message.entryId);
      case 'resend': {
        const request = requests(chat.shown).find(({ id }) => id === message.entryId);
        // The page has closed its form already, so the words would be gone.
        if (request === undefined) return chat.compose(message.text, true, false);
        return chat.askAgain(request, message.text);
      }
      case 'branch':
        return chat.branch(message.entryId);
      case 'keepState':
        return chat.session.keep(message.on);
      case 'restartSession':
        return chat.session.restart();
      case 'interruptSession':
        return chat.session.interrupt();
      case 'askAgain':
        return parts.unasked.askAgain(chat.shown.id);
      case 'newConversation':
        return chat.newConversation();
      case 'moreConversations':
        return chat.listing.more();
      case 'selectConversation':
        return chat.select(message.id);
      case 'deleteConversation':
        return chat.remove(message.id);
      case 'renameConversation':
        return chat.rename(message.id, message.title);
      case 'findConversations': {
        const conversations = await chat.listing.search(message.query);
        return chat.feed.send({ kind: 'found', token: message.token, conversations });
      }
    }
  }

  async #decide({ proposalId, hash, decision }: Extract<ToHost, { kind: 'decide' }>): Promise<void> {
    const open = this.#parts.pending.get(proposalId, hash);
    const runs = decision.kind !== 'edit' && decision.kind !== 'reject';
    if (runs && open !== undefined && !(await this.#parts.edits.runsAsProposed(open.proposal))) return;
    if (this.#parts.pending.answer(proposalId, hash, decisionOf(decision, hash))) return;
    this.#parts.warn('This proposal has been decided already, or a newer version has taken its place.');
  }

  async #attach(paths: readonly string[]): Promise<void> {
    const { files, leftOut } = await this.#parts.attachPaths(paths);
    if (files.length > 0) this.#chat.attach(files);
    for (const sentence of leftOut) this.#parts.warn(sentence);
  }

  /** Only what is still the file that it was, as far as its name and size tell. */
  async #reattach(kept: readonly Attachment[]): Promise<void> {
    const found = await this.#parts.resolveFiles(kept.map(({ name }) => name));
    const same = found.filter((file) =>
      kept.some(({ name, bytes }) => name === file.name && bytes === file.bytes),
    );
    if (same.length > 0) this.#chat.attach(same);
    const lost = kept.filter(({ name }) => !same.some((file) => file.name === name));
    if (lost.length === 0) return;
    const names = lost.map(({ name }) => name).join(', ');
    this.#parts.warn(`No longer attached after the reload: ${names}. Attach again what the request needs.`);
  }

  #permit({ requestId, hash, allow, reason }: Extract<ToHost, { kind: 'permit' }>): void {
    const refusal = reason.trim() === '' ? {} : { reason: reason.trim() };
    const answer: PermissionAnswer = allow ? { kind: 'allow', hash } : { kind: 'refuse', ...refusal };
    if (this.#parts.permissions.answer(requestId, hash, answer)) return;
    this.#parts.warn('This question has been answered already, or a newer one has taken its place.');
  }

  async #undo(id: string): Promise<void> {
    const { shown } = this.#chat;
    const change = shown.behind.edit(id);
    if (change === undefined) return this.#parts.warn('This change can no longer be taken back from here.');
    const result = await this.#parts.undoChange(change);
    if (!result.written) return this.#parts.warn(result.reason);
    await this.#chat.undone(shown, id);
  }

  async #openPreview(id: string): Promise<void> {
    const open = this.#parts.pending.get(id);
    if (open !== undefined) return this.#parts.openPreview(open.proposal, open.report);
    const known = this.#chat.shown.behind.proposal(id);
    if (known !== undefined) return this.#parts.openPreview(known.proposal, known.report);
    const card = this.#chat.shown.content.entries.find((entry) => entry.id === id);
    if (card?.kind !== 'card') return;
    await this.#parts.openPreview(proposalOfCard(card), { verdict: card.verdict, findings: card.findings });
  }

  /** Where the answer failed for want of the key that is there now, and is still shown, it is asked for again. */
  async #setKey(): Promise<void> {
    const { id } = this.#chat.shown;
    const { given } = await this.#chat.setup.askForKey();
    const { shown } = this.#chat;
    const last = shown.content.entries.at(-1);
    if (!given || shown.id !== id || last?.kind !== 'failure') return;
    if (last.code === 'bad-key' || last.code === 'no-key') await this.#again(requestBefore(shown, last.id));
  }

  /** The page offers it at the end alone: further up it would drop, unasked, all that came later. */
  async #retry(entryId: string): Promise<void> {
    const request = requestBefore(this.#chat.shown, entryId);
    if (request === undefined || request === requests(this.#chat.shown).at(-1)) return this.#again(request);
    this.#parts.warn('Not asked again, because other requests came after it. Edit that request instead.');
  }

  async #again(request: EntryOf<'user'> | undefined): Promise<void> {
    if (request !== undefined) await this.#chat.askAgain(request);
  }
}

const notUnderstood =
  'Nothing was done, because what the chat page sent is too long or of another version of Glovebox. Make it shorter, or reload the window.';

function requests(conversation: Conversation): readonly EntryOf<'user'>[] {
  return conversation.content.entries.filter((entry) => entry.kind === 'user');
}

/** The request that an entry belongs to; undefined when the entry is gone by now. */
function requestBefore({ content }: Conversation, entryId: string): EntryOf<'user'> | undefined {
  const at = content.entries.findIndex(({ id }) => id === entryId);
  return content.entries.slice(0, Math.max(0, at)).findLast((entry) => entry.kind === 'user');
}
