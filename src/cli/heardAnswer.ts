import type { AgentEvent } from '../core/agent.ts';
import { addUsage, noUsage, type Usage } from '../core/usage.ts';
import { plainText } from './plainText.ts';
import type { Terminal } from './terminal.ts';

/** Collects what the agent says, and shows it as it comes where a person reads along. */
export class HeardAnswer {
  text = '';
  usage: Usage = noUsage;
  failure: { readonly code: string; readonly message: string } | undefined;
  readonly #terminal: Terminal;
  readonly #json: boolean;
  /** Text up to here stands, whatever is retracted later. */
  #kept = 0;

  constructor(terminal: Terminal, json: boolean) {
    this.#terminal = terminal;
    this.#json = json;
  }

  hear(event: AgentEvent): void {
    switch (event.kind) {
      case 'text':
        this.text += event.delta;
        if (!this.#json) this.#terminal.out(plainText(event.delta));
        return;
      case 'retracted':
        this.text = this.text.slice(0, this.#kept);
        if (!this.#json) this.#terminal.err('\n(The reply broke off; it is written anew.)\n');
        return;
      case 'ran':
        this.#kept = this.text.length;
        return;
      case 'usage':
        this.#kept = this.text.length;
        this.usage = addUsage(this.usage, event.usage);
        return;
      case 'notice':
        this.#terminal.err(`${plainText(event.message)}\n`);
        return;
      case 'failed':
        this.failure = { code: event.code, message: event.message };
        this.#terminal.err(`${plainText(event.message)}\n`);
        return;
      case 'done':
        if (!this.#json) this.#terminal.out('\n');
        return;
      case 'thinking':
      case 'drafting':
      case 'proposed':
      case 'decided':
      case 'run':
      case 'asked':
      case 'answered':
      case 'changed':
    }
  }
}
