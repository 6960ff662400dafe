import path from 'node:path';
import * as vscode from 'vscode';
import type { RunRecord } from '../../core/record.ts';
import { neutralLine } from '../output/controlText.ts';
import { notify } from '../output/notify.ts';
import type { KnownSecrets } from '../output/screenText.ts';
import { exportedRun } from './exportedRun.ts';

/** Writes records as JSON to where the person says. */
export async function exportRuns(records: readonly RunRecord[], secrets: KnownSecrets): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = records.length === 1 ? `run-${records[0]?.runId.slice(0, 8) ?? ''}.json` : 'runs.json';
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export runs'),
    filters: { JSON: ['json'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  const all = records.map((record) => exportedRun(record, secrets));
  const text = JSON.stringify(all.length === 1 ? all[0] : all, null, 2);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(`${text}\n`));
  void tellExported(target, all.length);
}

/** Not awaited: the message may stay for minutes. */
async function tellExported(target: vscode.Uri, count: number): Promise<void> {
  const open = vscode.l10n.t('Open');
  const name = neutralLine(path.posix.basename(target.path), 80);
  const told =
    count === 1
      ? vscode.l10n.t('Exported 1 run to {0}.', name)
      : vscode.l10n.t('Exported {0} runs to {1}.', count, name);
  if ((await notify('information', told, open)) === open)
    await vscode.commands.executeCommand('vscode.open', target);
}
