import * as vscode from 'vscode';
import { askModal, notify, notifyProgress } from '../output/notify.ts';
import type { LoadApp } from '../uiApp.ts';
import type { SandboxState } from './sandboxState.ts';

/** What people ask for first; the others follow by name. */
const usual = new Set(['numpy', 'pandas', 'matplotlib', 'scipy', 'scikit-learn', 'sympy', 'pillow']);

/** As many are fetched without another question. */
const fewPackages = 10;

/** Lets a person choose packages for the embedded Python, and fetches them. */
export async function fetchPackages(app: LoadApp, state: SandboxState): Promise<void> {
  const { packages } = await app();
  const found = await packages.list();
  // Tests of packages are packages as well, and nobody computes with them.
  const missing = found.filter(({ name, here }) => !here && !name.endsWith('-tests'));
  const rows = missing
    .map(({ name, version }) => ({ label: name, description: version }))
    .sort((a, b) => Number(usual.has(b.label)) - Number(usual.has(a.label)));
  const picked = await vscode.window.showQuickPick(rows, {
    canPickMany: true,
    title: vscode.l10n.t(
      'Packages for the embedded Python: {0} are here',
      found.filter(({ here }) => here).length,
    ),
    placeHolder: vscode.l10n.t('Chosen packages are fetched with all that they need, and kept'),
  });
  const names = picked?.map(({ label }) => label) ?? [];
  if (names.length > 0 && (await meansSoMany(names.length))) await fetchNamed(names, app, state);
}

/** One press takes all of the list. How large they are is not published. */
async function meansSoMany(count: number): Promise<boolean> {
  if (count <= fewPackages) return true;
  const fetch = vscode.l10n.t('Fetch {0} Packages', count);
  const answer = await askModal(
    'warning',
    vscode.l10n.t('Fetch {0} packages with all that they need?', count),
    vscode.l10n.t(
      'Each has up to some tens of megabytes: together they may take long, and much of the disk.',
    ),
    fetch,
  );
  return answer === fetch;
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
