import type { BaseCheckpointSaver } from '@langchain/langgraph';
import type { RunCode } from '../core/door.ts';
import type { Approver, ChangeWriter, OpenTurns, Permitter } from '../core/ports.ts';
import type { EditorModel } from './editorChatModel.ts';
import type { SkillCatalog } from '../core/skill.ts';
import type { WorkspaceFiles } from './workspaceFiles.ts';

/** Extended thinking: off, with a budget of tokens, or as the model sees fit. */
export type Thinking =
  | { readonly kind: 'off' }
  | { readonly kind: 'budget'; readonly tokens: number }
  | { readonly kind: 'adaptive' };

export interface AgentModel {
  readonly model: string;
  /** Any endpoint that speaks the Messages API; undefined: Anthropic's own. */
  readonly baseUrl?: string | undefined;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly thinking?: Thinking;
  /** How many tokens the model can read at once. */
  readonly windowTokens?: number;
  /** What one conversation may cost, in US dollars; absent or 0: no limit. */
  readonly spendingCapUsd?: number;
}

/** LangGraph's saver, which may be able to drop what a conversation does not need any more. */
export type Checkpoints = BaseCheckpointSaver & { prune?(threadId: string): Promise<void> };

export interface AgentParts {
  /** Read at every request, so that a changed setting counts at once. */
  readonly model: () => AgentModel;
  readonly apiKey: () => Promise<string | undefined>;
  readonly runCode: RunCode;
  readonly approver: Approver;
  /** The session of a conversation whose runs keep their state; undefined: each starts afresh. */
  readonly sessionOf?: (threadId: string) => string | undefined;
  /** Whether clean code of a conversation runs without asking, because the person said so there. */
  readonly runsUnasked?: (threadId: string) => boolean;
  /** Asks for what is no running of code; when absent, nothing of it is allowed. */
  readonly permitter?: Permitter;
  /** Writes changes of files; when absent, none can be proposed. */
  readonly changes?: ChangeWriter;
  /** Where conversations and pending approvals are kept; in memory when absent. */
  readonly checkpoints?: Checkpoints;
  /** Whose turns are open, where several windows share the checkpoints. */
  readonly turns?: OpenTurns;
  /** What the agent may look at beyond the attached files; nothing when absent. */
  readonly workspace?: WorkspaceFiles;
  /** Instructions for certain tasks, read anew for every request; none when absent. */
  readonly skills?: () => Promise<SkillCatalog>;
  /** One paragraph for the model about the sandbox: packages, limits. */
  readonly sandboxFacts?: () => Promise<string>;
  /** One of the editor's own models instead of the Messages API; needs no key. Undefined: the API. */
  readonly editorModel?: () => Promise<EditorModel | undefined>;
  /** Longest time that one request may take, the person's own thinking left out, in milliseconds. */
  readonly turnMs?: number;
  /** Longest silence of an open reply before it counts as broken, in milliseconds. */
  readonly idleMs?: number;
  /** How a wait between two tries is made; tests make it short. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}
