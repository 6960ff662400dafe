import * as vscode from 'vscode';
import { notify, notifyProgress } from '../output/notify.ts';
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
  if (names.length > 0) await fetchNamed(names, app, state);
}

/** Fetches packages for the embedded Python with all that they need. */
export async function fetchNamed(names: readonly string[], app: LoadApp, state: SandboxState): Promise<void> {
  const { packages } = await app();
  const stop = new AbortController();
  await notifyProgress(
    vscode.l10n.t('Fetching Python packages'),
    () => stop.abort(),
    (report) => packages.fetch(names, report, stop.signal),
  );
  await state.refresh();
  void notify('information', vscode.l10n.t('The embedded Python has them now: {0}', names.join(', ')));
}
