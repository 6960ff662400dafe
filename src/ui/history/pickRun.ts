import * as vscode from 'vscode';
import type { RunSummary } from '../../core/ports.ts';
import { endingWords } from '../../protocol/endingWords.ts';
import { neutralLine } from '../output/controlText.ts';
import { notify } from '../output/notify.ts';
import { timeText } from './runItem.ts';
import type { HistoryTree } from './historyTree.ts';
import type { LoadApp } from '../uiApp.ts';

/**
 * The runs that a command is about: named by the caller (a run id, or rows of the view), else those
 * that are selected, else one that the person picks.
 */
export async function runsMeant(
  args: readonly unknown[],
  tree: HistoryTree,
  app: LoadApp,
): Promise<readonly string[]> {
  const [first, rows] = args;
  if (typeof first === 'string') return [first];
  const many = Array.isArray(rows) ? rows.flatMap(runIdOf) : [];
  if (many.length > 0) return many;
  const one = runIdOf(first);
  if (one.length > 0) return one;
  const selected = tree.view.visible ? tree.selected() : [];
  if (selected.length > 0) return selected.map((run) => run.runId);
  const picked = await pickRun(app, vscode.l10n.t('Pick a run'));
  return picked === undefined ? [] : [picked];
}

/** Lets the person pick a run out of the newest. */
export async function pickRun(app: LoadApp, title: string, except?: string): Promise<string | undefined> {
  const history = await (await app()).history();
  const runs = await history.list({ limit: 200 });
  const now = new Date();
  const items = runs.filter((run) => run.runId !== except).map((run) => ({ ...rowOf(run, now), run }));
  if (items.length === 0) {
    const none =
      runs.length === 0
        ? vscode.l10n.t('Nothing was run yet, so there is no run to choose.')
        : vscode.l10n.t('There is no other run yet to compare it with.');
    void notify('information', none);
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.run.runId;
}

function rowOf(run: RunSummary, now: Date): vscode.QuickPickItem {
  return {
    label: neutralLine(run.title, 80),
    description: `${endingWords(run.status)} · ${timeText(new Date(run.at), now)}`,
    ...(run.purpose === '' ? {} : { detail: neutralLine(run.purpose, 120) }),
  };
}

function runIdOf(row: unknown): string[] {
  if (typeof row !== 'object' || row === null || !('runId' in row)) return [];
  return typeof row.runId === 'string' ? [row.runId] : [];
}
