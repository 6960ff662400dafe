import { setTimeout as sleep } from 'node:timers/promises';
import { Command, MemorySaver } from '@langchain/langgraph';
import type { BaseMessage } from '@langchain/core/messages';
import { openElsewhere, type AgentEvent, type AskRequest, type TakenBack } from '../core/agent.ts';
import { GloveboxError } from '../core/errors.ts';
import type { PermissionAnswer, PermissionRequest } from '../core/permission.ts';
import type { Agent } from '../core/ports.ts';
import type { InputFile } from '../core/proposal.ts';
import type { AgentParts, Checkpoints } from './agentParts.ts';
import { askMessage } from './askMessage.ts';
import { cleanName } from './cleanOutput.ts';
import { ConversationFiles } from './conversationFiles.ts';
import { editorWindow } from './editorWindow.ts';
import { failureEvent } from './failureEvent.ts';
import { agentGraph, type AgentGraph } from './agentGraph.ts';
import { forbidTracing } from './forbidTracing.ts';
import { permissionQuestion } from './permissions/permissionQuestion.ts';
import type { PermittedSecrets } from './permissions/secretFiles.ts';
import { answerOf, proposalOf, proposalQuestion } from './proposalQuestion.ts';
import { noSkills } from '../core/skill.ts';
import { withNamedSkill } from './skills/skillText.ts';
import { withoutRequests } from './takeBack.ts';
import { Turn } from './turn.ts';
import { TurnClock } from './turnClock.ts';

type Emit = (event: AgentEvent) => void;

/** Claude through LangChain. Code leaves it only as proposals to `runCode`. */
export function createClaudeAgent(parts: AgentParts): Agent {
  forbidTracing(process.env);
  return new ClaudeAgent(parts);
}

class ClaudeAgent implements Agent {
  readonly #parts: AgentParts;
  readonly #checkpoints: Checkpoints;
  #closed = false;
  readonly #files: ConversationFiles;
  /** Files with secrets that may be read, by conversation; forgotten when the window closes. */
  readonly #permitted = new Map<string, PermittedSecrets>();

  constructor(parts: AgentParts) {
    this.#parts = parts;
    this.#checkpoints = parts.checkpoints ?? new MemorySaver();
    this.#files = new ConversationFiles(parts.workspace, (threadId) => this.#reader(threadId).messages());
  }

  async ask(request: AskRequest, emit: Emit, signal: AbortSignal): Promise<void> {
    const files = await this.#files.add(request.threadId, request.files);
    await this.#take(request.threadId, files, emit, signal, async (graph) => {
      const text = withNamedSkill(request.text, graph.skills, graph.secrets);
      const names = await this.#files.names(request.files);
      const message = await askMessage({ ...request, text }, graph.secrets, names);
      // By itself: with new input the graph drops what calls beside an unfinished one have brought.
      await graph.close(unanswered);
      return { messages: [message] };
    });
  }

  async resume(threadId: string, emit: Emit, signal: AbortSignal): Promise<void> {
    const files = await this.#files.of(threadId);
    await this.#take(threadId, files, emit, signal, async () => undefined);
  }

  async hasPending(threadId: string): Promise<boolean> {
    if (this.#parts.turns?.elsewhere(threadId) === true) return false;
    return (await this.#reader(threadId).pending()).length > 0;
  }

  async forget(threadId: string): Promise<void> {
    this.#files.forget(threadId);
    this.#permitted.delete(threadId);
    await this.#checkpoints.deleteThread(threadId);
  }

  async rewind(threadId: string, requestIds: readonly string[]): Promise<TakenBack> {
    if (this.#parts.turns?.elsewhere(threadId) === true) throw new GloveboxError('elsewhere', openElsewhere);
    return this.branch(threadId, threadId, requestIds);
  }

  async branch(threadId: string, newThreadId: string, requestIds: readonly string[]): Promise<TakenBack> {
    const reader = this.#reader(threadId);
    const messages = await reader.messages();
    const kept = withoutRequests(messages, requestIds);
    if (newThreadId !== threadId || kept.messages !== messages)
      await this.#reader(newThreadId).replace(kept.messages, await reader.spentUsd());
    await this.#files.keep(threadId, newThreadId, kept.messages);
    return { inSummary: kept.inSummary };
  }

  /**
   * A turn that is still under way keeps its place: what waits for a decision waits on after a
   * restart. To be called before its signal aborts.
   */
  async close(): Promise<void> {
    this.#closed = true;
    this.#files.clear();
    this.#permitted.clear();
  }

  /** Runs one turn to its end and says how it ended. */
  async #take(
    threadId: string,
    files: readonly InputFile[],
    emit: Emit,
    signal: AbortSignal,
    start: (graph: AgentGraph) => Promise<GraphInput>,
  ): Promise<void> {
    const clock = new TurnClock(this.#parts.turnMs ?? 15 * 60_000);
    const lost = new AbortController();
    const broken = AbortSignal.any([clock.signal, lost.signal]);
    const turn = new Turn(threadId, files, emit, AbortSignal.any([signal, broken]));
    let graph: AgentGraph | undefined;
    try {
      const elsewhere = new GloveboxError('elsewhere', openElsewhere);
      if (this.#parts.turns?.take(threadId, () => lost.abort(elsewhere)) === false) throw elsewhere;
      clock.start();
      const gone = this.#files.takeGone(threadId).map(cleanName);
      if (gone.length > 0) turn.emit({ kind: 'notice', message: noLongerThere(gone) });
      graph = await this.#graph(turn);
      let input: GraphInput | Command = await start(graph);
      if (input !== undefined) await graph.invoke(input);
      for (;;) {
        clock.stop();
        const answers = await this.#decide(turn, graph);
        clock.start();
        if (answers === undefined) break;
        input = new Command({ resume: answers });
        await graph.invoke(input);
      }
      // The answer is whole. What could not be cleared up goes with the next turn.
      await this.#checkpoints.prune?.(turn.threadId).catch(() => undefined);
      turn.end({ kind: 'done' });
    } catch (error) {
      const stopped = signal.aborted;
      await turn.settled();
      // What another window goes on with is not closed here.
      if (!this.#closed && !lost.signal.aborted)
        await graph?.close(stopped ? graph.stoppedText() : unanswered).catch(() => undefined);
      turn.end(stopped ? { kind: 'done' } : failureEvent(broken.aborted ? broken.reason : error));
    } finally {
      clock.stop();
      this.#parts.turns?.letGo(threadId);
    }
  }

  /** Asks for every proposal that waits, all at once; undefined when none does. */
  async #decide(turn: Turn, graph: AgentGraph): Promise<Record<string, unknown> | undefined> {
    const pending = await graph.pending();
    if (pending.length === 0) return undefined;
    const answers = await Promise.all(
      pending.map(async ({ id, value }) => {
        const permission = permissionQuestion.safeParse(value);
        if (permission.success) return [id, await this.#permit(permission.data.request, turn)];
        const question = proposalQuestion.safeParse(value);
        if (!question.success) return [id, { kind: 'reject', reason: 'The proposal could not be read.' }];
        const files = [...turn.attached, ...turn.opened.values()];
        const { proposal, report } = proposalOf(question.data, files);
        turn.proposed(proposal, report);
        turn.asks(proposal.id, question.data.answered ?? 0);
        const decision = await this.#parts.approver.decide(proposal, report, turn.signal);
        return [id, answerOf(decision, report)];
      }),
    );
    // The person may have answered in the other window as well, which took this one for gone.
    this.#parts.turns?.keep(turn.threadId);
    turn.signal.throwIfAborted();
    return Object.fromEntries(answers) as Record<string, unknown>;
  }

  /** Asks for something else than running code. */
  async #permit(request: PermissionRequest, turn: Turn): Promise<PermissionAnswer> {
    turn.emit({ kind: 'asked', request });
    const answer = (await this.#parts.permitter?.permit(request, turn.signal)) ?? {
      kind: 'refuse',
      reason: 'There is nobody to ask.',
    };
    turn.emit({ kind: 'answered', requestId: request.id, answer });
    return answer;
  }

  #permittedIn(threadId: string): PermittedSecrets {
    const known = this.#permitted.get(threadId) ?? new Set<string>();
    this.#permitted.set(threadId, known);
    return known;
  }

  async #graph(turn: Turn): Promise<AgentGraph> {
    const editorModel = await this.#parts.editorModel?.();
    const { apiKey, secrets } = await this.#key(editorModel === undefined);
    return agentGraph(this.#parts, {
      turn,
      apiKey,
      secrets,
      checkpoints: this.#checkpoints,
      permitted: this.#permittedIn(turn.threadId),
      pause: this.#parts.pause ?? ((ms, signal) => sleep(ms, undefined, { signal })),
      sandboxFacts: await this.#parts.sandboxFacts?.(),
      skills: (await this.#parts.skills?.()) ?? noSkills,
      editorModel,
      windowTokens: await editorWindow(editorModel),
    });
  }

  /** The key for the API. A model of the editor needs none, but must not get to read one either. */
  async #key(needed: boolean): Promise<{ readonly apiKey: string; readonly secrets: readonly string[] }> {
    const known = (
      await (needed ? this.#parts.apiKey() : this.#parts.apiKey().catch(() => undefined))
    )?.trim();
    if (known !== undefined && known !== '') return { apiKey: known, secrets: [known] };
    if (needed) throw new GloveboxError('no-key', noKey);
    return { apiKey: 'none', secrets: [] };
  }

  #reader(threadId: string): AgentGraph {
    return agentGraph(this.#parts, {
      turn: new Turn(threadId, [], () => undefined, new AbortController().signal),
      apiKey: 'none',
      secrets: [],
      checkpoints: this.#checkpoints,
      permitted: new Set(),
      pause: async () => undefined,
      sandboxFacts: undefined,
      skills: noSkills,
      editorModel: undefined,
      windowTokens: undefined,
    });
  }
}

type GraphInput = { readonly messages: BaseMessage[] } | undefined;

const unanswered = '(There was no answer to this: it was stopped or failed.)';
const noLongerThere = (names: readonly string[]): string =>
  `No longer there: ${names.join(', ')}. Attach what is still needed again.`;
const noKey =
  'There is no API key yet. Set one with the command "Glovebox: Set API Key", or in the environment as ANTHROPIC_API_KEY.';
