import path from 'node:path';
import * as vscode from 'vscode';
import type { PermissionRequest } from '../../core/permission.ts';
import type { PendingProposal } from '../decisions/pendingDecisions.ts';
import { neutralLine } from '../output/controlText.ts';

/** What waits for the person, in a few words; undefined where nothing does. */
export function waitingText(
  code: readonly PendingProposal[],
  requests: readonly PermissionRequest[],
): string | undefined {
  const names = [...code.map(({ proposal }) => neutralLine(proposal.title, 30)), ...requests.map(nameOf)];
  const [only] = names;
  if (only === undefined) return undefined;
  return names.length === 1
    ? vscode.l10n.t('{0} waits for you', only)
    : vscode.l10n.t('{0} wait for you', names.length);
}

function nameOf({ kind, path: file }: PermissionRequest): string {
  const name = neutralLine(path.posix.basename(file), 30);
  return kind === 'edit' ? vscode.l10n.t('A change of {0}', name) : vscode.l10n.t('Reading {0}', name);
}
