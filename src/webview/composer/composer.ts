import type { Attachment, ChatState } from '../../protocol/chatState.ts';
import type { Completion } from '../../protocol/completion.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import { button, element } from '../element.ts';
import { icon } from '../icons.ts';
import { bytes } from '../quantity.ts';
import type { Draft } from '../draft.ts';
import { ContextMeter } from './contextMeter.ts';
import { droppedPaths } from './droppedPaths.ts';
import { MentionList, mentionBefore } from './mentions.ts';
import { ModelButton } from './modelButton.ts';
import { base64Of, pastedTextName } from './pasted.ts';

const largestPaste = 10 * 1024 * 1024;

/** Where a request is written: the text is the page's own, the attachments are the host's. */
export class Composer {
  readonly element: HTMLElement;
  readonly #send: (message: ToHost) => void;
  readonly #draft: Draft;
  readonly #field = element('textarea', {
    testid: 'composer',
    attributes: { rows: '1', placeholder: 'Ask for something to compute…', 'aria-label': 'Request' },
  });
  readonly #note = element('div', {
    class: 'quiet',
    testid: 'composer-note',
    attributes: { role: 'status' },
  });
  readonly #chips = element('div', { class: 'chips' });
  readonly #sendButton: HTMLButtonElement;
  readonly #stopButton: HTMLButtonElement;
  readonly #mentions: MentionList;
  readonly #model: ModelButton;
  readonly #meter = new ContextMeter();
  #attachments: readonly Attachment[] = [];
  #busy = false;
  #last = '';
  #token = 0;

  /** `tools` stand beside the one for attaching files. */
  constructor(send: (message: ToHost) => void, draft: Draft, ...tools: readonly Node[]) {
    this.#send = send;
    this.#draft = draft;
    this.#model = new ModelButton(() => send({ kind: 'chooseModel' }));
    this.#field.value = draft.read();
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
      press: () => send({ kind: 'stop' }),
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
      this.#chips,
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
      element(
        'div',
        { class: 'composer-foot' },
        element('span', { class: 'composer-info quiet', testid: 'composer-info' }),
        this.#meter.element,
      ),
    );
    this.#say('');
    this.#listen();
    this.#refresh();
  }

  show(state: ChatState, info: string): void {
    this.#busy = state.busy;
    this.#attachments = state.attachments;
    this.#last = state.entries.findLast((entry) => entry.kind === 'user')?.text ?? '';
    this.#chips.replaceChildren(...state.attachments.map((attachment) => this.#chip(attachment)));
    const place = this.element.querySelector('.composer-info');
    if (place !== null) place.textContent = info;
    this.#model.show(state.setup.model);
    this.#meter.show(state.context);
    this.#refresh();
  }

  complete(token: number, items: readonly Completion[]): void {
    if (token === this.#token && this.#mentionAtCursor() !== undefined) this.#mentions.show(items);
  }

  compose(text: string, replace: boolean): void {
    const before = replace || this.#field.value === '' ? '' : `${this.#field.value}\n`;
    this.#field.value = before + text;
    this.#changed();
    this.focus();
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
      } else if (event.key === 'Escape' && this.#busy) this.#send({ kind: 'stop' });
      else if (event.key === 'ArrowUp' && field.value === '' && this.#last !== '') {
        event.preventDefault();
        this.compose(this.#last, true);
      }
    });
    this.element.addEventListener('dragover', (event) => {
      event.preventDefault();
      this.element.classList.add('dropping');
    });
    this.element.addEventListener('dragleave', () => this.element.classList.remove('dropping'));
    this.element.addEventListener('drop', (event) => {
      event.preventDefault();
      this.element.classList.remove('dropping');
      if (event.dataTransfer !== null) this.#take(event.dataTransfer);
    });
    field.addEventListener('paste', (event) => {
      const data = event.clipboardData;
      if (data === null) return;
      if (this.#take(data)) return event.preventDefault();
      const text = data.getData('text/plain');
      const name = pastedTextName(text, new Set(this.#attachments.map((one) => one.name)));
      if (name === undefined) return;
      event.preventDefault();
      void this.#attachData(name, new Blob([text]));
    });
  }

  /** Attaches the files of a drop or of the clipboard; false where there are none. */
  #take(data: DataTransfer): boolean {
    const paths = droppedPaths(data);
    if (paths.length > 0) this.#send({ kind: 'attachPaths', paths: [...paths] });
    else for (const file of [...data.files].slice(0, 20)) void this.#attachData(file.name, file);
    return paths.length > 0 || data.files.length > 0;
  }

  async #attachData(name: string, blob: Blob): Promise<void> {
    if (blob.size > largestPaste)
      return this.#say(`${name} is larger than 10 MB. Attach it from its folder.`);
    this.#send({ kind: 'attachData', name, data: await base64Of(blob) });
  }

  #say(text: string): void {
    this.#note.textContent = text;
    this.#note.hidden = text === '';
  }

  #changed(): void {
    this.#say('');
    this.#draft.write(this.#field.value);
    this.#refresh();
    const mention = this.#mentionAtCursor();
    if (mention === undefined) return this.#mentions.hide();
    this.#token += 1;
    this.#send({ kind: 'complete', token: this.#token, sign: mention.sign, query: mention.query });
  }

  #refresh(): void {
    this.#stopButton.hidden = !this.#busy;
    this.#sendButton.hidden = this.#busy;
    this.#sendButton.disabled = this.#field.value.trim() === '';
  }

  #submit(): void {
    const text = this.#field.value.trim();
    if (text === '' || this.#busy) return;
    this.#send({ kind: 'ask', text, attachments: this.#attachments.map(({ name }) => name) });
    this.#field.value = '';
    this.#changed();
  }

  #mentionAtCursor() {
    return mentionBefore(this.#field.value, this.#field.selectionStart);
  }

  #mention({ kind, value }: Completion): void {
    const mention = this.#mentionAtCursor();
    this.#mentions.hide();
    if (mention === undefined) return;
    const cursor = this.#field.selectionStart;
    const words = { file: `${value} `, folder: `${value}/ `, skill: `/${value} `, selection: '' };
    this.#field.setRangeText(words[kind], mention.from, cursor, 'end');
    if (kind === 'file' || kind === 'folder') this.#send({ kind: 'attachPaths', paths: [value] });
    if (kind === 'selection') this.#send({ kind: 'insertSelection' });
    this.#draft.write(this.#field.value);
    this.#refresh();
  }

  #chip({ name, bytes: size }: Attachment): Node {
    const remove = button({
      label: `Remove ${name}`,
      icon: icon('close'),
      iconOnly: true,
      press: () => {
        this.#send({ kind: 'detach', name });
        this.focus();
      },
    });
    const words = element('bdi', { text: name, title: bytes(size) });
    return element('span', { class: 'chip', testid: 'attachment' }, icon('file'), words, remove);
  }
}
