import * as vscode from 'vscode';
import { GloveboxError } from '../../core/errors.ts';
import { endings, type RunRecord } from '../../core/record.ts';
import { endingWords } from '../../protocol/endingWords.ts';
import type { CommandId } from '../commands/commandTable.ts';
import type { CommandHandlers } from '../commands/registerCommands.ts';
import { askText } from '../output/notify.ts';
import type { KnownSecrets } from '../output/screenText.ts';
import { runDraft, type DraftParts } from '../run/runDraft.ts';
import { tellOutcome } from '../run/tellOutcome.ts';
import { openArtifact, openOutputFile, saveArtifact } from './artifactFiles.ts';
import { compareEdit, compareRuns } from './compareRuns.ts';
import type { HistoryTree } from './historyTree.ts';
import { pickRun, runsMeant } from './pickRun.ts';
import { recordUri } from './recordDocuments.ts';
import { rerunDraft } from './rerun.ts';
import type { RunPanels } from './runPanels.ts';

type HistoryCommand = Extract<CommandId, `glovebox.history.${string}`>;

export interface HistoryParts extends DraftParts {
  readonly tree: HistoryTree;
  readonly panels: RunPanels;
  readonly secrets: KnownSecrets;
  readonly revealOutput: () => void;
  /** Puts a failed run before the agent. */
  readonly askAbout: (record: RunRecord) => Promise<void>;
}

/**
 * Everything that can be done with the history, from the view, a run's page and the palette. What is seldom
 * done is loaded with its first use.
 */
export function historyCommands(parts: HistoryParts): Pick<CommandHandlers, HistoryCommand> {
  const { app, tree, panels } = parts;
  const meant = (args: readonly unknown[]): Promise<readonly string[]> => runsMeant(args, tree, app);
  const one = async (args: readonly unknown[]): Promise<string | undefined> => (await meant(args))[0];
  const artifact = async ([runId, name]: readonly unknown[]) => {
    const record = await panels.record(String(runId));
    return record.result?.artifacts.find((each) => each.name === name);
  };
  return {
    'glovebox.history.focusList': () => vscode.commands.executeCommand('glovebox.history.focus'),
    'glovebox.history.search': async () => {
      const text = await askText({
        title: vscode.l10n.t('Search the run history'),
        prompt: vscode.l10n.t('Words of the title, purpose, code or output. Empty shows all.'),
        value: tree.filter.text ?? '',
      });
      if (text === undefined) return;
      const { text: _before, ...rest } = tree.filter;
      tree.setFilter(text.trim() === '' ? rest : { ...rest, text: text.trim() });
      await vscode.commands.executeCommand('glovebox.history.focus');
    },
    'glovebox.history.filterStatus': async () => {
      const all = vscode.l10n.t('All');
      const picked = await vscode.window.showQuickPick([all, ...endings.map(endingWords)], {
        title: vscode.l10n.t('Show runs that ended with'),
      });
      if (picked === undefined) return;
      const { status: _before, ...rest } = tree.filter;
      const status = endings.find((each) => endingWords(each) === picked);
      tree.setFilter(status === undefined ? rest : { ...rest, status });
    },
    'glovebox.history.clearFilter': () => tree.setFilter({}),
    'glovebox.history.refresh': () => tree.refresh(),
    'glovebox.history.more': () => tree.more(),
    'glovebox.history.open': async (...args) => {
      const runId = await one(args);
      if (runId !== undefined) await panels.open(runId);
    },
    'glovebox.history.openCode': async (...args) => {
      const runId = await one(args);
      if (runId !== undefined)
        await vscode.window.showTextDocument(recordUri(await panels.record(runId), 'code'));
    },
    'glovebox.history.openArtifact': async (...args) => {
      const found = await artifact(args);
      if (found !== undefined) await openArtifact(found);
    },
    'glovebox.history.saveArtifact': async (...args) => {
      const found = await artifact(args);
      if (found !== undefined) await saveArtifact(found);
    },
    'glovebox.history.openOutput': async (runId, stream) => {
      const { result } = await panels.record(String(runId));
      const file = result?.fullOutput?.find((each) => each.stream === stream);
      if (file !== undefined) return openOutputFile(file);
      throw new GloveboxError('bad-input', vscode.l10n.t('Not all of this output was kept.'));
    },
    'glovebox.history.rerun': async (...args) => {
      const runId = await one(args);
      if (runId === undefined) return undefined;
      const draft = await rerunDraft(await panels.record(runId));
      if (draft === undefined) return undefined;
      parts.revealOutput();
      const outcome = await runDraft(draft, parts);
      void tellOutcome(outcome, parts.log);
      return outcome.result.runId;
    },
    'glovebox.history.compare': async (...args) => {
      const [first, second] = await meant(args);
      if (first === undefined) return;
      const other = second ?? (await pickRun(app, vscode.l10n.t('Compare with'), first));
      if (other !== undefined) await compareRuns(await panels.record(first), await panels.record(other));
    },
    'glovebox.history.compareEdit': async (...args) => {
      const runId = await one(args);
      if (runId !== undefined) await compareEdit(await panels.record(runId));
    },
    'glovebox.history.export': async (...args) => {
      const runIds = await meant(args);
      if (runIds.length === 0) return;
      const { exportRuns } = await import('./exportRuns.ts');
      await exportRuns(await Promise.all(runIds.map((id) => panels.record(id))), parts.secrets);
    },
    'glovebox.history.askAbout': async (...args) => {
      const runId = await one(args);
      if (runId !== undefined) await parts.askAbout(await panels.record(runId));
    },
    'glovebox.history.delete': async (...args) => {
      const runIds = await meant(args);
      if (runIds.length === 0) return;
      const { deleteRuns } = await import('./deleteRuns.ts');
      await deleteRuns(runIds, await (await app()).history());
    },
  };
}
