import type { EntryOf } from '../../protocol/chatState.ts';
import { copyButton } from '../copyButton.ts';
import { button, element } from '../element.ts';
import { icon } from '../icons.ts';
import { MarkdownStream } from '../markdown/markdownStream.ts';
import type { OpenLink } from '../markdown/inline.ts';
import { dollars, tokens } from '../quantity.ts';

/** An answer of the agent: its thinking folded, its text as Markdown while it comes in. */
export class AssistantMessage {
  readonly element: HTMLElement;
  readonly #thinking = element('pre', { class: 'thinking-text', attributes: { tabindex: '0' } });
  readonly #thinkingText = document.createTextNode('');
  readonly #fold = element('details', { class: 'thinking', testid: 'thinking' });
  readonly #foldTitle = element('summary');
  readonly #foot = element('div', { class: 'message-foot' });
  readonly #markdown: MarkdownStream;
  #entry: EntryOf<'assistant'>;
  #shown = '';
  readonly #retry: () => void;

  constructor(entry: EntryOf<'assistant'>, open: OpenLink, retry: () => void) {
    this.#retry = retry;
    const body = element('div', { class: 'markdown' });
    this.#entry = entry;
    this.#markdown = new MarkdownStream(body, open);
    this.#thinking.append(this.#thinkingText);
    this.#fold.append(this.#foldTitle, this.#thinking);
    this.element = element(
      'article',
      {
        class: 'message assistant',
        testid: 'message-assistant',
        attributes: { 'aria-label': 'Glovebox' },
      },
      this.#fold,
      body,
      this.#foot,
    );
    this.update(entry);
  }

  update(entry: EntryOf<'assistant'>): void {
    this.#entry = entry;
    if (entry.text.length > this.#shown.length) {
      this.#markdown.append(entry.text.slice(this.#shown.length));
      this.#shown = entry.text;
    }
    const thought = entry.thinking.slice(this.#thinkingText.length);
    if (thought !== '') this.#thinkingText.appendData(thought);
    this.#fold.hidden = entry.thinking === '';
    this.#foldTitle.textContent = entry.complete || entry.text !== '' ? 'Thinking' : 'Thinking…';
    this.element.classList.toggle('streaming', !entry.complete);
    if (!entry.complete) return;
    this.#markdown.finish();
    this.#showFoot(entry);
  }

  #showFoot({ usage, text }: EntryOf<'assistant'>): void {
    this.#foot.replaceChildren();
    if (text === '') return;
    this.#foot.append(copyButton(() => this.#entry.text, 'Copy answer'));
    this.#foot.append(
      button({
        label: 'Try again',
        icon: icon('retry'),
        iconOnly: true,
        class: 'retry-answer',
        testid: 'retry-answer',
        press: this.#retry,
      }),
    );
    if (usage === undefined) return;
    const read = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
    this.#foot.append(
      element('span', {
        class: 'quiet',
        testid: 'usage',
        text:
          `${tokens(read)} in · ${tokens(usage.outputTokens)} out` +
          (usage.costUsd === undefined ? '' : ` · ${dollars(usage.costUsd)}`),
        title: `${usage.cacheReadTokens} of the input tokens came from the cache`,
      }),
    );
  }
}
