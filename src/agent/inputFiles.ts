import type { InputFile } from '../core/proposal.ts';
import type { PermittedSecrets } from './permissions/secretFiles.ts';
import type { Turn } from './turn.ts';
import type { WorkspaceFiles } from './workspaceFiles.ts';
import { cleanName } from './cleanOutput.ts';
import { asData } from './dataMarks.ts';
import { isSecretPath } from '../core/secretPath.ts';
import { workspacePath } from './workspacePath.ts';

export type ChosenFiles =
  | { readonly ok: true; readonly files: readonly InputFile[]; readonly unattached: readonly string[] }
  | {
      readonly ok: false;
      /** What is wrong, in a sentence. */
      readonly reason: string;
      /** The same for the model, with what it may name instead. */
      readonly problem: string;
    };

/** The files for one run: those attached, and those of the workspace that the model names. */
export async function chooseFiles(
  names: readonly string[] | undefined,
  turn: Turn,
  workspace: WorkspaceFiles | undefined,
  permitted: PermittedSecrets,
): Promise<ChosenFiles> {
  if (names === undefined) return { ok: true, files: turn.attached, unattached: [] };
  const files = new Map<string, InputFile>();
  const unattached: string[] = [];
  for (const name of new Set(names)) {
    const attached = attachedFile(name, turn.attached);
    if (attached !== undefined) {
      files.set(attached.name, attached);
      continue;
    }
    const path = workspacePath(name);
    if (path === undefined) return problem(`"${cleanName(name)}" is not a path inside the workspace.`, turn);
    if (isSecretPath(path) && !permitted.has(path))
      return problem(`"${path}" may hold secrets, so it is not handed out.`, turn);
    const found = turn.opened.get(path) ?? (await open(path, workspace, permitted.has(path)));
    if (typeof found === 'string') return problem(found, turn);
    turn.opened.set(path, found);
    files.set(path, found);
    unattached.push(path);
  }
  return { ok: true, files: [...files.values()], unattached };
}

async function open(
  path: string,
  workspace: WorkspaceFiles | undefined,
  secrets: boolean,
): Promise<InputFile | string> {
  if (workspace === undefined) return `"${path}" is not attached.`;
  const found = await workspace.open(path, { secrets });
  return found.found ? { ...found.file, name: path } : found.reason;
}

/** An attached file by its name, or by its last part where that is clear. */
export function attachedFile(name: string, attached: readonly InputFile[]): InputFile | undefined {
  const exact = attached.find((file) => file.name === name || file.name === workspacePath(name));
  if (exact !== undefined) return exact;
  const sameEnd = attached.filter((file) => file.name.split('/').at(-1) === name);
  return sameEnd.length === 1 ? sameEnd[0] : undefined;
}

function problem(reason: string, turn: Turn): ChosenFiles {
  const names = turn.attached.map((file) => cleanName(file.name)).join('\n');
  const hint =
    names === ''
      ? 'No files are attached; ask the person to attach one.'
      : `These are attached:\n${asData('attached', names)}`;
  return { ok: false, reason, problem: `Nothing was run: ${reason} ${hint}` };
}
