import * as vscode from 'vscode';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { EditRequest } from '../../core/permission.ts';
import { neutralLine } from '../output/controlText.ts';
import type { PendingPermissions } from './pendingPermissions.ts';

/** Read-only documents: the two sides of a change, as the question has them. */
export const changeScheme = 'glovebox-change';

const mostKept = 100;

/** The native diff of a change, with Apply and Reject in its title while the question is open. */
export class ChangePreview implements vscode.TextDocumentContentProvider, Disposable {
  readonly #pending: PendingPermissions;
  readonly #shown = new Map<string, EditRequest>();
  readonly #owned = new DisposableList();

  constructor(pending: PendingPermissions) {
    this.#pending = pending;
    this.#owned.push(vscode.workspace.registerTextDocumentContentProvider(changeScheme, this));
    this.#owned.push(vscode.window.onDidChangeActiveTextEditor(() => this.#tellContext()));
    this.#owned.push(pending.onDidOpen(() => this.#tellContext()));
    this.#owned.push(
      pending.onDidClose((request) => {
        this.#tellContext();
        if (request.kind === 'edit') void closeTabs(sideUri(request, 'after'));
      }),
    );
  }

  async open(change: EditRequest): Promise<void> {
    this.#shown.delete(change.hash);
    this.#shown.set(change.hash, change);
    for (const oldest of [...this.#shown.keys()].slice(0, -mostKept)) this.#shown.delete(oldest);
    await vscode.commands.executeCommand(
      'vscode.diff',
      sideUri(change, 'before'),
      sideUri(change, 'after'),
      vscode.l10n.t('{0}: proposed change', neutralLine(change.path, 80)),
      { preview: true },
    );
  }

  /** The open question that this document, or the active editor, shows. */
  asked(argument: unknown): EditRequest | undefined {
    const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
    const ref = uri === undefined ? undefined : refOf(uri);
    const found = ref === undefined ? undefined : this.#pending.get(ref.id, ref.hash);
    return found?.kind === 'edit' ? found : undefined;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const ref = refOf(uri);
    const change = ref === undefined ? undefined : this.#shown.get(ref.hash);
    if (change === undefined) return '';
    return ref?.side === 'before' ? (change.before ?? '') : change.after;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #tellContext(): void {
    const open = this.asked(undefined) !== undefined;
    void vscode.commands.executeCommand('setContext', 'glovebox.changeOpen', open);
  }
}

type Side = 'before' | 'after';

/** The hash is part of the address, so a document can never come to show another change. */
function sideUri({ id, hash, path }: EditRequest, side: Side): vscode.Uri {
  const query = new URLSearchParams({ id, hash, side }).toString();
  return vscode.Uri.from({ scheme: changeScheme, path: `/${path}`, query });
}

function refOf(uri: vscode.Uri): { id: string; hash: string; side: Side } | undefined {
  if (uri.scheme !== changeScheme) return undefined;
  const query = new URLSearchParams(uri.query);
  const id = query.get('id');
  const hash = query.get('hash');
  const side = query.get('side');
  if (id === null || hash === null || (side !== 'before' && side !== 'after')) return undefined;
  return { id, hash, side };
}

async function closeTabs(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString(),
    );
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}
