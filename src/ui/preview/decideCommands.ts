import * as vscode from 'vscode';
import type { CommandHandlers } from '../commands/registerCommands.ts';
import type { PendingDecisions, PendingProposal } from '../decisions/pendingDecisions.ts';
import { askText, notify } from '../output/notify.ts';
import { insists } from './insists.ts';
import type { ProposalEditing } from './proposalEditing.ts';
import { proposalRef } from './proposalUri.ts';

type Decide = `glovebox.proposal.${'run' | 'edit' | 'reject' | 'useEdit'}`;

/** Run, Edit and Reject from the preview's lenses, title buttons and keybindings. */
export function decideCommands(
  pending: PendingDecisions,
  editing: ProposalEditing,
): Pick<CommandHandlers, Decide> {
  const named = (argument: unknown): PendingProposal | undefined => {
    const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
    const ref = uri === undefined ? undefined : proposalRef(uri);
    const found = ref === undefined ? undefined : pending.get(ref.id, ref.hash);
    if (found === undefined) {
      void notify(
        'information',
        vscode.l10n.t('This proposal has been decided already, or a newer version has taken its place.'),
      );
    }
    return found;
  };
  return {
    'glovebox.proposal.run': async (argument) => {
      const open = named(argument);
      if (open === undefined) return;
      const { id, hash } = open.proposal;
      if (!(await editing.runsAsProposed(open.proposal))) return;
      if (open.report.verdict !== 'block') {
        pending.answer(id, hash, { kind: 'run', hash, by: 'person' });
      } else if (
        (await insists(open, { label: vscode.l10n.t('Back to the Preview'), isBack: true })) === 'run'
      ) {
        pending.answer(id, hash, { kind: 'run', hash, by: 'person', inSpiteOfFindings: true });
      }
    },
    'glovebox.proposal.edit': async (argument) => {
      const open = named(argument);
      if (open !== undefined) await editing.open(open.proposal);
    },
    'glovebox.proposal.useEdit': async (argument) => {
      const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
      if (uri !== undefined && named(uri) !== undefined) await editing.use(uri);
    },
    'glovebox.proposal.reject': async (argument) => {
      const open = named(argument);
      if (open === undefined) return;
      const { id, hash, origin } = open.proposal;
      const reason = origin === 'agent' || origin === 'tool' ? await askReason() : '';
      if (reason === undefined) return;
      pending.answer(id, hash, reason === '' ? { kind: 'reject' } : { kind: 'reject', reason });
    },
  };
}

async function askReason(): Promise<string | undefined> {
  return askText({
    title: vscode.l10n.t('Reject the proposal'),
    prompt: vscode.l10n.t('Tell the agent why, or leave it empty. Escape keeps the proposal open.'),
  });
}
