import * as vscode from 'vscode';
import type { RunRecord } from '../../core/record.ts';

/** Writes records as JSON to where the person says; `path`s of artifacts stay on this machine and are left out. */
export async function exportRuns(records: readonly RunRecord[]): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = records.length === 1 ? `run-${records[0]?.runId.slice(0, 8) ?? ''}.json` : 'runs.json';
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export runs'),
    filters: { JSON: ['json'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  const text = JSON.stringify(records.length === 1 ? exported(records[0]) : records.map(exported), null, 2);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(`${text}\n`));
}

function exported(record: RunRecord | undefined): unknown {
  if (record?.result === undefined) return record;
  const artifacts = record.result.artifacts.map(({ name, mime, bytes }) => ({ name, mime, bytes }));
  return { ...record, result: { ...record.result, artifacts } };
}
