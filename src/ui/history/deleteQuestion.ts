import * as vscode from 'vscode';
import type { RunRecord } from '../../core/record.ts';
import { neutralLine } from '../output/controlText.ts';

const mostNamed = 10;

/**
 * What is asked before runs are deleted: it names them, since the wrong row is one key away from the right
 * one, and says how many are left out because they go on.
 */
export function deleteQuestion(
  records: readonly (RunRecord | undefined)[],
  goesOn = 0,
): { readonly question: string; readonly detail: string | undefined } {
  const count = records.length;
  const named = records.flatMap((record) => (record === undefined ? [] : [nameOf(record)]));
  const [only] = named;
  if (count === 1)
    return {
      question:
        only === undefined
          ? vscode.l10n.t('Delete this run and its files from the history?')
          : vscode.l10n.t('Delete {0} and its files from the history?', only),
      detail: leftOut(goesOn),
    };
  const more = count - Math.min(named.length, mostNamed);
  const detail = [
    ...named.slice(0, mostNamed),
    ...(more > 0 ? [vscode.l10n.t('… and {0} more', more)] : []),
    leftOut(goesOn),
  ]
    .filter((line) => line !== undefined)
    .join('\n');
  return { question: vscode.l10n.t('Delete {0} runs and their files from the history?', count), detail };
}

function leftOut(goesOn: number): string | undefined {
  if (goesOn === 0) return undefined;
  return goesOn === 1
    ? vscode.l10n.t('One run has not ended yet and is left out.')
    : vscode.l10n.t('{0} runs have not ended yet and are left out.', goesOn);
}

function nameOf({ title, purpose, at }: RunRecord): string {
  const what = neutralLine(title === '' ? purpose : title, 60);
  const when = new Date(at).toLocaleString();
  return what === '' ? vscode.l10n.t('the run of {0}', when) : vscode.l10n.t('“{0}” of {1}', what, when);
}
