import type { OutputStream } from '../../core/run.ts';
import { extendTail } from '../../protocol/change.ts';
import type { Card } from '../../protocol/card.ts';
import { screenText, ScreenStream, type KnownSecrets } from '../output/screenText.ts';

/** Makes the output of runs fit for the card, piece by piece, and keeps together what was cut in two. */
export class OutputCleaner {
  readonly #secrets: KnownSecrets;
  readonly #streams = new Map<string, ScreenStream>();

  constructor(secrets: KnownSecrets) {
    this.#secrets = secrets;
  }

  piece(cardId: string, stream: OutputStream, text: string): string {
    const key = `${stream} ${cardId}`;
    const known = this.#streams.get(key) ?? new ScreenStream(this.#secrets);
    this.#streams.set(key, known);
    return known.push(text);
  }

  whole(text: string): string {
    return screenText(text, this.#secrets);
  }

  /** The card with what was held back of its output; its run is over. */
  completed(card: Card): Card {
    return { ...card, stdout: this.#ended(card, 'stdout'), stderr: this.#ended(card, 'stderr') };
  }

  #ended(card: Card, stream: OutputStream): Card[OutputStream] {
    const key = `${stream} ${card.id}`;
    const text = this.#streams.get(key)?.end() ?? '';
    this.#streams.delete(key);
    return text === '' ? card[stream] : extendTail(card[stream], { text, dropped: 0 });
  }
}
