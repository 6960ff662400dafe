import * as vscode from 'vscode';
import { Emitter, type Disposable } from '../../core/lifecycle.ts';
import { joined } from '../../core/joined.ts';
import { askText, notify } from '../output/notify.ts';
import type { KeyAnswer } from './keyAnswer.ts';
import { keyProblem, oddKey } from './keyShape.ts';

const secretName = 'glovebox.anthropicApiKey';

/** Where the key comes from; the key itself is only ever handed to the model client. */
export type KeySource = 'stored' | 'environment' | 'missing';

/** The person's API key, in the editor's secret storage; the environment's key is the second choice. */
export class ApiKey implements Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #changed = new Emitter<void>();
  readonly #subscription: Disposable;
  #last: string | undefined;

  readonly onDidChange = this.#changed.on;

  constructor(secrets: vscode.SecretStorage, environment: NodeJS.ProcessEnv) {
    this.#secrets = secrets;
    this.#environment = environment;
    this.#subscription = secrets.onDidChange((event) => {
      if (event.key === secretName) this.#changed.fire();
    });
  }

  async read(): Promise<string | undefined> {
    return (await this.#stored()) ?? this.#fromEnvironment();
  }

  /** The keys as they were last read, for masking them where a program shows them. */
  readonly known = (): readonly string[] =>
    [this.#last, this.#fromEnvironment()].filter((key) => key !== undefined);

  async source(): Promise<KeySource> {
    if ((await this.#stored()) !== undefined) return 'stored';
    return this.#fromEnvironment() === undefined ? 'missing' : 'environment';
  }

  /**
   * Asks in a password input. There is one at a time: a second would stand there without the focus, and
   * what is typed for it would land in the place that has it.
   */
  readonly ask = joined(() => this.#ask());

  async clear(): Promise<void> {
    const kept = (await this.#stored()) !== undefined;
    if (kept) await this.#secrets.delete(secretName);
    const environment = (await this.source()) === 'environment';
    void notify('information', clearedText(kept, environment));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #ask(): Promise<KeyAnswer> {
    const key = await askText({
      title: vscode.l10n.t('Anthropic API key'),
      prompt: vscode.l10n.t('Kept in the secret storage of this editor. Get one at console.anthropic.com.'),
      placeHolder: 'sk-ant-…',
      password: true,
      ignoreFocusOut: true,
      problem: (value) => {
        const problem = keyProblem(value);
        if (problem !== undefined) return { message: vscode.l10n.t(problem), onlyOdd: false };
        if (!oddKey(value)) return undefined;
        const message = vscode.l10n.t(
          'Keys of Anthropic begin with sk-ant-. Press Enter to keep this one anyway.',
        );
        return { message, onlyOdd: true };
      },
    });
    if (key !== undefined) await this.#secrets.store(secretName, key.trim());
    return { given: key !== undefined, there: (await this.source()) !== 'missing' };
  }

  async #stored(): Promise<string | undefined> {
    this.#last = await this.#secrets.get(secretName);
    return this.#last;
  }

  #fromEnvironment(): string | undefined {
    const key = this.#environment['ANTHROPIC_API_KEY']?.trim();
    return key === '' ? undefined : key;
  }
}

function clearedText(kept: boolean, environment: boolean): string {
  if (kept)
    return environment
      ? vscode.l10n.t('The API key was removed. ANTHROPIC_API_KEY of the environment is used from now on.')
      : vscode.l10n.t('The API key was removed.');
  return environment
    ? vscode.l10n.t('No API key is kept here. The one in use is ANTHROPIC_API_KEY of the environment.')
    : vscode.l10n.t('No API key is kept here.');
}
