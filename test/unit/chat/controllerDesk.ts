import type { Agent } from '../../../src/core/ports.ts';
import { ChatController } from '../../../src/ui/chat/chatController.ts';
import type { ChatParts } from '../../../src/ui/chat/chatParts.ts';
import { ConversationFiles } from '../../../src/ui/chat/conversationFiles.ts';
import { KeptSessions } from '../../../src/ui/chat/keptSessions.ts';
import { PageRequests } from '../../../src/ui/chat/pageRequests.ts';
import { PendingDecisions } from '../../../src/ui/decisions/pendingDecisions.ts';
import { UnaskedConversations } from '../../../src/ui/decisions/unaskedConversations.ts';
import { PendingPermissions } from '../../../src/ui/permissions/pendingPermissions.ts';

export interface ControllerDesk {
  readonly chat: ChatController;
  /** What the page would ask for. */
  readonly requests: PageRequests;
  readonly warnings: string[];
  /** What was put back into the composer. */
  readonly composed: string[];
  /** How it was put there: behind an empty line, and with the focus. */
  readonly composedAs: (readonly [apart: boolean | undefined, focus: boolean | undefined])[];
}

/** The chat of one window over a folder of conversations, without its page. */
export function openController(folder: string, agent: Agent, over: Partial<ChatParts> = {}): ControllerDesk {
  const warnings: string[] = [];
  const composed: string[] = [];
  const composedAs: (readonly [boolean | undefined, boolean | undefined])[] = [];
  const pending = new PendingDecisions();
  // What opens something in the editor is for the page's tests; nothing here reaches it.
  const parts: Partial<ChatParts> = {
    agent: async () => agent,
    elsewhere: async () => false,
    workspace: () => undefined,
    conversations: new ConversationFiles(folder),
    sessions: new KeptSessions(async () => ({
      interruptSession: async () => false,
      closeSession: async () => undefined,
    })),
    secrets: () => [],
    pending,
    unasked: new UnaskedConversations(pending),
    edits: { onDidChange: () => ({ dispose: () => undefined }), runsAsProposed: async () => true },
    permissions: new PendingPermissions(),
    setup: async () => ({
      trusted: true,
      key: 'present',
      sandbox: { state: 'ready', label: 'docker' },
      model: 'claude-test',
    }),
    onDidChangeSetup: () => ({ dispose: () => undefined }),
    resolveFiles: async () => [],
    confirm: async () => true,
    warn: (message) => void warnings.push(message),
    ...over,
  };
  const chat = new ChatController(parts as ChatParts);
  chat.compose = (text, apart, focus) => {
    composed.push(text);
    composedAs.push([apart, focus]);
  };
  return { chat, requests: new PageRequests(chat, parts as ChatParts), warnings, composed, composedAs };
}
