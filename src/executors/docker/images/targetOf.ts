import { languageTable, type Interpreter, type Language } from '../../../core/language.ts';
import type { ImageTarget } from './labels.ts';

/** Which of our images has the interpreter. */
const targets: Readonly<Record<Interpreter, ImageTarget>> = {
  python: 'python',
  bash: 'python',
  node: 'javascript',
};

/** The image that runs the language. */
export function targetOf(language: Language): ImageTarget {
  return targets[languageTable[language].interpreter];
}
