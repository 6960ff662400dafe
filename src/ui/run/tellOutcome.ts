import * as vscode from 'vscode';
import { GloveboxError } from '../../core/errors.ts';
import type { Outcome } from '../../core/door.ts';
import { showFault, type FaultLog } from '../faults/showFault.ts';
import { neutralLine } from '../output/controlText.ts';
import { notify } from '../output/notify.ts';
import type { CommandId } from '../commands/commandTable.ts';

/**
 * One message where the output channel is not enough: something to open, a limit to change, or a
 * sandbox that is missing. An ordinary end says nothing.
 */
export async function tellOutcome({ proposal, result }: Outcome, log: FaultLog): Promise<void> {
  const title = neutralLine(proposal.title, 60);
  switch (result.status) {
    case 'ok': {
      const [first] = result.artifacts;
      if (first === undefined) return;
      const message =
        result.artifacts.length === 1
          ? vscode.l10n.t('{0} wrote {1}.', title, neutralLine(first.name, 60))
          : vscode.l10n.t('{0} wrote {1} files.', title, result.artifacts.length);
      return offer('information', message, vscode.l10n.t('Open'), ['glovebox.history.open', result.runId]);
    }
    case 'timeout':
    case 'oom':
    case 'output-limit':
      return offer(
        'warning',
        `${title}: ${neutralLine(result.message ?? result.status, 300)}`,
        vscode.l10n.t('Change Limits'),
        ['glovebox.openSettings', 'glovebox.limits'],
      );
    case 'unavailable':
      return showFault(
        new GloveboxError('no-sandbox', result.message ?? vscode.l10n.t('No sandbox is available.')),
        log,
      );
    case 'error':
      // The code is right: there is nothing to fix in it.
      if (result.missingPackage !== undefined)
        return offer(
          'information',
          vscode.l10n.t(
            '{0} needs {1}, which has not been fetched for the embedded sandbox.',
            title,
            result.missingPackage,
          ),
          vscode.l10n.t('Fetch {0}', result.missingPackage),
          ['glovebox.fetchPackages', result.missingPackage],
        );
      return offer(
        'information',
        vscode.l10n.t('{0} ended with exit code {1}.', title, result.exitCode ?? '?'),
        vscode.l10n.t('Fix This Error'),
        ['glovebox.history.askAbout', result.runId],
      );
    case 'killed':
    case 'blocked':
    case 'cancelled':
      return;
  }
}

async function offer(
  level: 'information' | 'warning',
  message: string,
  label: string,
  [command, argument]: readonly [CommandId, string],
): Promise<void> {
  if ((await notify(level, message, label)) === label)
    await vscode.commands.executeCommand(command, argument);
}
