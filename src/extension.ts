import { mkdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { App } from './app.ts';
import { sqliteMissing } from './history/sqlite.ts';
import { lazy } from './core/lazy.ts';
import { activateUi } from './ui/activateUi.ts';
import { editorExcludes } from './ui/files/editorExcludes.ts';
import { editorModel, editorModelPrefix } from './ui/models/editorModel.ts';
import { notify } from './ui/output/notify.ts';
import { ApiKey } from './ui/secrets/apiKey.ts';
import { watchSettings } from './ui/settings/watchSettings.ts';

let close: (() => Promise<void>) | undefined;

/** Hands the app to VS Code; the app itself is built when something first needs it. */
export function activate(context: vscode.ExtensionContext): void {
  const dataFolder = context.globalStorageUri.fsPath;
  const log = vscode.window.createOutputChannel('Glovebox Log', { log: true });
  const key = new ApiKey(context.secrets, process.env);
  const settings = watchSettings();
  context.subscriptions.push(log, key, settings);
  const warn = (message: string): void => {
    log.warn(message);
    void notify('warning', message);
  };
  const lacking = sqliteMissing();
  if (lacking !== undefined) warn(lacking);
  const app = lazy(async (): Promise<App> => {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    // Known before anything runs, so that no program can show it; who asks for it later hears what is wrong.
    await key.read().catch(() => undefined);
    const { createApp } = await import('./app.ts');
    return createApp({
      stays: true,
      root: context.extensionPath,
      dataFolder,
      dataFolderAdvice: vscode.l10n.t('Give your user the right to write there, and reload the window.'),
      settings: () => settings.read(),
      apiKey: () => key.read(),
      warn,
      editorModel: () => {
        const { model } = settings.read().model;
        return model.startsWith(editorModelPrefix) ? editorModel(model) : undefined;
      },
      workspaceFolder: trustedFolder,
      workspaceExcludes: editorExcludes,
    });
  });
  settings.onDidChange(() => {
    void app.peek()?.then(
      ({ executor }) => executor.settingsChanged?.(),
      () => undefined,
    );
  });
  const ui = activateUi({
    context,
    app,
    key,
    log,
    dataFolder,
    previewOpens: () => settings.read().openPreview === 'on-proposal',
  });
  close = async () => {
    try {
      await ui.close();
    } finally {
      // Whatever the page did: sandboxes are ended, and the history is closed.
      await (await app.peek())?.close();
    }
  };
}

/** The folder that the agent may look at: of a trusted workspace on this machine, or none. */
function trustedFolder(): string | undefined {
  if (!vscode.workspace.isTrusted) return undefined;
  return vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
}

/** Ends what runs and waits until it is gone. */
export async function deactivate(): Promise<void> {
  await close?.();
  close = undefined;
}
