import * as vscode from 'vscode';
import { askModal } from '../output/notify.ts';

/** Opens an address of a model's answer, after a person has seen where it truly leads. */
export async function openLink(address: string): Promise<void> {
  const uri = vscode.Uri.parse(address, true);
  if (uri.scheme !== 'https' && uri.scheme !== 'http') return;
  const action = vscode.l10n.t('Open');
  const answer = await askModal(
    'information',
    vscode.l10n.t('Open this address in the browser?'),
    // The address as it will be opened, percent-encoded, so that nothing in it can pretend.
    uri.toString(),
    action,
  );
  if (answer === action) await vscode.env.openExternal(uri);
}
