import * as vscode from 'vscode';
import type { RunSummary } from '../../core/ports.ts';
import { canBeMended } from './canBeMended.ts';
import { endingWords } from '../../protocol/endingWords.ts';
import { neutralLine } from '../output/controlText.ts';
import { milliseconds } from '../output/metricsBlock.ts';

/** One row of the history view. */
export function runItem(run: RunSummary, now: Date): vscode.TreeItem {
  const title = neutralLine(run.title, 80);
  const item = new vscode.TreeItem(title === '' ? vscode.l10n.t('(untitled)') : title);
  const when = timeText(new Date(run.at), now);
  const took = run.wallMs > 0 ? ` · ${milliseconds(run.wallMs)}` : '';
  item.id = run.runId;
  const ended = endingWords(run.status);
  item.description = `${ended} · ${when}${took}`;
  item.iconPath = iconOf(run.status);
  item.contextValue = contextOf(run);
  item.accessibilityInformation = { label: `${title}, ${ended}, ${when}` };
  item.tooltip = new vscode.MarkdownString()
    .appendText(`${title}\n`)
    .appendText(run.purpose === '' ? '' : `${neutralLine(run.purpose, 300)}\n`)
    .appendText(`${new Date(run.at).toLocaleString()} · ${run.origin} · ${run.language} · ${run.verdict}`);
  item.command = {
    command: 'glovebox.history.open',
    title: vscode.l10n.t('Open Run'),
    arguments: [run.runId],
  };
  return item;
}

function contextOf(run: RunSummary): string {
  if (run.status === 'running') return 'run.running';
  return canBeMended(run) ? 'run.failed' : 'run';
}

/** The clock for today, the date before. */
export function timeText(at: Date, now: Date): string {
  const today = at.toDateString() === now.toDateString();
  return today
    ? at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    : at.toLocaleString([], { dateStyle: 'short', timeStyle: 'short' });
}

function iconOf(status: RunSummary['status']): vscode.ThemeIcon {
  const icon = (name: string, color?: string): vscode.ThemeIcon =>
    new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
  switch (status) {
    case 'ok':
      return icon('pass', 'testing.iconPassed');
    case 'error':
    case 'killed':
      return icon('error', 'testing.iconFailed');
    case 'timeout':
    case 'oom':
    case 'output-limit':
      return icon('warning', 'list.warningForeground');
    case 'blocked':
      return icon('shield', 'list.warningForeground');
    case 'cancelled':
    case 'rejected':
    case 'interrupted':
      return icon('circle-slash');
    case 'unavailable':
      return icon('debug-disconnect', 'testing.iconFailed');
    case 'running':
      return icon('loading~spin');
  }
}
