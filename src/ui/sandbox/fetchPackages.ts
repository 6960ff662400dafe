import * as vscode from 'vscode';
import type { LoadApp } from '../uiApp.ts';
import type { SandboxState } from './sandboxState.ts';

/** What people ask for first; the others follow by name. */
const usual = new Set(['numpy', 'pandas', 'matplotlib', 'scipy', 'scikit-learn', 'sympy', 'pillow']);

/** Lets a person choose packages for the embedded Python, and fetches them. */
export async function fetchPackages(app: LoadApp, state: SandboxState): Promise<void> {
  const { packages } = await app();
  const found = await packages.list();
  const missing = found.filter(({ here }) => !here);
  const rows = missing
    .map(({ name, version }) => ({ label: name, description: version }))
    .sort((a, b) => Number(usual.has(b.label)) - Number(usual.has(a.label)));
  const picked = await vscode.window.showQuickPick(rows, {
    canPickMany: true,
    title: vscode.l10n.t('Packages for the embedded Python: {0} are here', found.length - missing.length),
    placeHolder: vscode.l10n.t('Chosen packages are fetched with all that they need, and kept'),
  });
  const names = picked?.map(({ label }) => label) ?? [];
  if (names.length === 0) return;
  const stop = new AbortController();
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Fetching Python packages'),
      cancellable: true,
    },
    async (progress, token) => {
      token.onCancellationRequested(() => stop.abort());
      await packages.fetch(names, (message) => progress.report({ message }), stop.signal);
    },
  );
  await state.refresh();
  void vscode.window.showInformationMessage(
    vscode.l10n.t('The embedded Python has them now: {0}', names.join(', ')),
  );
}
