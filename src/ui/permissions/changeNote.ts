import type { ChangeResult, EditRequest } from '../../core/permission.ts';
import { neutralLine } from '../output/controlText.ts';
import { lineDiff } from './lineDiff.ts';

/** The line of the output channel about a change that a person allowed. */
export function changeNote(change: EditRequest, result: ChangeResult, at = new Date()): string {
  const { added, removed } = lineDiff(change.before ?? '', change.after);
  const path = neutralLine(change.path);
  const what = result.written
    ? `Changed ${path} (+${added} −${removed} lines)`
    : `Did not change ${path}: ${neutralLine(result.reason)}`;
  return `━━━ ${what} ━━━ ${at.toLocaleTimeString()} · allowed by you · ${neutralLine(change.purpose)}`;
}
