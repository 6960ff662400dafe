import path from 'node:path';
import * as vscode from 'vscode';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { Skill, SkillOrigin, SkillProblem } from '../../core/skill.ts';
import { neutralLine } from '../output/controlText.ts';
import type { LoadApp } from '../uiApp.ts';

type Row =
  | { readonly kind: 'skill'; readonly skill: Skill }
  | { readonly kind: 'problem'; readonly problem: SkillProblem };

/** The skills view: what the agent can use, and which folders gave no skill and why. */
export class SkillsTree implements vscode.TreeDataProvider<Row>, Disposable {
  readonly #app: LoadApp;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #owned = new DisposableList();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(app: LoadApp) {
    this.#app = app;
    this.#owned.push(this.#changed);
    const view = this.#owned.push(
      vscode.window.createTreeView<Row>('glovebox.skills', { treeDataProvider: this }),
    );
    // Skills are files: they may have changed while nobody looked.
    this.#owned.push(view.onDidChangeVisibility(({ visible }) => (visible ? this.refresh() : undefined)));
    this.#owned.push(vscode.workspace.onDidGrantWorkspaceTrust(() => this.refresh()));
    this.#owned.push(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.path.endsWith('/SKILL.md')) this.refresh();
      }),
    );
  }

  refresh(): void {
    this.#changed.fire();
  }

  async getChildren(parent?: Row): Promise<Row[]> {
    if (parent !== undefined) return [];
    const { skills, problems } = await (await this.#app()).skills();
    return [
      ...skills.map((skill): Row => ({ kind: 'skill', skill })),
      ...problems.map((problem): Row => ({ kind: 'problem', problem })),
    ];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return row.kind === 'skill' ? skillItem(row.skill) : problemItem(row.problem);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

function skillItem({ name, description, origin, folder, files, allowedTools }: Skill): vscode.TreeItem {
  const item = new vscode.TreeItem(name);
  item.description = `${originWord(origin)} · ${neutralLine(description, 120)}`;
  item.tooltip = [
    neutralLine(description, 1024),
    '',
    folder,
    files.length === 0 ? '' : vscode.l10n.t('{0} more files', files.length),
    allowedTools.length === 0
      ? ''
      : vscode.l10n.t(
          'Asks for the tools {0}; nothing runs without approval all the same.',
          neutralLine(allowedTools.join(', ')),
        ),
  ]
    .filter((line, index) => index === 1 || line !== '')
    .join('\n');
  item.iconPath = new vscode.ThemeIcon('book');
  return opening(item, folder);
}

function problemItem({ folder, origin, kind, reason }: SkillProblem): vscode.TreeItem {
  const item = new vscode.TreeItem(path.basename(folder));
  const word = kind === 'invalid' ? vscode.l10n.t('invalid') : vscode.l10n.t('shadowed');
  item.description = `${originWord(origin)} · ${word}: ${neutralLine(reason, 200)}`;
  item.tooltip = `${neutralLine(reason, 1000)}\n\n${folder}`;
  item.iconPath =
    kind === 'invalid'
      ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
      : new vscode.ThemeIcon('layers');
  return opening(item, folder);
}

function opening(item: vscode.TreeItem, folder: string): vscode.TreeItem {
  const uri = vscode.Uri.file(path.join(folder, 'SKILL.md'));
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
  return item;
}

function originWord(origin: SkillOrigin): string {
  switch (origin) {
    case 'workspace':
      return vscode.l10n.t('workspace');
    case 'home':
      return vscode.l10n.t('home');
    case 'extension':
      return 'Glovebox';
  }
}
