import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import { neutralLine } from '../output/controlText.ts';
import { notify } from '../output/notify.ts';
import { proposalRef, type ProposalRef } from './proposalUri.ts';

/** A tab that moves is closed in one place and opened in the other: so long it may be in neither. */
const movingMs = 200;

/** Started from the editor, by a person: its preview is the only place where it is decided on. */
export const hasPreviewAlone = ({ origin }: Proposal): boolean =>
  origin === 'selection' || origin === 'rerun';

/** Who closes the preview of code that they started does not want it to run; it would wait unseen for ever. */
export function rejectOnClose(pending: PendingDecisions): Disposable {
  const timers = new Set<NodeJS.Timeout>();
  const reject = ({ id, hash }: ProposalRef): void => {
    const open = pending.get(id, hash);
    if (open === undefined || !hasPreviewAlone(open.proposal) || isShown(id)) return;
    pending.answer(id, hash, { kind: 'reject', reason: vscode.l10n.t('Its preview was closed.') });
    const title = neutralLine(open.proposal.title, 60);
    void notify('information', vscode.l10n.t('{0} was not run: its preview was closed.', title));
  };
  const closing = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
    for (const ref of closed.map(refOf)) {
      if (ref === undefined) continue;
      const timer = setTimeout(() => {
        timers.delete(timer);
        reject(ref);
      }, movingMs);
      timers.add(timer);
    }
  });
  return {
    dispose: () => {
      closing.dispose();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** In its preview, or in a copy that is being edited. */
function isShown(id: string): boolean {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some((tab) => refOf(tab)?.id === id);
}

function refOf({ input }: vscode.Tab): ProposalRef | undefined {
  if (input instanceof vscode.TabInputText) return proposalRef(input.uri);
  return input instanceof vscode.TabInputTextDiff ? proposalRef(input.modified) : undefined;
}
