import type { Agent } from '../../core/ports.ts';
import type { Disposable } from '../../core/lifecycle.ts';
import type { ChangeResult, EditRequest } from '../../core/permission.ts';
import type { InputFile, Proposal } from '../../core/proposal.ts';
import type { Report } from '../../core/finding.ts';
import type { Artifact, OutputStream } from '../../core/run.ts';
import type { KeptSessions } from './keptSessions.ts';
import type { KeyAnswer } from '../secrets/keyAnswer.ts';
import type { KnownSecrets } from '../output/screenText.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import type { OpenEdits } from '../preview/openEdits.ts';
import type { UnaskedConversations } from '../decisions/unaskedConversations.ts';
import type { PendingPermissions } from '../permissions/pendingPermissions.ts';
import type { AttachedPaths } from '../files/attachPaths.ts';
import type { Completion } from '../../protocol/completion.ts';
import type { ConversationSummary, Setup } from '../../protocol/chatState.ts';

/** Keeps conversations over reloads. What `load` gives back is parsed before it is believed. */
export interface ConversationStore {
  list(): Promise<readonly ConversationSummary[]>;
  load(id: string): Promise<unknown>;
  /** What its last writing is known by; undefined where there is no such conversation. */
  stamp(id: string): Promise<string | undefined>;
  /** Ids of the conversations that have all of these words in them, in their title or what was said. */
  search(words: readonly string[]): Promise<readonly string[]>;
  save(summary: ConversationSummary, conversation: unknown): Promise<void>;
  remove(id: string): Promise<void>;
}

/** What the chat needs from the rest of the extension. Everything that a person sees happens there. */
export interface ChatParts {
  /** Loads the agent on first use. Rejects with a GloveboxError that says what to do. */
  readonly agent: () => Promise<Agent>;
  /** Whether another window has a turn of this conversation open; false where that can't be told. */
  readonly elsewhere: (threadId: string) => Promise<boolean>;
  /** Names the workspace of this window, where it has one. */
  readonly workspace: () => string | undefined;
  readonly conversations: ConversationStore;
  /** Secrets that are known, to be kept off the screen where a program writes them. */
  readonly secrets: KnownSecrets;
  /** The conversations whose runs share one sandbox. */
  readonly sessions: KeptSessions;
  /** The conversations whose clean code runs without asking. */
  readonly unasked: UnaskedConversations;
  /** The open questions; the card is one of the places where they are answered. */
  readonly pending: PendingDecisions;
  /** The copies of proposals that the person edits in the editor. */
  readonly edits: OpenEdits;
  /** The open questions about something else than running code. */
  readonly permissions: PendingPermissions;
  /** The native diff of a change. */
  readonly openChange: (change: EditRequest) => Promise<void>;
  readonly undoChange: (change: EditRequest) => Promise<ChangeResult>;
  /** Key, trust and sandbox as they are now; quick, and never throws. */
  readonly setup: () => Promise<Setup>;
  readonly onDidChangeSetup: (listener: () => void) => Disposable;

  /** Password input; one at a time. */
  readonly askForKey: () => Promise<KeyAnswer>;
  readonly manageTrust: () => Promise<void>;
  /** Explains what is missing and offers the ways out (install, start, choose another sandbox). */
  readonly fixSandbox: () => Promise<void>;
  /** Chooses the sandbox that needs nothing else. */
  readonly useEmbedded: () => Promise<void>;
  readonly openSettings: () => Promise<void>;
  readonly chooseModel: () => Promise<void>;

  /** Lets the person pick files; names are unique and relative to the work folder. */
  readonly pickFiles: () => Promise<readonly InputFile[]>;
  /** What was dropped or mentioned, and folders as the files in them. */
  readonly attachPaths: (paths: readonly string[]) => Promise<AttachedPaths>;
  /** Workspace-relative paths or URIs (dropped, mentioned, or of an earlier message); skips what it may not read. */
  readonly resolveFiles: (paths: readonly string[]) => Promise<readonly InputFile[]>;
  /** What matches the words behind a sign, best first, about 20. */
  readonly complete: (sign: '@' | '#' | '/', query: string) => Promise<readonly Completion[]>;
  /** The selected text as it goes into a request; undefined where there is none. */
  readonly selectedText: () => string | undefined;

  /** The native diff or preview of a proposal. */
  readonly openPreview: (proposal: Proposal, report: Report) => Promise<void>;
  readonly openArtifact: (artifact: Artifact) => Promise<void>;
  readonly openOutput: () => Promise<void>;
  /** The file that has all of a stream of a run. */
  readonly openFullOutput: (runId: string, stream: OutputStream) => Promise<void>;
  /** Fetches a package for the embedded sandbox. */
  readonly fetchPackage: (name: string) => Promise<void>;
  /** One run, or the whole history. */
  readonly openHistory: (runId?: string) => Promise<void>;
  readonly rerun: (runId: string) => Promise<void>;
  /** Asks before it opens anything outside. */
  readonly openLink: (url: string) => Promise<void>;
  readonly confirm: (question: string, action: string) => Promise<boolean>;
  /** For faults that no card can show. */
  readonly warn: (message: string) => void;
}
