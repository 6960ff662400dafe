import type { AgentDoor, RunCode } from '../core/door.ts';
import type { Language } from '../core/language.ts';
import type { ModelChoice } from '../core/modelChoice.ts';
import type { SelfTestReport } from '../core/selfTest.ts';
import type { SkillCatalog } from '../core/skill.ts';
import type { Agent, CheckedText, Executor, History, Packages, Validator } from '../core/ports.ts';

/** What the editor's doors need of the app; the composition root provides it. */
export interface UiApp {
  readonly runCode: RunCode;
  readonly validator: Validator;
  /** A text that is checked while it is edited, by the policy of the settings now. */
  openText(language: Language): Promise<CheckedText>;
  /** All of the sandbox but running code: that is `runCode`'s alone, behind validator and approval. */
  readonly executor: Omit<Executor, 'execute'>;
  readonly history: () => Promise<History>;
  createAgent(door: AgentDoor): Promise<Agent>;
  /** Whether another window has a turn of this conversation open. */
  elsewhere(threadId: string): Promise<boolean>;
  /** The skills that the agent would have now, and the folders that gave none. */
  skills(): Promise<SkillCatalog>;
  /** The models that the endpoint of the settings offers for the key. */
  models(): Promise<readonly ModelChoice[]>;
  /** Of the embedded sandbox. */
  readonly packages: Packages;
  /** Attacks the sandbox that the next run would get, and says what held. */
  testSandbox(progress: (message: string) => void, signal: AbortSignal): Promise<SelfTestReport>;
  /** Looks at everything that a run needs, without running anything. */
  doctor(): Promise<{
    readonly sandboxReady: boolean;
    /** What the first run still has to make. */
    readonly toPrepare?: string;
    readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
  }>;
}

/** Builds the app on first use, so that activation stays cheap. */
export type LoadApp = () => Promise<UiApp>;
