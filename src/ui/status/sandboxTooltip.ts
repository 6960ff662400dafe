import * as vscode from 'vscode';
import { kindNames } from '../../core/guarantees.ts';
import type { SandboxStatus } from '../../core/ports.ts';
import { neutralLine } from '../output/controlText.ts';

/** Which sandbox the next run gets and why, or, while nobody has looked, how it will be chosen. */
export function sandboxTooltip(status: SandboxStatus | undefined): string {
  if (status === undefined)
    return `${vscode.l10n.t('Glovebox: ask, run and look back')}\n${howItWillBeChosen()}`;
  if (!status.available) return neutralLine(status.reason, 400);
  const { backend, runtime, reason } = status.sandbox;
  const name = [backend, runtime].filter((part) => part !== '').join(' · ');
  return `${vscode.l10n.t('Sandbox: {0}', name)}${reason === undefined ? '' : `\n${neutralLine(reason, 300)}`}`;
}

function howItWillBeChosen(): string {
  const choice = vscode.workspace.getConfiguration('glovebox').get<string>('sandbox', 'auto');
  const named = Object.entries(kindNames).find(([kind]) => kind === choice)?.[1];
  return named === undefined
    ? vscode.l10n.t('Sandbox: chosen at the first run. Docker when an engine answers, else the embedded one.')
    : vscode.l10n.t('Sandbox: {0}, chosen by the setting. It is looked at before the first run.', named);
}
