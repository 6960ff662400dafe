import type { BaseMessage } from '@langchain/core/messages';
import { tool, type ToolRuntime } from '@langchain/core/tools';
import { isGraphBubbleUp } from '@langchain/langgraph';
import type { Door, RunCode } from '../core/door.ts';
import type { Draft } from '../core/proposal.ts';
import { AgentStop } from './agentStop.ts';
import { cleanName, cleanOutput } from './cleanOutput.ts';
import { codeTitle } from './codeTitle.ts';
import { chooseFiles } from './inputFiles.ts';
import { interruptingApprover } from './interruptingApprover.ts';
import type { PermittedSecrets } from './permissions/secretFiles.ts';
import { previousCode } from './previousCode.ts';
import { runCodeInput, type RunCodeInput } from './runCodeInput.ts';
import { toolAnswer, type AnswerBlock } from './toolAnswer.ts';
import type { Turn } from './turn.ts';
import type { WorkspaceFiles } from './workspaceFiles.ts';

export interface RunCodeParts {
  readonly turn: Turn;
  readonly runCode: RunCode;
  readonly workspace: WorkspaceFiles | undefined;
  /** Whether clean code of this conversation runs without asking now. */
  readonly runsUnasked: () => boolean;
  /** Where the runs of this conversation keep their state; undefined: each starts afresh. */
  readonly sessionId: () => string | undefined;
  readonly permitted: PermittedSecrets;
  /** Texts that must never reach the model, such as the key itself. */
  readonly secrets: readonly string[];
}

/** The tool by which the model proposes code. All of it goes the pipeline's one way. */
export function runCodeTool(parts: RunCodeParts) {
  return tool(
    async (input: RunCodeInput, runtime: ToolRuntime): Promise<AnswerBlock[] | string> => {
      const { turn } = parts;
      const chosen = await chooseFiles(input.files, turn, parts.workspace, parts.permitted);
      if (!chosen.ok) {
        // The person was asked about it before, and sees nothing of what the model is told.
        if (turn.asked(runtime.toolCallId) > 0)
          turn.emit({ kind: 'notice', message: `The program was not run: ${cleanName(chosen.reason)}` });
        return chosen.problem;
      }
      const before = previousCode(messagesOf(runtime.state), runtime.toolCallId, input.code);
      const draft: Draft = {
        id: runtime.toolCallId,
        origin: 'agent',
        language: input.language,
        code: input.code,
        purpose: input.purpose,
        title: codeTitle(input.purpose, input.language),
        files: chosen.files,
        threadId: turn.threadId,
        ...(chosen.unattached.length === 0 ? {} : { unattachedFiles: chosen.unattached }),
        ...(before === undefined ? {} : { previousCode: before }),
      };
      return turn.track(propose(draft, parts));
    },
    { name: 'run_code', description: description(parts.sessionId() !== undefined), schema: runCodeInput },
  );
}

async function propose(draft: Draft, parts: RunCodeParts): Promise<AnswerBlock[] | string> {
  const { turn } = parts;
  // As it is now: the person may have switched it since the answer began.
  const sessionId = parts.sessionId();
  const door: Door = {
    approver: interruptingApprover(turn),
    output: {
      proposed: (proposal, report) => turn.proposed(proposal, report),
      decided: (proposal, decision) => turn.decided(proposal.id, decision),
      show: (proposal, event) => turn.emit({ kind: 'run', proposalId: proposal.id, event }),
    },
    signal: turn.signal,
    approvedForConversation: parts.runsUnasked(),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
  try {
    const outcome = await parts.runCode(draft, door);
    const { decision } = outcome;
    turn.decided(draft.id, decision);
    turn.emit({ kind: 'ran', proposalId: draft.id, result: outcome.result });
    turn.signal.throwIfAborted();
    if (outcome.result.status !== 'ok') turn.failed(outcome.proposal.code);
    // A file that was replaced under way is looked at anew when it is asked for again.
    if (outcome.result.status === 'unavailable')
      for (const name of draft.unattachedFiles ?? []) turn.opened.delete(name);
    const edited = outcome.proposal.code !== draft.code;
    return await toolAnswer({
      outcome,
      edited,
      clean: (text, limit) => cleanOutput(text, limit, parts.secrets),
    });
  } catch (error) {
    if (isGraphBubbleUp(error) || error instanceof AgentStop || turn.signal.aborted) throw error;
    const message = error instanceof Error ? error.message : String(error);
    turn.emit({ kind: 'notice', message: `Glovebox could not run the code: ${message}` });
    return `status: unavailable\nThe code was not run because of a fault outside it: ${cleanOutput(message, 500, parts.secrets)}`;
  }
}

const description = (keepsState: boolean): string =>
  'Runs a program in a sandbox without network and returns its status, output and images. ' +
  'The person sees the code and decides whether it runs; they may edit it first or reject it with a reason. ' +
  (keepsState
    ? 'Calls of this conversation share one Python session: variables, imports and files of earlier calls are there. They go when the session ends (a time limit, Stop, a restart of the editor, long idling): load again what is missing. '
    : 'Each call starts afresh: no variables or files are left from the call before. ') +
  'Input files are readable under their names in the work folder; write results to ./outputs.';

function messagesOf(state: unknown): readonly BaseMessage[] {
  const messages: unknown =
    typeof state === 'object' && state !== null && 'messages' in state ? state.messages : undefined;
  return Array.isArray(messages) ? (messages as BaseMessage[]) : [];
}
