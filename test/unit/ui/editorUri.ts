import { pathToFileURL } from 'node:url';
import type { Uri } from 'vscode';

/** An address of the editor, as far as a file on disk needs one. */
export const uriOf = (fsPath: string, scheme = 'file'): Uri =>
  ({
    scheme,
    authority: '',
    path: fsPath,
    fsPath,
    toString: () => pathToFileURL(fsPath).href,
  }) as Uri;
