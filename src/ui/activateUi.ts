import path from 'node:path';
import * as vscode from 'vscode';
import type { Agent } from '../core/ports.ts';
import { DisposableList, Emitter } from '../core/lifecycle.ts';
import type { CommandHandlers } from './commands/registerCommands.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { KeptSessions } from './chat/keptSessions.ts';
import { askAboutFiles, askAboutProblem, askAboutRun, askAboutSelection } from './conversation/askAbout.ts';
import { ChatSetup } from './conversation/chatSetup.ts';
import { registerFixActions } from './conversation/fixActions.ts';
import { LazyChat } from './conversation/lazyChat.ts';
import { PendingDecisions } from './decisions/pendingDecisions.ts';
import { UnaskedConversations } from './decisions/unaskedConversations.ts';
import { historyCommands } from './history/historyCommands.ts';
import { HistoryTree } from './history/historyTree.ts';
import { RecordDocuments, recordScheme } from './history/recordDocuments.ts';
import { RunPanels } from './history/runPanels.ts';
import { chooseModel } from './models/chooseModel.ts';
import { RunChannel } from './output/runChannel.ts';
import { changeCommands } from './permissions/changeCommands.ts';
import { changeNote } from './permissions/changeNote.ts';
import { ChangePreview } from './permissions/changePreview.ts';
import { PendingPermissions } from './permissions/pendingPermissions.ts';
import { changeWriter } from './permissions/writeChange.ts';
import { rulePage, showRule } from './preview/rulePage.ts';
import { openOnProposal } from './preview/openOnProposal.ts';
import { decideCommands } from './preview/decideCommands.ts';
import { LiveFindings } from './preview/liveFindings.ts';
import { ProposalEditing } from './preview/proposalEditing.ts';
import { rejectOnClose } from './preview/rejectOnClose.ts';
import { ProposalPreview } from './preview/proposalPreview.ts';
import { ActiveRuns } from './run/activeRuns.ts';
import { EditorFindings } from './run/checkEditorCode.ts';
import { EditorApprover } from './run/editorApprover.ts';
import { runEditorCode } from './run/runEditorCode.ts';
import { changesAround } from './sandbox/changesAround.ts';
import { keepKnown } from './sandbox/keepKnown.ts';
import { sandboxCommands } from './sandbox/sandboxCommands.ts';
import { SandboxState } from './sandbox/sandboxState.ts';
import { tellSandboxChanges } from './sandbox/tellSandboxChanges.ts';
import { SelfTestPage } from './sandbox/selfTestPage.ts';
import { openSettings } from './settings/openSettings.ts';
import type { ApiKey } from './secrets/apiKey.ts';
import { SkillsTree } from './skills/skillsTree.ts';
import { showMenu } from './status/menu.ts';
import { openWaiting } from './status/openWaiting.ts';
import { WaitingBadge } from './status/waitingBadge.ts';
import { StatusItem } from './status/statusItem.ts';
import { registerRunCodeTool } from './tools/runCodeTool.ts';
import { ToolApprover } from './tools/toolApprover.ts';
import type { LoadApp } from './uiApp.ts';

export interface UiParts {
  readonly context: vscode.ExtensionContext;
  readonly app: LoadApp;
  readonly key: ApiKey;
  readonly log: vscode.LogOutputChannel;
  /** Whether a proposal of the chat opens in the editor by itself. */
  readonly previewOpens: () => boolean;
  /** Private folder of the extension; made when something is first written. */
  readonly dataFolder: string;
}

/** What has to end before the app does. */
export interface Ui {
  close(): Promise<void>;
}

/** Registers every part of the user interface; nothing heavy is loaded before its first use. */
export function activateUi(parts: UiParts): Ui {
  const { context, app, key, log, dataFolder } = parts;
  const owned = new DisposableList();
  context.subscriptions.push(owned);
  const pending = owned.push(new PendingDecisions());
  const unasked = owned.push(new UnaskedConversations(pending));
  const runs = owned.push(new ActiveRuns());
  const channel = owned.push(new RunChannel(vscode.window.createOutputChannel('Glovebox'), key.known));
  const sandbox = owned.push(new SandboxState(app));
  const setup = owned.push(new ChatSetup(key, sandbox));
  const preview = owned.push(new ProposalPreview(pending, rulePage));
  owned.push(openOnProposal(pending, preview, parts.previewOpens, (error) => log.error(String(error))));
  owned.push(rejectOnClose(pending));
  const permissions = owned.push(new PendingPermissions());
  const changes = owned.push(new ChangePreview(permissions));
  const editing = owned.push(new ProposalEditing(pending, context.workspaceState));
  owned.push(new LiveFindings(app, rulePage));
  const tree = owned.push(new HistoryTree(app));
  const skills = owned.push(new SkillsTree(app));
  const panels = owned.push(new RunPanels(app, key.known));
  const findings = owned.push(new EditorFindings(app, rulePage));
  owned.push(new StatusItem(runs, sandbox, pending, permissions));
  const badge = owned.push(new WaitingBadge(tree.view, context.workspaceState, pending, permissions));
  owned.push(tellSandboxChanges(sandbox));
  const ended = owned.push(new Emitter<void>());
  owned.push(keepKnown(sandbox, [ended.on, runs.onDidEnd], changesAround));
  const records = new RecordDocuments(app, key.known);
  owned.push(vscode.workspace.registerTextDocumentContentProvider(recordScheme, records));

  const sessions = new KeptSessions(async () => (await app()).executor);
  let made: Promise<Agent> | undefined;
  const agent = (): Promise<Agent> => {
    made ??= app()
      .then((loaded) =>
        loaded.createAgent({
          approver: pending,
          output: channel,
          permitter: permissions,
          changes: changeWriter((change, result) => channel.note(changeNote(change, result))),
          keepsConversations: true,
          sessionOf: sessions.sessionOf,
          runsUnasked: unasked.has,
          onOutcome: () => ended.fire(),
        }),
      )
      .catch((error: unknown) => {
        made = undefined;
        throw error;
      });
    return made;
  };
  const chat = owned.push(
    new LazyChat({
      extensionUri: context.extensionUri,
      conversationFolder: path.join(dataFolder, 'conversations'),
      artifactRoots: [vscode.Uri.file(path.join(dataFolder, 'artifacts'))],
      agent,
      elsewhere: async (threadId) => (await app()).elsewhere(threadId),
      sessions,
      unasked,
      pending,
      permissions,
      changes,
      skills: async () => (await app()).skills(),
      preview,
      edits: editing,
      resolved: (view) => badge.moveTo(view),
      key,
      setup,
    }),
  );
  const draftParts = { app, approver: new EditorApprover(pending, preview), output: channel, runs, log };
  const editorParts = { ...draftParts, channel, memory: context.workspaceState };
  const showConversation = async (id: string): Promise<void> => {
    await vscode.commands.executeCommand('glovebox.chat.focus');
    const { controller } = await chat.load();
    if (controller.shown.id !== id) await controller.select(id);
  };
  const handlers: CommandHandlers = {
    ...decideCommands(pending, editing),
    'glovebox.openPreview': () => openWaiting({ pending, permissions, preview, changes, showConversation }),
    ...changeCommands(permissions, changes),
    ...historyCommands({
      ...draftParts,
      tree,
      panels,
      secrets: key.known,
      revealOutput: () => channel.reveal(),
      askAbout: (record) => askAboutRun(chat, record, key.known),
    }),
    ...sandboxCommands(app, sandbox, log, owned.push(new SelfTestPage())),
    'glovebox.ask': async (text) => {
      await vscode.commands.executeCommand('glovebox.chat.focus');
      // From a keybinding, a link or another extension: the words are asked at once.
      if (typeof text === 'string' && text.trim() !== '') await (await chat.load()).controller.ask(text, []);
    },
    'glovebox.askAboutSelection': () => askAboutSelection(chat),
    'glovebox.fixError': (uri, line, message) => askAboutProblem(chat, uri, line, message),
    'glovebox.chooseModel': () => chooseModel(app),
    'glovebox.askAboutFile': (uri, uris) => askAboutFiles(chat, uri, uris),
    'glovebox.showSkills': () => vscode.commands.executeCommand('glovebox.skills.focus'),
    'glovebox.skills.refresh': () => skills.refresh(),
    'glovebox.newConversation': async () => {
      await vscode.commands.executeCommand('glovebox.chat.focus');
      (await chat.load()).controller.newConversation();
    },
    'glovebox.session.keep': async () => {
      await vscode.commands.executeCommand('glovebox.chat.focus');
      const { controller } = await chat.load();
      await controller.session.keep(controller.shown.content.conversation.keepsState !== true);
    },
    'glovebox.session.restart': async () => (await chat.load()).controller.session.restart(),
    'glovebox.session.interrupt': async () => (await chat.load()).controller.session.interrupt(),
    'glovebox.runSelection': (uri) => runEditorCode('selection', uri, editorParts),
    'glovebox.runFile': (uri) => runEditorCode('file', uri, editorParts),
    'glovebox.checkFile': async () => {
      const document = vscode.window.activeTextEditor?.document;
      if (document !== undefined) await findings.check(document);
    },
    'glovebox.stop': async () => {
      runs.stopAll();
      (await chat.loaded())?.controller.stopAll();
    },
    'glovebox.setApiKey': () => key.ask(),
    'glovebox.clearApiKey': () => key.clear(),
    'glovebox.showOutput': () => channel.reveal(),
    'glovebox.showLog': () => log.show(true),
    'glovebox.openSettings': (query) =>
      openSettings(typeof query === 'string' ? query : `@ext:${context.extension.id}`),
    'glovebox.openWalkthrough': () =>
      vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${context.extension.id}#glovebox.start`,
        false,
      ),
    'glovebox.showRule': (rule) => showRule(context.extensionUri, rule),
    'glovebox.menu': showMenu,
  };
  owned.push(registerCommands(handlers, log));
  owned.push(registerFixActions());
  const forTool = { approver: new ToolApprover(pending, preview), secrets: key.known };
  owned.push(registerRunCodeTool({ ...draftParts, ...forTool }));
  return {
    async close() {
      runs.stopAll();
      try {
        await chat.close();
      } finally {
        await (await made?.catch(() => undefined))?.close();
      }
    },
  };
}
