import { interrupt } from '@langchain/langgraph';
import type { SecretRequest } from '../../core/permission.ts';
import { isSecretPath } from '../../core/secretPath.ts';
import type { Turn } from '../turn.ts';
import type { FoundFile, WorkspaceFiles } from '../workspaceFiles.ts';
import { workspacePath } from '../workspacePath.ts';
import { hashOf, permissionAnswerOf, permissionQuestionOf } from './permissionQuestion.ts';

/** Files with secrets that the person let the agent read in one conversation, by path. */
export type PermittedSecrets = Set<string>;

/**
 * Opens a file for reading. One that may hold secrets is asked for, once in a conversation; it is to be
 * called before anything with a side effect, because the tool starts anew with the answer.
 */
export async function openOrAsk(
  name: string,
  callId: string,
  parts: {
    readonly turn: Turn;
    readonly workspace: WorkspaceFiles;
    readonly permitted: PermittedSecrets;
    /** False where nobody can be asked. */
    readonly asks: boolean;
  },
): Promise<FoundFile> {
  const path = workspacePath(name);
  if (path === undefined) return parts.workspace.open(name);
  const permitted = parts.permitted.has(path);
  const opened = await parts.workspace.open(path, { secrets: permitted });
  // The workspace knows of more secrets than their names tell, by the folder that is open.
  const secret = !permitted && (isSecretPath(path) || (!opened.found && opened.secret === true));
  if (!secret || !parts.asks) return opened;
  const found = await parts.workspace.open(path, { secrets: true });
  if (!found.found) return found;
  const request: SecretRequest = {
    kind: 'secret',
    id: callId,
    threadId: parts.turn.threadId,
    path,
    bytes: found.file.bytes,
    hash: hashOf('secret', path),
  };
  const answer = permissionAnswerOf(interrupt(permissionQuestionOf(request)), request);
  if (answer.kind === 'refuse') {
    const why = answer.reason === undefined ? '' : ` ${answer.reason}`;
    return {
      found: false,
      reason: `The person did not let you read "${path}".${why} Go on without it, and do not ask again.`,
    };
  }
  parts.permitted.add(path);
  return found;
}
