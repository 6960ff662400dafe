import * as vscode from 'vscode';
import type { ModelChoice } from '../../core/modelChoice.ts';
import { neutralLine } from '../output/controlText.ts';
import type { LoadApp } from '../uiApp.ts';
import { editorModelPrefix } from './editorModel.ts';

interface Row extends vscode.QuickPickItem {
  readonly id?: string;
}

/** The live list of models, of the API and of the editor; what is picked becomes the setting. */
export async function chooseModel(app: LoadApp): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('glovebox');
  const current = configuration.get<string>('model', '');
  const picked = await pick(rows(app, current));
  if (picked?.id === undefined || picked.id === current) return;
  const inspected = configuration.inspect('model');
  const target =
    inspected?.workspaceValue === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  await configuration.update('model', picked.id, target);
}

/** The list opens at once and is filled when the answers are there. */
async function pick(rowsToCome: Promise<readonly Row[]>): Promise<Row | undefined> {
  return vscode.window.showQuickPick(rowsToCome, {
    title: vscode.l10n.t('Choose the model'),
    placeHolder: vscode.l10n.t('Models of the API and of this editor'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
}

async function rows(app: LoadApp, current: string): Promise<readonly Row[]> {
  const [api, editor] = await Promise.allSettled([app().then((loaded) => loaded.models()), editorModels()]);
  const list: Row[] = [heading(vscode.l10n.t('Anthropic API'))];
  if (api.status === 'fulfilled') list.push(...api.value.map((model) => row(model, current)));
  else list.push({ label: `$(warning) ${neutralLine(messageOf(api.reason), 300)}`, alwaysShow: true });
  if (editor.status === 'fulfilled' && editor.value.length > 0)
    list.push(
      heading(vscode.l10n.t('Models of this editor, without a key')),
      ...editor.value.map((model) => row(model, current)),
    );
  if (current !== '' && !list.some(({ id }) => id === current))
    list.push(heading(vscode.l10n.t('In the settings')), row({ id: current, name: current }, current));
  return list;
}

/** What extensions offer, e.g. to a subscriber. */
async function editorModels(): Promise<readonly ModelChoice[]> {
  return (await vscode.lm.selectChatModels({})).map((model) => ({
    id: `${editorModelPrefix}${model.id}`,
    name: model.name,
    windowTokens: model.maxInputTokens,
    note: model.vendor,
  }));
}

function row({ id, name, windowTokens, note }: ModelChoice, current: string): Row {
  const about = [
    id === name ? '' : id,
    windowTokens === undefined ? '' : vscode.l10n.t('reads {0} tokens', windowTokens.toLocaleString()),
    note ?? '',
  ];
  return {
    id,
    label: `${id === current ? '$(check) ' : ''}${neutralLine(name, 100)}`,
    description: neutralLine(about.filter((part) => part !== '').join(' · '), 200),
  };
}

function heading(label: string): Row {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
