import type { Setup } from '../../protocol/chatState.ts';
import type { KeyAnswer } from '../secrets/keyAnswer.ts';
import type { ChatParts } from './chatParts.ts';
import { unknownSetup } from './unknownSetup.ts';

/** Key, trust and sandbox as the page shows them. */
export class ShownSetup {
  readonly #parts: Pick<ChatParts, 'setup' | 'askForKey'>;
  readonly #tell: (setup: Setup) => void;
  #setup: Setup = unknownSetup;
  /** Questions for a key that are open. */
  #asking = 0;

  constructor(parts: Pick<ChatParts, 'setup' | 'askForKey'>, tell: (setup: Setup) => void) {
    this.#parts = parts;
    this.#tell = tell;
  }

  /** While the person is asked for a key, the page says so instead of offering to ask. */
  get shown(): Setup {
    return this.#asking > 0 && this.#setup.key === 'missing'
      ? { ...this.#setup, key: 'asking' }
      : this.#setup;
  }

  async refresh(): Promise<void> {
    this.#setup = await this.#parts.setup();
    this.#tell(this.shown);
  }

  /** Asks for the key where there is none; false where there is none afterwards. */
  async hasKey(): Promise<boolean> {
    return this.#setup.key !== 'missing' || (await this.askForKey()).there;
  }

  async askForKey(): Promise<KeyAnswer> {
    this.#asking += 1;
    this.#tell(this.shown);
    try {
      return await this.#parts.askForKey();
    } finally {
      this.#asking -= 1;
      await this.refresh();
    }
  }
}
