import type { ChangeResult, EditRequest } from '../../core/permission.ts';
import { neutralLine } from '../output/controlText.ts';
import { lineDiff } from './lineDiff.ts';

/** The line of the output channel about a change that a person allowed. */
export function changeNote(change: EditRequest, result: ChangeResult, at = new Date()): string {
  const saved = result.written ? result.saved : undefined;
  const { added, removed } = lineDiff(change.before ?? '', saved ?? change.after);
  const more = saved === undefined ? '' : ', with what your editor changed on saving';
  const path = neutralLine(change.path);
  const what = result.written
    ? `Changed ${path} (+${added} −${removed} lines${more})`
    : `Did not change ${path}: ${neutralLine(result.reason)}`;
  return `━━━ ${what} ━━━ ${at.toLocaleTimeString()} · allowed by you · ${neutralLine(change.purpose)}`;
}
