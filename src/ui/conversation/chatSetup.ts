import * as vscode from 'vscode';
import { DisposableList, Emitter, type Disposable } from '../../core/lifecycle.ts';
import { interruptible } from '../../core/run.ts';
import type { Setup } from '../../protocol/chatState.ts';
import { editorModelPrefix } from '../models/editorModel.ts';
import { neutralLine } from '../output/controlText.ts';
import type { SandboxState } from '../sandbox/sandboxState.ts';
import type { ApiKey } from '../secrets/apiKey.ts';

/** Key, trust, sandbox and model as the chat shows them, and when they change. */
export class ChatSetup implements Disposable {
  readonly #key: ApiKey;
  readonly #sandbox: SandboxState;
  readonly #owned = new DisposableList();
  readonly #changed = this.#owned.push(new Emitter<void>());

  readonly onDidChange = this.#changed.on;

  constructor(key: ApiKey, sandbox: SandboxState) {
    this.#key = key;
    this.#sandbox = sandbox;
    const changed = (): void => this.#changed.fire();
    this.#owned.push(key.onDidChange(changed));
    this.#owned.push(sandbox.onDidChange(changed));
    this.#owned.push(vscode.workspace.onDidGrantWorkspaceTrust(changed));
    this.#owned.push(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('glovebox')) changed();
      }),
    );
  }

  /** Quick: the sandbox is looked at in the background and told by a change. */
  async read(): Promise<Setup> {
    const source = await this.#key.source();
    if (this.#sandbox.known === undefined) void this.#sandbox.refresh().catch(() => undefined);
    const model = vscode.workspace.getConfiguration('glovebox').get<string>('model', '');
    // The editor's own models need no key.
    const needsKey = !model.startsWith(editorModelPrefix);
    return {
      trusted: vscode.workspace.isTrusted,
      key: needsKey && source === 'missing' ? 'missing' : 'present',
      sandbox: this.#sandboxSetup(),
      model,
    };
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #sandboxSetup(): Setup['sandbox'] {
    const status = this.#sandbox.known;
    if (status === undefined) return { state: 'unknown', label: '' };
    const label = [status.sandbox.backend, status.sandbox.runtime].filter((part) => part !== '').join(' · ');
    if (!status.available) {
      const embeddedInstead = status.sandbox.backend !== 'wasm';
      return { state: 'missing', label, reason: status.reason, embeddedInstead };
    }
    return {
      state: 'ready',
      label,
      interrupts: interruptible.has(status.sandbox.backend),
      ...(status.sandbox.reason === undefined ? {} : { reason: neutralLine(status.sandbox.reason, 300) }),
    };
  }
}
