import type { Attachment, ChatState } from '../../protocol/chatState.ts';
import type { Completion } from '../../protocol/completion.ts';
import { longestRequest, tooLong } from '../../protocol/limits.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import type { ToView } from '../../protocol/toView.ts';
import { button, element } from '../element.ts';
import { icon } from '../icons.ts';
import { bytes } from '../quantity.ts';
import type { PageMemory } from '../pageMemory.ts';
import { visibleName } from '../visibleName.ts';
import { ComposerInfo } from './composerInfo.ts';
import { ContextMeter } from './contextMeter.ts';
import { KeptAttachments } from './keptAttachments.ts';
import { MentionList, mentionBefore } from './mentions.ts';
import { ModelButton } from './modelButton.ts';
import { QueuedRequest } from './queuedRequest.ts';
import { Section } from '../section.ts';
import { Stopping } from '../stopping.ts';
import { takeFiles } from './takeFiles.ts';

/** Where a request is written: the text is the page's own, the attachments are the host's. */
export class Composer {
  readonly element: HTMLElement;
  readonly #send: (message: ToHost) => void;
  readonly #memory: PageMemory;
  readonly #kept: KeptAttachments;
  readonly #queued: QueuedRequest;
  readonly #field = element('textarea', {
    testid: 'composer',
    attributes: { rows: '1', placeholder: 'Ask for something to compute…', 'aria-label': 'Request' },
  });
  readonly #note = element('div', {
    class: 'quiet',
    testid: 'composer-note',
    attributes: { role: 'status' },
  });
  readonly #chips = new Section(element('div', { class: 'chips' }));
  readonly #sendButton: HTMLButtonElement;
  readonly #stopButton: HTMLButtonElement;
  readonly #mentions: MentionList;
  readonly #model: ModelButton;
  readonly #info = new ComposerInfo();
  readonly #meter = new ContextMeter();
  readonly #stopping = new Stopping();
  #conversation = '';
  #attachments: readonly Attachment[] = [];
  #busy = false;
  #last = '';
  #token = 0;

  /** `tools` stand beside the one for attaching files. */
  constructor(send: (message: ToHost) => void, memory: PageMemory, ...tools: readonly Node[]) {
    this.#send = send;
    this.#memory = memory;
    this.#model = new ModelButton(() => send({ kind: 'chooseModel' }));
    this.#kept = new KeptAttachments(memory, send);
    this.#queued = new QueuedRequest(memory, (text) => this.#say(text));
    this.#field.value = memory.draft;
    this.#mentions = new MentionList(this.#field, (item) => this.#mention(item));
    this.#sendButton = button({
      label: 'Send',
      icon: icon('send'),
      iconOnly: true,
      class: 'primary',
      testid: 'send',
      press: () => this.#submit(),
    });
    this.#stopButton = button({
      label: 'Stop',
      icon: icon('stop'),
      iconOnly: true,
      class: 'stop',
      testid: 'stop',
      press: () => this.#stop(),
    });
    const attach = button({
      label: 'Attach files',
      icon: icon('attach'),
      iconOnly: true,
      testid: 'attach',
      press: () => send({ kind: 'attach' }),
    });
    this.element = element(
      'div',
      { class: 'composer' },
      this.#mentions.element,
      this.#chips.element,
      this.#note,
      this.#field,
      element(
        'div',
        { class: 'composer-foot' },
        attach,
        ...tools,
        this.#model.element,
        element('span', { class: 'composer-gap' }),
        this.#stopButton,
        this.#sendButton,
      ),
      element('div', { class: 'composer-foot' }, this.#info.element, this.#meter.element),
    );
    this.#say('');
    this.#listen();
    this.#refresh();
  }

  show(state: ChatState): void {
    this.#busy = state.busy;
    this.#stopping.show(state);
    this.#conversation = state.conversation.id;
    this.#attachments = state.attachments;
    this.#kept.show(state.attachments);
    this.#last = state.entries.findLast((entry) => entry.kind === 'user')?.text ?? '';
    this.#chips.show(state.attachments, () => state.attachments.map((attachment) => this.#chip(attachment)));
    this.#info.show(state);
    this.#model.show(state.setup.model);
    this.#meter.show(state.context);
    this.#refresh();
    if (this.#queued.show(state)) this.#submit();
  }

  complete(token: number, items: readonly Completion[]): void {
    if (token === this.#token && this.#mentionAtCursor() !== undefined) this.#mentions.show(items);
  }

  /** Takes text of the host, once: a page before this one may have taken it, and not been able to say so. */
  take({ id, text, apart, focus }: Extract<ToView, { kind: 'compose' }>): void {
    if (!this.#memory.hasTaken(id)) {
      this.compose(text, apart, focus);
      this.#memory.take(id);
    }
    this.#send({ kind: 'composed', id });
  }

  /** Puts text behind what is written already, for that can't be brought back. */
  compose(text: string, apart: boolean, focus = true): void {
    const draft = this.#field.value;
    const before = draft.trim() === '' ? '' : `${draft}${apart ? '\n\n' : '\n'}`;
    this.#field.value = before + text;
    this.#changed();
    if (focus) this.focus();
  }

  focus(): void {
    this.#field.focus();
  }

  #listen(): void {
    const field = this.#field;
    field.addEventListener('input', () => this.#changed());
    field.addEventListener('blur', () => this.#mentions.hide());
    field.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      if (this.#mentions.key(event)) return event.preventDefault();
      if (event.key === 'Enter' && !event.shiftKey) {
        event.preventDefault();
        this.#submit();
      } else if (event.key === 'Escape' && this.#queued.waits) this.#queued.takeBack();
      else if (event.key === 'Escape' && this.#busy) this.#stop();
      else if (event.key === 'ArrowUp' && field.value === '' && this.#last !== '') {
        event.preventDefault();
        this.compose(this.#last, true);
      }
    });
    takeFiles(this.element, field, {
      send: this.#send,
      attached: () => new Set(this.#attachments.map(({ name }) => name)),
      refuse: (why) => this.#say(why),
    });
  }

  #say(text: string): void {
    this.#note.textContent = text;
    this.#note.hidden = text === '';
  }

  #changed(): void {
    // What is changed is not finished.
    this.#queued.takeBack();
    this.#memory.draft = this.#field.value;
    this.#refresh();
    const mention = this.#mentionAtCursor();
    if (mention === undefined) return this.#mentions.hide();
    this.#token += 1;
    this.#send({ kind: 'complete', token: this.#token, sign: mention.sign, query: mention.query });
  }

  #refresh(): void {
    this.#stopButton.hidden = !this.#busy;
    this.#stopButton.disabled = this.#stopping.isUnderWay;
    this.#stopButton.title = this.#stopping.isUnderWay ? 'Stopping…' : 'Stop';
    this.#sendButton.hidden = this.#busy;
    this.#sendButton.disabled = this.#field.value.trim() === '';
  }

  #submit(): void {
    const text = this.#field.value.trim();
    if (text === '') return;
    if (text.length > longestRequest) return this.#say(tooLong);
    if (this.#busy) return this.#queued.add(this.#stopping.isUnderWay);
    const attachments = this.#attachments.map(({ name }) => name);
    this.#send({ kind: 'ask', conversation: this.#conversation, text, attachments });
    this.#field.value = '';
    this.#changed();
  }

  #stop(): void {
    this.#queued.takeBack();
    if (this.#stopping.isUnderWay) return;
    this.#stopping.press();
    this.#send({ kind: 'stop' });
    // The button can't be pressed again; who did so by the keyboard goes on in the text.
    if (document.activeElement === this.#stopButton) this.focus();
    this.#refresh();
  }

  #mentionAtCursor() {
    return mentionBefore(this.#field.value, this.#field.selectionStart);
  }

  #mention({ kind, value }: Completion): void {
    const mention = this.#mentionAtCursor();
    this.#mentions.hide();
    if (mention === undefined) return;
    const cursor = this.#field.selectionStart;
    const name = visibleName(value);
    const words = { file: `${name} `, folder: `${name}/ `, skill: `/${value} `, selection: '' };
    this.#field.setRangeText(words[kind], mention.from, cursor, 'end');
    if (kind === 'file' || kind === 'folder') this.#send({ kind: 'attachPaths', paths: [value] });
    if (kind === 'selection') this.#send({ kind: 'insertSelection' });
    this.#memory.draft = this.#field.value;
    this.#refresh();
  }

  #chip({ name, bytes: size }: Attachment): Node {
    const shown = visibleName(name);
    const remove = button({
      label: `Remove ${shown}`,
      icon: icon('close'),
      iconOnly: true,
      testid: 'detach',
      press: () => {
        this.#send({ kind: 'detach', name });
        this.focus();
      },
    });
    const words = element('bdi', { text: shown, title: `${shown} (${bytes(size)})` });
    return element('span', { class: 'chip', testid: 'attachment' }, icon('file'), words, remove);
  }
}
