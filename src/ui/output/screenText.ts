import { SecretStream } from '../../core/secretStream.ts';
import { maskSecrets } from '../../core/secrets.ts';
import { neutralise, openSequenceStart } from './controlText.ts';

/** The secrets that the extension knows itself, as they are now. */
export type KnownSecrets = () => readonly string[];

/** Text of a program as a person may see it, on a screen that others may see too: harmless, without secrets. */
export function screenText(text: string, secrets: KnownSecrets): string {
  return maskSecrets(neutralise(text), secrets());
}

/** The same for text that comes in pieces, wherever it is cut. */
export class ScreenStream {
  readonly #masked: SecretStream;
  #held = '';

  constructor(secrets: KnownSecrets) {
    this.#masked = new SecretStream(secrets);
  }

  push(piece: string): string {
    const text = this.#held + piece;
    const end = openSequenceStart(text);
    this.#held = text.slice(end);
    return this.#masked.push(neutralise(text.slice(0, end)));
  }

  /** What was held back; the text is over. */
  end(): string {
    const last = this.#masked.push(neutralise(this.#held));
    this.#held = '';
    return last + this.#masked.end();
  }
}
