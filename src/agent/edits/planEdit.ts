import { createHash } from 'node:crypto';
import type { EditRequest } from '../../core/permission.ts';
import type { InputFile } from '../../core/proposal.ts';
import { cleanName } from '../cleanOutput.ts';
import { hashOf } from '../permissions/permissionQuestion.ts';
import type { PermittedSecrets } from '../permissions/secretFiles.ts';
import type { WorkspaceFiles } from '../workspaceFiles.ts';
import { workspacePath } from '../workspacePath.ts';
import { editText } from './editText.ts';
import { newControl } from './newControls.ts';
import type { ProposeEditInput } from './proposeEditInput.ts';

const mostBytes = 512 * 1024;

export type PlannedEdit =
  { readonly ok: true; readonly change: EditRequest } | { readonly ok: false; readonly problem: string };

/** Reads the file and works out the change; writes nothing. */
export async function planEdit(
  input: ProposeEditInput,
  ids: { readonly id: string; readonly threadId: string },
  workspace: WorkspaceFiles,
  permitted: PermittedSecrets,
): Promise<PlannedEdit> {
  const path = workspacePath(input.path);
  if (path === undefined) return no(`"${cleanName(input.path)}" is not a path inside the workspace.`);
  const shared = { kind: 'edit', ...ids, path, purpose: input.purpose } as const;
  if (input.edits === undefined) {
    const problem = await workspace.creatable(path);
    if (problem !== undefined) return no(problem);
    const after = (input.content ?? '').replaceAll('\r\n', '\n');
    const control = newControl('', after);
    if (control !== undefined) return no(controlProblem(control));
    return { ok: true, change: { ...shared, after, hash: hashOf('edit', path, '', after) } };
  }
  const found = await workspace.open(path, { secrets: permitted.has(path), change: true });
  if (!found.found) return no(found.reason);
  const read = await readWhole(found.file);
  if (read === undefined)
    return no(`"${path}" can't be edited: it is no UTF-8 text, or larger than ${mostBytes / 1024} kB.`);
  const edited = editText(read.text, input.edits);
  if (!edited.ok) return no(edited.problem);
  const control = newControl(read.text, edited.text);
  if (control !== undefined) return no(controlProblem(control));
  const hash = hashOf('edit', path, read.hash, edited.text);
  return {
    ok: true,
    change: { ...shared, before: read.text, after: edited.text, fileHash: read.hash, hash },
  };
}

const no = (problem: string): PlannedEdit => ({ ok: false, problem: `Nothing was changed: ${problem}` });

const controlProblem = (control: string): string =>
  `the new text has the control character ${control} in it, which nobody can see. Write it as an escape of the language, such as \\x1b or \\u001b.`;

/** Text with `\n` and without a byte order mark, as the editor shows it, and the hash of the bytes. */
async function readWhole(
  file: InputFile,
): Promise<{ readonly text: string; readonly hash: string } | undefined> {
  if (file.bytes > mostBytes) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.open()) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (bytes.length > mostBytes || bytes.includes(0)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
    return { text, hash: createHash('sha256').update(bytes).digest('hex') };
  } catch {
    return undefined;
  }
}
