import * as vscode from 'vscode';
import type { CommandHandlers } from '../commands/registerCommands.ts';
import { notify } from '../output/notify.ts';
import type { ChangePreview } from './changePreview.ts';
import type { PendingPermissions } from './pendingPermissions.ts';

/** Apply and Reject in the title of a change's diff. */
export function changeCommands(
  pending: PendingPermissions,
  preview: ChangePreview,
): Pick<CommandHandlers, 'glovebox.change.apply' | 'glovebox.change.reject'> {
  const answer = (argument: unknown, allow: boolean): void => {
    const request = preview.asked(argument);
    if (request === undefined) {
      void notify('information', vscode.l10n.t('This change has been decided already.'));
      return;
    }
    const { id, hash } = request;
    pending.answer(id, hash, allow ? { kind: 'allow', hash } : { kind: 'refuse' });
  };
  return {
    'glovebox.change.apply': (argument) => answer(argument, true),
    'glovebox.change.reject': (argument) => answer(argument, false),
  };
}
