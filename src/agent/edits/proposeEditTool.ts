import { tool, type ToolRuntime } from '@langchain/core/tools';
import { interrupt } from '@langchain/langgraph';
import type { ChangeWriter } from '../../core/ports.ts';
import { oneByOne } from '../../core/oneByOne.ts';
import { permissionAnswerOf, permissionQuestionOf } from '../permissions/permissionQuestion.ts';
import type { PermittedSecrets } from '../permissions/secretFiles.ts';
import type { Turn } from '../turn.ts';
import type { WorkspaceFiles } from '../workspaceFiles.ts';
import { planEdit } from './planEdit.ts';
import { proposeEditInput, type ProposeEditInput } from './proposeEditInput.ts';

export interface ProposeEditParts {
  readonly turn: Turn;
  readonly workspace: WorkspaceFiles;
  readonly permitted: PermittedSecrets;
  readonly changes: ChangeWriter;
}

/** The tool by which the model proposes a change of a file. It is written only when a person allows it. */
export function proposeEditTool({ turn, workspace, permitted, changes }: ProposeEditParts) {
  const inTurn = oneByOne();
  return tool(
    // What one of several changes leaves behind counts for the next: none is checked beside another.
    async (input: ProposeEditInput, runtime: ToolRuntime): Promise<string> =>
      inTurn(() => propose(input, runtime)),
    { name: 'propose_edit', description, schema: proposeEditInput },
  );

  async function propose(input: ProposeEditInput, runtime: ToolRuntime): Promise<string> {
    const ids = { id: runtime.toolCallId, threadId: turn.threadId };
    const planned = await planEdit(input, ids, workspace, permitted);
    if (!planned.ok) return planned.problem;
    const { change } = planned;
    // Throws the first time; with the answer the tool starts again from its top, so that a file
    // that has changed meanwhile gives another hash than the one that was allowed.
    const answer = permissionAnswerOf(interrupt(permissionQuestionOf(change)), change);
    if (answer.kind === 'refuse') {
      const why = answer.reason === undefined ? '' : ` ${answer.reason}`;
      return `status: rejected\nThe change of "${change.path}" was not made.${why}\nDo not propose the same change again.`;
    }
    turn.signal.throwIfAborted();
    const result = await turn.track(changes.write(change));
    turn.emit({ kind: 'changed', requestId: change.id, result });
    if (!result.written) return `status: error\n"${change.path}" was not changed: ${result.reason}`;
    const more = result.saved === undefined ? '' : ` ${savedMore}`;
    return `status: ok\n"${change.path}" was changed.${more}`;
  }
}

const savedMore =
  "When it was saved, the editor changed more of it, by the person's settings (a formatter, for example). Read it again before you propose another change of it.";

const description =
  'Proposes a change of one text file of the workspace, or a new one. The person sees it as a diff and ' +
  'decides; nothing is written before. Read the file first. Use it when the person wants a file changed, ' +
  'never to try something out: for that there is run_code.';
