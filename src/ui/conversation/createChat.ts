import * as vscode from 'vscode';
import type { Agent } from '../../core/ports.ts';
import type { SkillCatalog } from '../../core/skill.ts';
import { ChatController } from '../chat/chatController.ts';
import type { ChatParts } from '../chat/chatParts.ts';
import { ChatViewProvider } from '../chat/chatViewProvider.ts';
import { ConversationFiles } from '../chat/conversationFiles.ts';
import type { KeptSessions } from '../chat/keptSessions.ts';
import { PageRequests } from '../chat/pageRequests.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import type { UnaskedConversations } from '../decisions/unaskedConversations.ts';
import { attachPaths } from '../files/attachPaths.ts';
import { pickFiles, resolveFiles } from '../files/pickFiles.ts';
import { openArtifact } from '../history/artifactFiles.ts';
import { openLink } from './openLink.ts';
import { neutralLine } from '../output/controlText.ts';
import { askModal, notify } from '../output/notify.ts';
import type { ChangePreview } from '../permissions/changePreview.ts';
import type { PendingPermissions } from '../permissions/pendingPermissions.ts';
import { undoChange } from '../permissions/writeChange.ts';
import type { OpenEdits } from '../preview/openEdits.ts';
import type { ProposalPreview } from '../preview/proposalPreview.ts';
import type { ApiKey } from '../secrets/apiKey.ts';
import { useEmbedded } from '../sandbox/useEmbedded.ts';
import { requireTrust } from '../trust/workspaceTrust.ts';
import { selectedText } from './excerpt.ts';
import { completeMention } from './completeMention.ts';
import type { ChatSetup } from './chatSetup.ts';

export interface ChatSurroundings {
  readonly extensionUri: vscode.Uri;
  readonly conversationFolder: string;
  readonly artifactRoots: readonly vscode.Uri[];
  readonly agent: () => Promise<Agent>;
  readonly elsewhere: (threadId: string) => Promise<boolean>;
  readonly sessions: KeptSessions;
  readonly unasked: UnaskedConversations;
  readonly pending: PendingDecisions;
  readonly permissions: PendingPermissions;
  readonly changes: ChangePreview;
  readonly preview: ProposalPreview;
  readonly edits: OpenEdits;
  readonly skills: () => Promise<SkillCatalog>;
  readonly key: ApiKey;
  /** The view of the chat is there. */
  readonly resolved: (view: vscode.WebviewView) => void;
  readonly setup: ChatSetup;
}

export interface Chat {
  readonly controller: ChatController;
  readonly view: ChatViewProvider;
}

/** The chat with everything that it reaches in the editor; loaded when the view is first opened. */
export function createChat(around: ChatSurroundings): Chat {
  const parts: ChatParts = {
    agent: async () => {
      requireTrust();
      return around.agent();
    },
    // Where it can't be told, the agent says why as soon as it is asked.
    elsewhere: (threadId) => around.elsewhere(threadId).catch(() => false),
    workspace: () =>
      (vscode.workspace.workspaceFile ?? vscode.workspace.workspaceFolders?.[0]?.uri)?.toString(),
    conversations: new ConversationFiles(around.conversationFolder),
    secrets: around.key.known,
    sessions: around.sessions,
    unasked: around.unasked,
    pending: around.pending,
    edits: around.edits,
    permissions: around.permissions,
    openChange: (change) => around.changes.open(change),
    undoChange,
    setup: () => around.setup.read(),
    onDidChangeSetup: around.setup.onDidChange,
    askForKey: () => around.key.ask(),
    manageTrust: async () => void (await vscode.commands.executeCommand('workbench.trust.manage')),
    fixSandbox: async () => void (await vscode.commands.executeCommand('glovebox.showSandbox')),
    useEmbedded,
    openSettings: async () => void (await vscode.commands.executeCommand('glovebox.openSettings')),
    chooseModel: async () => void (await vscode.commands.executeCommand('glovebox.chooseModel')),
    pickFiles,
    resolveFiles,
    attachPaths,
    complete: (sign, query) => completeMention(sign, query, around.skills),
    selectedText,
    openPreview: (proposal, report) => around.preview.open(proposal, report, true),
    openArtifact,
    openOutput: async () => void (await vscode.commands.executeCommand('glovebox.showOutput')),
    openFullOutput: async (runId, stream) =>
      void (await vscode.commands.executeCommand('glovebox.history.openOutput', runId, stream)),
    fetchPackage: async (name) => void (await vscode.commands.executeCommand('glovebox.fetchPackages', name)),
    openHistory: async (runId) => {
      if (runId === undefined) await vscode.commands.executeCommand('glovebox.history.focus');
      else await vscode.commands.executeCommand('glovebox.history.open', runId);
    },
    rerun: async (runId) => void (await vscode.commands.executeCommand('glovebox.history.rerun', runId)),
    openLink,
    confirm: async (question, action) => (await askModal('warning', question, undefined, action)) === action,
    warn: (message) => void notify('warning', neutralLine(message, 400)),
  };
  const controller = new ChatController(parts);
  const view = new ChatViewProvider({
    extensionUri: around.extensionUri,
    artifactRoots: around.artifactRoots,
    chat: controller,
    requests: new PageRequests(controller, parts),
  });
  return { controller, view };
}
