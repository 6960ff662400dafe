import path from 'node:path';
import type { Language } from '../core/proposal.ts';

const languages: Readonly<Record<string, Language>> = {
  '.py': 'python',
  '.pyw': 'python',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.sh': 'shell',
  '.bash': 'shell',
};

/** The language of a file by its ending; undefined for one that Glovebox does not know. */
export function languageOf(file: string): Language | undefined {
  return languages[path.extname(file).toLowerCase()];
}

/** As `languageOf`, with what can be checked and not run: Node takes no JSX. */
export function checkedLanguageOf(file: string): Language | undefined {
  return path.extname(file).toLowerCase() === '.jsx' ? 'javascript' : languageOf(file);
}
