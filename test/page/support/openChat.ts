import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Agent } from '../../../src/core/ports.ts';
import { Emitter } from '../../../src/core/lifecycle.ts';
import type { InputFile, Proposal } from '../../../src/core/proposal.ts';
import type { Completion } from '../../../src/protocol/completion.ts';
import type { Setup } from '../../../src/protocol/chatState.ts';
import { ChatController } from '../../../src/ui/chat/chatController.ts';
import type { ChatParts } from '../../../src/ui/chat/chatParts.ts';
import { ConversationFiles } from '../../../src/ui/chat/conversationFiles.ts';
import { KeptSessions } from '../../../src/ui/chat/keptSessions.ts';
import { PageRequests } from '../../../src/ui/chat/pageRequests.ts';
import { PendingDecisions } from '../../../src/ui/decisions/pendingDecisions.ts';
import type { KeyAnswer } from '../../../src/ui/secrets/keyAnswer.ts';
import { UnaskedConversations } from '../../../src/ui/decisions/unaskedConversations.ts';
import { PendingPermissions } from '../../../src/ui/permissions/pendingPermissions.ts';
import { startPageServer, type PageServer } from './pageServer.ts';
import { ScriptedAgent } from './scriptedAgent.ts';

export interface OpenChat {
  readonly page: Page;
  readonly chat: ChatController;
  readonly agent: ScriptedAgent;
  readonly pending: PendingDecisions;
  /** Says that a copy of a proposal in the editor was changed. */
  readonly edits: Emitter<{ readonly proposal: Proposal; readonly changed: boolean }>;
  readonly permissions: PendingPermissions;
  readonly server: PageServer;
  /** What the page asked the editor to do, e.g. `openLink https://…`. */
  readonly did: string[];
  /** Messages of the page's console that are errors, and what its policy refused. */
  readonly complaints: string[];
  /** Every address that the page asked for. */
  readonly requested: string[];
  /** Artifacts with these names get these addresses. */
  readonly pictures: Map<string, string>;
  close(): Promise<void>;
}

export const ready: Setup = {
  trusted: true,
  key: 'present',
  sandbox: { state: 'ready', label: 'docker · runc', reason: 'chosen because an engine answers' },
  model: 'claude-test',
};

/** The real page in a real browser, with the real host side of the chat behind it. */
export async function openChat(
  browser: Browser,
  options: {
    setup?: Setup;
    folder?: string;
    pendingThreads?: readonly string[];
    /** What the person does when asked for a key. */
    giveKey?: () => Promise<KeyAnswer>;
    /** Whether the person means the proposal and not a changed copy of it. */
    runsAsProposed?: boolean;
    /** Instead of the agent whose words the test says. */
    realAgent?: Agent;
    /** What the editor does with the chat before its page is there. */
    beforePage?: (chat: ChatController) => void;
  } = {},
): Promise<OpenChat> {
  const folder = options.folder ?? (await mkdtemp(path.join(os.tmpdir(), 'gbp-')));
  const server = await startPageServer();
  const agent = new ScriptedAgent(options.pendingThreads);
  const pending = new PendingDecisions();
  const permissions = new PendingPermissions();
  const edits = new Emitter<{ readonly proposal: Proposal; readonly changed: boolean }>();
  const did: string[] = [];
  const complaints: string[] = [];
  const requested: string[] = [];
  const pictures = new Map<string, string>();
  const note =
    (what: string) =>
    async (detail: unknown = ''): Promise<void> =>
      void did.push(`${what} ${typeof detail === 'string' ? detail : ''}`.trim());
  const parts: ChatParts = {
    agent: async () => options.realAgent ?? agent,
    elsewhere: async () => false,
    workspace: () => undefined,
    conversations: new ConversationFiles(folder),
    sessions: new KeptSessions(async () => ({
      interruptSession: async (id) => (did.push(`interrupt ${id}`), true),
      closeSession: async (id) => void did.push(`close ${id}`),
    })),
    secrets: () => ['my-own-gateway-key'],
    unasked: new UnaskedConversations(pending),
    pending,
    edits: {
      onDidChange: edits.on,
      runsAsProposed: async ({ id }) => {
        if (options.runsAsProposed !== undefined) did.push(`runsAsProposed ${id}`);
        return options.runsAsProposed ?? true;
      },
    },
    permissions,
    openChange: async (change) => void did.push(`openChange ${change.path}`),
    undoChange: async (change) => (did.push(`undoChange ${change.path}`), { written: true }),
    setup: async () => options.setup ?? ready,
    onDidChangeSetup: () => ({ dispose: () => undefined }),
    askForKey: async () => (did.push('askForKey'), options.giveKey?.() ?? { given: true, there: true }),
    manageTrust: note('manageTrust'),
    fixSandbox: note('fixSandbox'),
    useEmbedded: note('useEmbedded'),
    openSettings: note('openSettings'),
    chooseModel: note('chooseModel'),
    pickFiles: async () => [file('sales.csv')],
    resolveFiles: async (paths) => paths.map(file),
    attachPaths: async (paths) => ({ files: paths.map(file), leftOut: [] }),
    complete: async (sign, query) => completions[sign].filter(({ value }) => value.includes(query)),
    selectedText: () => 'tax.py:1-2\nrate = 0.2',
    openPreview: async (proposal) => void did.push(`openPreview ${proposal.id}`),
    openArtifact: async (artifact) => void did.push(`openArtifact ${artifact.path}`),
    openOutput: note('openOutput'),
    openFullOutput: async (runId, stream) => void did.push(`openFullOutput ${runId} ${stream}`),
    fetchPackage: note('fetchPackage'),
    openHistory: note('openHistory'),
    rerun: note('rerun'),
    openLink: note('openLink'),
    confirm: async () => true,
    warn: (message) => void did.push(`warn ${message}`),
  };
  const chat = new ChatController(parts);
  const requests = new PageRequests(chat, parts);
  const page = await (await browser.newContext({ viewport: { width: 420, height: 900 } })).newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => requested.push(request.url()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.exposeFunction('toHost', (message: unknown) => void requests.receive(message));
  await page.addInitScript(hostApi);
  chat.feed.attach({
    post: (message) => void page.evaluate(receive, message).catch(() => undefined),
    dress: (entry) =>
      entry.kind !== 'card'
        ? entry
        : {
            ...entry,
            artifacts: entry.artifacts.map((artifact) => {
              const src = pictures.get(artifact.name);
              return src === undefined ? artifact : { ...artifact, src };
            }),
          },
  });
  await chat.restore();
  options.beforePage?.(chat);
  await page.goto(server.url);
  await page.getByTestId('composer').waitFor();
  const close = async (): Promise<void> => {
    await chat.close();
    pending.dispose();
    permissions.dispose();
    await page.context().close();
    await server.close();
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  };
  return {
    page,
    chat,
    agent,
    pending,
    edits,
    permissions,
    server,
    did,
    complaints,
    requested,
    pictures,
    close,
  };
}

const completions: Readonly<Record<'@' | '#' | '/', readonly Completion[]>> = {
  '@': [
    { kind: 'selection', value: 'selection', detail: 'tax.py:1-2' },
    { kind: 'file', value: 'sales.csv' },
    { kind: 'file', value: 'data/costs.csv' },
    // Looks like `evilyp.png` where nothing is done about it.
    { kind: 'file', value: 'evil\u202egnp.py' },
  ],
  '#': [{ kind: 'folder', value: 'data' }],
  '/': [{ kind: 'skill', value: 'data-analysis', detail: 'Totals, groups and trends' }],
};

function file(name: string): InputFile {
  return { name, bytes: 2048, open: () => (async function* () {})() };
}

interface PageScope {
  postMessage(message: unknown, target: string): void;
  toHost(message: unknown): void;
  acquireVsCodeApi(): unknown;
  hit(): void;
  wasHit: boolean;
  readonly sessionStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
}

/** Runs in the page: a message of the host arrives. */
function receive(message: unknown): void {
  (globalThis as unknown as PageScope).postMessage(message, '*');
}

/** Runs in the page: what VS Code gives to a webview. */
function hostApi(): void {
  const scope = globalThis as unknown as PageScope;
  // What hostile texts try to call.
  scope.hit = () => {
    scope.wasHit = true;
  };
  scope.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => scope.toHost(message),
    getState: () => JSON.parse(scope.sessionStorage.getItem('draft') ?? 'null') as unknown,
    setState: (state: unknown) => scope.sessionStorage.setItem('draft', JSON.stringify(state)),
  });
}
