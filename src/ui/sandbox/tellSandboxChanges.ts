import * as vscode from 'vscode';
import { kindNames } from '../../core/guarantees.ts';
import type { Disposable } from '../../core/lifecycle.ts';
import { kindOf } from '../../core/selfTest.ts';
import { neutralLine } from '../output/controlText.ts';
import { notify } from '../output/notify.ts';
import type { SandboxState } from './sandboxState.ts';

/** Says, when the next run would get another kind of sandbox than before, which and why. */
export function tellSandboxChanges(state: SandboxState): Disposable {
  let before = state.known;
  return state.onDidChange((now) => {
    const previous = before;
    before = now;
    if (previous === undefined || kindOf(previous.sandbox) === kindOf(now.sandbox)) return;
    const reason = (now.available ? now.sandbox.reason : now.reason) ?? '';
    const name = kindNames[kindOf(now.sandbox)];
    const words = now.available
      ? vscode.l10n.t('Code runs in another sandbox now: {0}, {1}', name, neutralLine(reason, 300))
      : vscode.l10n.t('Code would run in another sandbox now: {0}. {1}', name, neutralLine(reason, 300));
    void notify('information', words);
  });
}
