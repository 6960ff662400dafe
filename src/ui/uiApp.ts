import type { RunCode } from '../core/door.ts';
import type { Agent, Executor, History, Validator } from '../core/ports.ts';

/** What the editor's doors need of the app; the composition root provides it. */
export interface UiApp {
  readonly runCode: RunCode;
  readonly validator: Validator;
  readonly executor: Executor;
  readonly history: History;
  /** Loads the agent on first use. */
  agent(): Promise<Agent>;
}

/** Builds the app on first use, so that activation stays cheap. */
export type LoadApp = () => Promise<UiApp>;
