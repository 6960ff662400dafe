import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { GloveboxError } from '../../core/errors.ts';
import type { Draft, InputFile } from '../../core/proposal.ts';
import type { RunRecord } from '../../core/record.ts';
import { relativeName } from '../files/namedFiles.ts';
import { liesWithin, workspaceFile } from '../files/workspaceFile.ts';
import { neutralLine } from '../output/controlText.ts';
import { notify } from '../output/notify.ts';
import { requireTrust } from '../trust/workspaceTrust.ts';

/**
 * The draft that repeats a run. The record has only names of input files: they are found again here. It
 * belongs to no conversation, also where the run did: a person asks for it, and no card there would hear how it ends.
 */
export async function rerunDraft(record: RunRecord): Promise<Draft | undefined> {
  requireTrust();
  const files: InputFile[] = [];
  const missing: string[] = [];
  for (const { name } of record.files) {
    const file = await findAgain(name);
    if (file === undefined) missing.push(name);
    else files.push(file);
  }
  if (missing.length > 0 && !(await goesOnWithout(missing))) return undefined;
  return {
    id: randomUUID(),
    origin: 'rerun',
    language: record.language,
    code: record.code,
    purpose: record.purpose,
    title: record.title,
    files,
    rerunOf: record.runId,
    ...(record.stdin === undefined ? {} : { stdin: record.stdin }),
  };
}

async function findAgain(name: string): Promise<InputFile | undefined> {
  const relative = relativeName(name);
  if (relative.kind === 'outside') throw new GloveboxError('bad-input', `${name} is not a name inside.`);
  const open = vscode.window.activeTextEditor?.document.uri;
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const direct = vscode.Uri.joinPath(folder.uri, relative.name);
    const beside = open?.scheme === 'file' ? vscode.Uri.joinPath(open, '..', relative.name) : undefined;
    const found = await vscode.workspace.findFiles(
      new vscode.RelativePattern(folder, `**/${globLiteral(relative.name)}`),
      '**/node_modules/**',
      2,
    );
    // One match anywhere is taken; of several none, because it could be the wrong one.
    const places = [direct, beside, found.length === 1 ? found[0] : undefined];
    for (const place of places.filter((each) => each !== undefined)) {
      if (!(await liesWithin(place, folder.uri))) continue;
      const file = await workspaceFile(place, relative.name, folder.uri);
      // What a link hides by now is not the file of that run.
      if (file !== undefined && file.secret !== 'disguised') return file;
    }
  }
  return undefined;
}

const globLiteral = (name: string): string => name.replace(/[[\]{}*?!]/g, (character) => `[${character}]`);

async function goesOnWithout(missing: readonly string[]): Promise<boolean> {
  const action = vscode.l10n.t('Run Without');
  const names = missing.slice(0, 5).map((name) => neutralLine(name, 60));
  const answer = await notify(
    'warning',
    vscode.l10n.t('Input files of this run are not in the workspace: {0}.', names.join(', ')),
    action,
  );
  return answer === action;
}
