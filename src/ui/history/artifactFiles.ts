import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { GloveboxError } from '../../core/errors.ts';
import type { Artifact, OutputFile } from '../../core/run.ts';
import { neutralLine } from '../output/controlText.ts';

/** Kinds that the editor only shows. What else it might do with other ones, or the system, is not tried: they are saved. */
const opensInEditor = /^(?:text\/.+|application\/(?:json|jsonl|xml)|image\/.+)$/;

/** Opens the copy of an artifact inside the editor; what is neither text nor a picture is offered to save. */
export async function openArtifact(artifact: Artifact): Promise<void> {
  requireCopy(artifact);
  if (!opensInEditor.test(artifact.mime)) return saveArtifact(artifact);
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(artifact.path), { preview: true });
}

/** Copies an artifact to where the person says. The name it was given is only a suggestion. */
export async function saveArtifact(artifact: Artifact): Promise<void> {
  requireCopy(artifact);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = path.posix.basename(artifact.name).replace(/[^\p{L}\p{N}._ -]+/gu, '-');
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save {0}', neutralLine(artifact.name, 60)),
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.copy(vscode.Uri.file(artifact.path), target, { overwrite: true });
}

/** Opens the file that has all of a stream, as text. */
export async function openOutputFile(file: OutputFile): Promise<void> {
  requireCopy({ name: file.stream, path: file.path });
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file.path), { preview: true });
}

function requireCopy(file: Pick<Artifact, 'name' | 'path'>): void {
  if (existsSync(file.path)) return;
  throw new GloveboxError(
    'bad-input',
    vscode.l10n.t('The copy of {0} is gone. Run the code again to get it.', neutralLine(file.name, 60)),
  );
}
