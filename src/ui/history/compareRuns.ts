import * as vscode from 'vscode';
import { firstCode } from '../../core/decision.ts';
import { GloveboxError } from '../../core/errors.ts';
import type { RunRecord } from '../../core/record.ts';
import { neutralLine } from '../output/controlText.ts';
import { recordUri } from './recordDocuments.ts';
import { timeText } from './runItem.ts';

/** Two runs side by side in the editor's own diff: code, then output with files and metrics. */
export async function compareRuns(first: RunRecord, second: RunRecord): Promise<void> {
  const [older, newer] = first.at <= second.at ? [first, second] : [second, first];
  const now = new Date();
  const name = (record: RunRecord): string =>
    `${neutralLine(record.title, 40)} (${timeText(new Date(record.at), now)})`;
  await vscode.commands.executeCommand(
    'vscode.changes',
    `${name(older)} ↔ ${name(newer)}`,
    (['code', 'output'] as const).map((part) => [
      recordUri(newer, part),
      recordUri(older, part),
      recordUri(newer, part),
    ]),
  );
}

/** What was proposed at first beside what a person made of it, and decided on. */
export async function compareEdit(record: RunRecord): Promise<void> {
  if (firstCode(record.decision) === undefined)
    throw new GloveboxError('bad-input', vscode.l10n.t('Nobody edited this code before it was decided on.'));
  await vscode.commands.executeCommand(
    'vscode.diff',
    recordUri(record, 'proposed'),
    recordUri(record, 'code'),
    vscode.l10n.t('{0}: proposed ↔ edited', neutralLine(record.title, 40)),
  );
}
