import { languages, languageTable } from '../../core/language.ts';

/** The editor's ids of the languages that can be run. */
export const editorLanguages: readonly string[] = languages.flatMap(
  (language) => languageTable[language].editorIds,
);

/** For `when` clauses; the manifest repeats it. */
export const runnableWhen = `editorLangId =~ /^(${editorLanguages.join('|')})$/`;
