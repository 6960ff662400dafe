import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Uri } from 'vscode';
import type { FakeEditor } from '../../support/fakeEditor.ts';
import { uriOf } from './editorUri.ts';

/** A file that the person may pick. */
export interface Row {
  readonly label: string;
  readonly detail?: string;
  readonly picked: boolean;
}

/** As much of the editor as finding files takes, on one folder. */
export function editorOn(root: () => string, asked: Row[]): FakeEditor {
  return {
    FileType: { File: 1, Directory: 2 },
    RelativePattern: class {
      readonly folder: Uri;
      constructor(folder: Uri) {
        this.folder = folder;
      }
    },
    Uri: {
      file: uriOf,
      parse: (text: string) => uriOf(decodeURIComponent(new URL(text).pathname)),
      joinPath: (uri: Uri, ...more: string[]) => uriOf(path.join(uri.fsPath, ...more)),
    },
    window: {
      showQuickPick: async (rows: readonly Row[]) => {
        asked.push(...rows);
        return undefined;
      },
    },
    workspace: {
      get workspaceFolders() {
        return [{ uri: uriOf(root()) }];
      },
      getWorkspaceFolder: () => ({ uri: uriOf(root()) }),
      asRelativePath: (uri: Uri) => path.relative(root(), uri.fsPath),
      findFiles: async ({ folder }: { readonly folder: Uri }, _skipped: string, most: number) => {
        const entries = await readdir(folder.fsPath, { withFileTypes: true });
        return entries
          .filter((each) => !each.isDirectory())
          .slice(0, most)
          .map(({ name }) => uriOf(path.join(folder.fsPath, name)));
      },
      fs: { stat: async (uri: Uri) => ({ type: statSync(uri.fsPath).isDirectory() ? 2 : 1, size: 1 }) },
    },
  };
}
