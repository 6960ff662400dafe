import type { Language } from '../../core/proposal.ts';

/** Which of our languages the editor's language ids are. */
const languageIds: Readonly<Record<string, Language>> = {
  python: 'python',
  javascript: 'javascript',
  typescript: 'typescript',
  shellscript: 'shell',
};

/** The editor's ids of the languages that can be run. */
export const languages: readonly string[] = Object.keys(languageIds);

export function languageOfId(languageId: string): Language | undefined {
  return Object.hasOwn(languageIds, languageId) ? languageIds[languageId] : undefined;
}

/** For `when` clauses; the manifest repeats it. */
export const runnableWhen = `editorLangId =~ /^(${Object.keys(languageIds).join('|')})$/`;
