import * as vscode from 'vscode';
import type { History } from '../../core/ports.ts';
import { endingOf } from '../../core/record.ts';
import { askModal, notify } from '../output/notify.ts';
import { deleteQuestion } from './deleteQuestion.ts';

/**
 * Deletes runs when the person says so. One that is under way is left out: its end would be kept anew, without
 * the output that was kept before.
 */
export async function deleteRuns(
  runIds: readonly string[],
  history: Pick<History, 'get' | 'remove'>,
): Promise<void> {
  const all = await Promise.all(runIds.map(async (id) => ({ id, record: await history.get(id) })));
  const ended = all.filter(({ record }) => record === undefined || endingOf(record) !== 'running');
  if (ended.length === 0) {
    const wait = vscode.l10n.t('A run can be deleted when it has ended. Stop it, or wait for its end.');
    return void notify('information', wait);
  }
  const records = ended.map(({ record }) => record);
  const { question, detail } = deleteQuestion(records, all.length - ended.length);
  const action = vscode.l10n.t('Delete');
  if ((await askModal('warning', question, detail, action)) !== action) return;
  for (const { id } of ended) await history.remove(id);
}
