import { Lexer, type Token } from 'marked';
import { OpenCodeBlock } from '../codeBlock.ts';
import { blockNodes } from './block.ts';
import type { OpenLink } from './inline.ts';

/** A block that grows past this is closed at its last line end, so that the rest stays quick. */
const longestTail = 8192;
/** Drawing takes at most about a fifth of the time, whatever is written. */
const restFactor = 4;

/**
 * Shows Markdown while it is written. Blocks that can no longer change are drawn once and left alone;
 * only the last one is drawn again, and an open code block only grows.
 */
export class MarkdownStream {
  readonly #host: HTMLElement;
  readonly #open: OpenLink;
  #tail = '';
  #tailNodes: readonly Node[] = [];
  #code: OpenCodeBlock | undefined;
  #scheduled = 0;
  #notBefore = 0;

  constructor(host: HTMLElement, open: OpenLink) {
    this.#host = host;
    this.#open = open;
  }

  append(delta: string): void {
    this.#tail += delta;
    if (this.#scheduled === 0) this.#scheduled = requestAnimationFrame((now) => this.#frame(now));
  }

  /** Draws what is still to be drawn, at once. */
  finish(): void {
    cancelAnimationFrame(this.#scheduled);
    this.#scheduled = 0;
    this.#draw(true);
  }

  #frame(now: number): void {
    if (now < this.#notBefore) {
      this.#scheduled = requestAnimationFrame((next) => this.#frame(next));
      return;
    }
    this.#scheduled = 0;
    const start = performance.now();
    this.#draw(false);
    this.#notBefore = performance.now() + (performance.now() - start) * restFactor;
  }

  #draw(complete: boolean): void {
    const tokens = new Lexer({ gfm: true }).lex(this.#tail);
    const last = tokens.findLastIndex((token) => token.type !== 'space');
    const settled = complete ? tokens : tokens.slice(0, Math.max(0, last));
    const growing = complete ? undefined : tokens[last];
    if (settled.some((token) => token.type !== 'space')) this.#settle(settled);
    this.#tail = complete
      ? ''
      : tokens
          .slice(Math.max(0, last))
          .map((token) => token.raw)
          .join('');
    if (growing === undefined) return;
    if (growing.type === 'code') return this.#grow(growing);
    const cut = this.#tail.length > longestTail ? this.#tail.lastIndexOf('\n') + 1 : 0;
    if (cut === 0) return this.#replace(blockNodes([growing], this.#open));
    this.#settle(new Lexer({ gfm: true }).lex(this.#tail.slice(0, cut)));
    this.#tail = this.#tail.slice(cut);
  }

  /** Puts blocks in their final form in the place of the growing one. */
  #settle(tokens: readonly Token[]): void {
    this.#replace(blockNodes(tokens, this.#open));
    this.#tailNodes = [];
  }

  #grow(token: Token): void {
    const { text, lang } = token as Token & { text: string; lang?: string };
    if (this.#code === undefined) {
      const code = new OpenCodeBlock(lang ?? '');
      this.#replace([code.element]);
      this.#code = code;
    }
    this.#code.show(text);
  }

  #replace(nodes: readonly Node[]): void {
    this.#code = undefined;
    for (const node of this.#tailNodes) node.parentNode?.removeChild(node);
    this.#host.append(...nodes);
    this.#tailNodes = nodes;
  }
}
