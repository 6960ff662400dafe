import * as vscode from 'vscode';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { HistoryQuery, RunSummary } from '../../core/ports.ts';
import type { LoadApp } from '../uiApp.ts';
import { endingWords } from '../../protocol/endingWords.ts';
import { neutralLine } from '../output/controlText.ts';
import { runItem } from './runItem.ts';

const pageSize = 100;
/** Changes come in bursts while a run ends: one refresh is enough. */
const joinMs = 150;

type Row = RunSummary | 'more';

/** The history view: newest first, a page at a time, filtered by text and status. */
export class HistoryTree implements vscode.TreeDataProvider<Row>, Disposable {
  readonly view: vscode.TreeView<Row>;
  readonly #app: LoadApp;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #owned = new DisposableList();
  #filter: Pick<HistoryQuery, 'text' | 'status'> = {};
  #limit = pageSize;
  #listening = false;
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(app: LoadApp) {
    this.#app = app;
    this.#owned.push(this.#changed);
    this.view = this.#owned.push(
      vscode.window.createTreeView<Row>('glovebox.history', { treeDataProvider: this, canSelectMany: true }),
    );
  }

  get filter(): Pick<HistoryQuery, 'text' | 'status'> {
    return this.#filter;
  }

  /** Shows what matches; an empty filter shows all. */
  setFilter(filter: Pick<HistoryQuery, 'text' | 'status'>): void {
    this.#filter = filter;
    this.#limit = pageSize;
    const parts = [
      filter.text === undefined ? undefined : `“${filter.text}”`,
      filter.status === undefined ? undefined : endingWords(filter.status),
    ];
    const shown = parts.filter((part) => part !== undefined).join(' · ');
    this.view.description = shown;
    void vscode.commands.executeCommand('setContext', 'glovebox.history.filtered', shown !== '');
    this.refresh();
  }

  more(): void {
    this.#limit += pageSize;
    this.refresh();
  }

  refresh(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#changed.fire();
  }

  async getChildren(parent?: Row): Promise<Row[]> {
    if (parent !== undefined) return [];
    try {
      return await this.#rows();
    } catch (error) {
      // In the place of the words about an empty history, which would not be true.
      const message = neutralLine(error instanceof Error ? error.message : String(error), 500);
      // A path is one word to the view, which would make it wider than itself.
      this.view.message = message.replaceAll(/[/\\]/g, '$&\u200b');
      return [];
    }
  }

  async #rows(): Promise<Row[]> {
    const history = await (await this.#app()).history();
    if (!this.#listening) {
      this.#listening = true;
      this.#owned.push(history.onDidChange(() => (this.#timer ??= setTimeout(() => this.refresh(), joinMs))));
    }
    const found = await history.list({ ...this.#filter, limit: this.#limit + 1 });
    const filtered = this.#filter.text !== undefined || this.#filter.status !== undefined;
    this.view.message =
      found.length === 0 && filtered ? vscode.l10n.t('No run matches. Clear the filter to see all.') : '';
    return found.length > this.#limit ? [...found.slice(0, this.#limit), 'more'] : [...found];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    if (row !== 'more') return runItem(row, new Date());
    const item = new vscode.TreeItem(vscode.l10n.t('Show more…'));
    item.command = { command: 'glovebox.history.more', title: vscode.l10n.t('Show more…') };
    return item;
  }

  /** The runs that are selected now. */
  selected(): readonly RunSummary[] {
    return this.view.selection.filter((row) => row !== 'more');
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#owned.dispose();
  }
}
