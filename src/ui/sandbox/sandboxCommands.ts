import * as vscode from 'vscode';
import { GloveboxError } from '../../core/errors.ts';
import type { CommandHandlers } from '../commands/registerCommands.ts';
import type { CommandId } from '../commands/commandTable.ts';
import { neutralLine } from '../output/controlText.ts';
import { askModal, notify, notifyProgress } from '../output/notify.ts';
import type { LoadApp, UiApp } from '../uiApp.ts';
import { fetchNamed, fetchPackages } from './fetchPackages.ts';
import { healthRows } from './healthRows.ts';
import type { SandboxState } from './sandboxState.ts';
import { testSandbox, type SelfTestPage } from './selfTestPage.ts';
import { useEmbedded } from './useEmbedded.ts';

const installGuide = 'https://docs.docker.com/engine/install/';

/** What a person can see and do about the sandbox itself. */
export function sandboxCommands(
  app: LoadApp,
  state: SandboxState,
  log: vscode.LogOutputChannel,
  page: SelfTestPage,
): Pick<
  CommandHandlers,
  | 'glovebox.prepareSandbox'
  | 'glovebox.pruneImages'
  | 'glovebox.showSandbox'
  | 'glovebox.testSandbox'
  | 'glovebox.fetchPackages'
> {
  return {
    'glovebox.prepareSandbox': () => prepareSandbox(app, state, log),
    'glovebox.pruneImages': () => pruneImages(app, state, log),
    'glovebox.showSandbox': () => showSandbox(app, state),
    'glovebox.testSandbox': () => testSandbox(app, state, page),
    'glovebox.fetchPackages': (name) =>
      typeof name === 'string' ? fetchNamed([name], app, state) : fetchPackages(app, state),
  };
}

async function prepareSandbox(
  app: LoadApp,
  state: SandboxState,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const { executor } = await app();
  const stop = new AbortController();
  await notifyProgress(
    vscode.l10n.t('Preparing the sandbox'),
    () => stop.abort(),
    async (report) =>
      executor.prepare?.((message) => {
        log.info(neutralLine(message, 1000));
        report(neutralLine(message, 100));
      }, stop.signal),
  );
  const status = await state.refresh();
  if (stop.signal.aborted) return;
  if (!status.available) throw new GloveboxError('no-sandbox', status.reason);
  void notify('information', vscode.l10n.t('The sandbox is ready.'));
}

/** Frees the disk of what can be built again, after asking: that takes a minute and a network. */
async function pruneImages(app: LoadApp, state: SandboxState, log: vscode.LogOutputChannel): Promise<void> {
  const remove = vscode.l10n.t('Remove');
  const answer = await askModal(
    'warning',
    vscode.l10n.t('Remove the sandbox images that Glovebox built?'),
    vscode.l10n.t('Images of your own stay. The next run builds what it needs, which takes a minute.'),
    remove,
  );
  if (answer !== remove) return;
  const { executor } = await app();
  const { removed, kept } = await notifyProgress(
    vscode.l10n.t('Removing sandbox images'),
    undefined,
    async () => (await executor.pruneImages?.()) ?? { removed: [], kept: [] },
  );
  for (const name of removed) log.info(`removed the image ${neutralLine(name, 200)}`);
  for (const name of kept) log.info(`kept the image ${neutralLine(name, 200)}: it is in use`);
  await state.refresh();
  void notify(
    'information',
    kept.length === 0
      ? vscode.l10n.t('Images removed: {0}.', removed.length)
      : vscode.l10n.t('Images removed: {0}. Still in use and kept: {1}.', removed.length, kept.length),
  );
}

/** What a run needs and whether it is there, with the ways out where it is not. */
async function showSandbox(app: LoadApp, state: SandboxState): Promise<void> {
  const loaded = await app();
  const [health] = await Promise.all([loaded.doctor(), state.refresh()]);
  interface Row extends vscode.QuickPickItem {
    readonly run?: () => unknown;
  }
  const command = (id: CommandId) => () => vscode.commands.executeCommand(id);
  const rows: Row[] = health.checks.flatMap(healthRows);
  rows.push({ label: '', kind: vscode.QuickPickItemKind.Separator });
  if (loaded.executor.prepare !== undefined) {
    rows.push({
      label: `$(tools) ${vscode.l10n.t('Prepare the sandbox now')}`,
      run: command('glovebox.prepareSandbox'),
    });
  }
  rows.push({
    label: `$(beaker) ${vscode.l10n.t('Test the sandbox')}`,
    run: command('glovebox.testSandbox'),
  });
  rows.push({
    label: `$(package) ${vscode.l10n.t('Fetch packages for the embedded Python')}`,
    run: command('glovebox.fetchPackages'),
  });
  if (!health.sandboxReady) {
    if (state.known?.sandbox.backend !== 'wasm')
      rows.push({ label: `$(arrow-swap) ${vscode.l10n.t('Use the embedded sandbox')}`, run: useEmbedded });
    rows.push({
      label: `$(link-external) ${vscode.l10n.t('How to install Docker')}`,
      run: () => vscode.env.openExternal(vscode.Uri.parse(installGuide)),
    });
  }
  rows.push({
    label: `$(gear) ${vscode.l10n.t('Open the settings')}`,
    run: command('glovebox.openSettings'),
  });
  const picked = await vscode.window.showQuickPick(rows, {
    title: titleOf(health),
    matchOnDetail: true,
  });
  await picked?.run?.();
}

function titleOf({ sandboxReady, toPrepare }: Awaited<ReturnType<UiApp['doctor']>>): string {
  if (!sandboxReady) return vscode.l10n.t('Glovebox: no sandbox is available yet');
  return toPrepare === undefined
    ? vscode.l10n.t('Glovebox: the sandbox is ready')
    : vscode.l10n.t('Glovebox: the sandbox is made ready at the first run');
}
