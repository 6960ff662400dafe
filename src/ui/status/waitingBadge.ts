import * as vscode from 'vscode';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import type { PendingPermissions } from '../permissions/pendingPermissions.ts';

interface Badged {
  badge?: vscode.ViewBadge | undefined;
}

/** Under this key a window remembers how many questions of its chat were open when it closed. */
const key = 'glovebox.waiting';

/** The number of open questions on the icon in the activity bar, whichever view is in front. */
export class WaitingBadge implements Disposable {
  readonly #pending: PendingDecisions;
  readonly #permissions: PendingPermissions;
  readonly #memory: vscode.Memento;
  readonly #owned = new DisposableList();
  /** The view that bears it: another one of the same icon until the chat is there. */
  #view: Badged;
  /** Open again as soon as the chat is. */
  #fromBefore: number;

  constructor(
    view: Badged,
    memory: vscode.Memento,
    pending: PendingDecisions,
    permissions: PendingPermissions,
  ) {
    this.#view = view;
    this.#memory = memory;
    this.#pending = pending;
    this.#permissions = permissions;
    this.#fromBefore = memory.get(key, 0);
    for (const event of [
      pending.onDidOpen,
      pending.onDidClose,
      permissions.onDidOpen,
      permissions.onDidClose,
    ])
      this.#owned.push(event(() => this.#changed()));
    this.#draw();
  }

  /** The chat was opened, and asks again what it had asked before. */
  moveTo(view: Badged): void {
    this.#view.badge = undefined;
    this.#view = view;
    this.#fromBefore = 0;
    this.#draw();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #changed(): void {
    const ofChat = this.#pending.list().filter(({ proposal }) => proposal.threadId !== undefined).length;
    void this.#memory.update(key, this.#fromBefore + ofChat + this.#permissions.count);
    this.#draw();
  }

  #draw(): void {
    const value = this.#fromBefore + this.#pending.list().length + this.#permissions.count;
    const tooltip = vscode.l10n.t('{0} waiting for your decision', value);
    this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }
}
