import * as vscode from 'vscode';
import { GloveboxError, type GloveboxErrorCode } from '../../core/errors.ts';
import type { CommandId } from '../commands/commandTable.ts';
import { neutralise, neutralLine } from '../output/controlText.ts';
import { notify } from '../output/notify.ts';

interface WayOut {
  readonly label: string;
  readonly command: CommandId | 'workbench.trust.manage';
}

/** Where the whole message goes. */
export type FaultLog = Pick<vscode.LogOutputChannel, 'error'>;

/** Shows what went wrong, with a button for what to do about it. Cancelling is no fault. */
export async function showFault(error: unknown, log: FaultLog): Promise<void> {
  if (isCancelled(error)) return;
  const code = GloveboxError.is(error) ? error.code : 'internal';
  const text = error instanceof Error ? error.message : String(error);
  log.error(neutralise(text));
  // What comes after the first paragraph, such as the lines of a build, is in the log alone.
  const [message = ''] = text.split('\n\n');
  const ways = waysOut(code);
  // Not awaited by callers' progress: the message may stay for minutes.
  const label = await notify(
    'error',
    `Glovebox: ${neutralLine(message, 500)}`,
    ...ways.map((way) => way.label),
  );
  const way = ways.find((each) => each.label === label);
  if (way !== undefined) await vscode.commands.executeCommand(way.command);
}

/** Also what an aborted signal throws, wherever it was waited for. */
function isCancelled(error: unknown): boolean {
  if (GloveboxError.is(error, 'cancelled') || error instanceof vscode.CancellationError) return true;
  return error instanceof Error && error.name === 'AbortError';
}

function waysOut(code: GloveboxErrorCode): readonly WayOut[] {
  switch (code) {
    case 'no-key':
    case 'bad-key':
      return [{ label: vscode.l10n.t('Set API Key'), command: 'glovebox.setApiKey' }];
    case 'untrusted':
      return [{ label: vscode.l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' }];
    case 'no-sandbox':
      return [{ label: vscode.l10n.t('Show Sandbox State'), command: 'glovebox.showSandbox' }];
    case 'image-build':
    case 'model-unreachable':
    case 'storage':
    case 'internal':
      return [{ label: vscode.l10n.t('Show Log'), command: 'glovebox.showLog' }];
    case 'model-refused':
    case 'bad-input':
    case 'elsewhere':
    case 'cancelled':
      return [];
  }
}
