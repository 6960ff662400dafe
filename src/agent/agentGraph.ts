import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { RemoveMessage, type BaseMessage } from '@langchain/core/messages';
import { REMOVE_ALL_MESSAGES, type BaseCheckpointSaver, type Command } from '@langchain/langgraph';
import { createAgent } from 'langchain';
import type { AgentParts } from './agentParts.ts';
import { cachedInstructions, cachePrompt } from './cachePrompt.ts';
import { anthropicUrl } from './anthropicUrl.ts';
import { chatAnthropic } from './chatModel.ts';
import { closingMessages } from './closeTurn.ts';
import { checkToolInput } from './checkToolInput.ts';
import { openInterrupts, type Pending } from './openInterrupts.ts';
import { proposeEditTool } from './edits/proposeEditTool.ts';
import type { PermittedSecrets } from './permissions/secretFiles.ts';
import { readFileTool } from './readFileTool.ts';
import { showRecentImages } from './recentImages.ts';
import { runCodeTool } from './runCodeTool.ts';
import type { SkillCatalog } from '../core/skill.ts';
import { skillList } from './skills/skillText.ts';
import { useSkillTool } from './skills/useSkill.ts';
import { EditorChatModel, type EditorModel } from './editorChatModel.ts';
import { ReplyStream } from './streamReply.ts';
import { Summariser } from './summarise.ts';
import { Spending, spendingName } from './spending.ts';
import { plainSandboxFacts, systemPrompt } from './systemPrompt.ts';
import { tryModel } from './tryModel.ts';
import type { Turn } from './turn.ts';
import { workspaceTools } from './workspaceTools.ts';

/** LangChain's agent for one turn of one conversation. */
export interface AgentGraph {
  readonly skills: SkillCatalog;
  readonly secrets: readonly string[];
  invoke(input: { readonly messages: BaseMessage[] } | Command): Promise<void>;
  messages(): Promise<readonly BaseMessage[]>;
  /** What the conversation has cost, in US dollars. */
  spentUsd(): Promise<number>;
  pending(): Promise<readonly Pending[]>;
  /** Puts these messages in the place of all there are, and says what they have cost with all that went. */
  replace(messages: readonly BaseMessage[], spentUsd: number): Promise<void>;
  /** Completes an unfinished conversation, so that it can go on later. */
  close(ending: string): Promise<void>;
  /** The end of a conversation that the person stopped, with what had been said. */
  stoppedText(): string;
}

export interface GraphContext {
  readonly turn: Turn;
  readonly apiKey: string;
  /** Texts that must never reach the model: the key, also when another model than that of the API is asked. */
  readonly secrets: readonly string[];
  readonly checkpoints: BaseCheckpointSaver;
  readonly permitted: PermittedSecrets;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly sandboxFacts: string | undefined;
  readonly skills: SkillCatalog;
  readonly editorModel: EditorModel | undefined;
  /** What the editor says of its model. */
  readonly windowTokens: number | undefined;
}

/** After it the graph decides whether a turn has come to its end. */
const lastNode = `${spendingName}.after_model`;

export function agentGraph(parts: AgentParts, context: GraphContext): AgentGraph {
  const { turn } = context;
  const settings = parts.model();
  const reply = new ReplyStream(turn.emit);
  const editor =
    context.editorModel === undefined ? undefined : new EditorChatModel(context.editorModel, settings);
  const windowTokens = context.windowTokens ?? settings.windowTokens ?? 200_000;
  const { secrets } = context;
  const idleMs = parts.idleMs ?? 120_000;
  const plainModel = (): BaseChatModel =>
    editor ??
    chatAnthropic({ ...settings, thinking: { kind: 'off' }, maxTokens: 2048 }, context.apiKey, idleMs);
  const name = context.editorModel?.id ?? settings.model;
  const spending = new Spending({
    turn,
    model: editor === undefined ? name : undefined,
    name,
    capUsd: settings.spendingCapUsd,
  });
  const summariser = new Summariser({ turn, model: plainModel, windowTokens, spending });
  const agent = createAgent({
    model: editor ?? chatAnthropic(settings, context.apiKey, idleMs),
    systemPrompt: cachedInstructions(
      systemPrompt(context.sandboxFacts ?? plainSandboxFacts) + skillList(context.skills),
    ),
    tools: [
      runCodeTool({
        turn,
        runCode: parts.runCode,
        workspace: parts.workspace,
        runsUnasked: () => parts.runsUnasked?.(turn.threadId) ?? false,
        sessionId: () => parts.sessionOf?.(turn.threadId),
        permitted: context.permitted,
        secrets,
      }),
      ...(context.skills.skills.length === 0
        ? []
        : [useSkillTool({ catalog: context.skills, turn, secrets })]),
      readFileTool({
        turn,
        workspace: parts.workspace,
        secrets,
        permitted: context.permitted,
        asks: parts.permitter !== undefined,
      }),
      ...(parts.workspace === undefined ? [] : workspaceTools({ turn, workspace: parts.workspace, secrets })),
      ...(parts.workspace === undefined || parts.changes === undefined || parts.permitter === undefined
        ? []
        : [
            proposeEditTool({
              turn,
              workspace: parts.workspace,
              permitted: context.permitted,
              changes: parts.changes,
            }),
          ]),
    ],
    middleware: [
      spending.middleware(),
      summariser.middleware(),
      tryModel({
        reply,
        turn,
        endpoint: context.editorModel === undefined ? (settings.baseUrl ?? anthropicUrl) : 'the editor',
        model: name,
        windowTokens,
        pause: context.pause,
        spending,
        shorten: (messages) => summariser.shorten(messages),
      }),
      checkToolInput(),
      showRecentImages(),
      ...(editor === undefined ? [cachePrompt()] : []),
    ],
    checkpointer: context.checkpoints,
  });
  const config = { configurable: { thread_id: turn.threadId } };
  const state = () => agent.graph.getState(config);
  const value = async (name: string): Promise<unknown> => {
    const values: unknown = (await state()).values;
    return typeof values === 'object' && values !== null ? Reflect.get(values, name) : undefined;
  };
  const messages = async (): Promise<readonly BaseMessage[]> => {
    const found = await value('messages');
    return Array.isArray(found) ? (found as BaseMessage[]) : [];
  };
  const spentUsd = async (): Promise<number> => Number((await value('spentUsd')) ?? 0);
  return {
    skills: context.skills,
    secrets,
    messages,
    spentUsd,
    invoke: async (input) => {
      await agent.graph.invoke(input, {
        ...config,
        callbacks: [reply],
        signal: turn.signal,
        // The turn counts its rounds itself.
        recursionLimit: 1000,
      });
    },
    pending: async () => openInterrupts((await state()).tasks, await context.checkpoints.getTuple(config)),
    replace: async (kept, spent) => {
      const all = [new RemoveMessage({ id: REMOVE_ALL_MESSAGES }), ...kept];
      await agent.graph.updateState(config, { messages: all, spentUsd: spent }, lastNode);
    },
    close: async (ending) => {
      const closing = closingMessages(await messages(), ending);
      const fresh = spending.take();
      if (closing.length === 0 && fresh === 0) return;
      const spent = (await spentUsd()) + fresh;
      await agent.graph.updateState(config, { messages: closing, spentUsd: spent }, lastNode);
    },
    stoppedText: () =>
      reply.text.trim() === ''
        ? '(The person stopped this.)'
        : `${reply.text.trim()}\n\n(The person stopped this here.)`,
  };
}
