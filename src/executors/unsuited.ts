import { kindNames, type SandboxKind } from '../core/guarantees.ts';
import { labelsOf, languagesOf, languageTable, type Language } from '../core/language.ts';
import { backendOf } from '../core/selfTest.ts';

/** Why such a sandbox can't run the language, and which ones can, in words for every door; undefined: it can. */
export function unsuited(language: Language, kind: SandboxKind): string | undefined {
  const { label, sandboxes } = languageTable[language];
  if (sandboxes.includes(kind)) return undefined;
  // Docker with another runtime is chosen as Docker is.
  const others = sandboxes.filter((other) => backendOf(other) === other);
  const ways = others.map((other) => `${other} (${kindNames[other]})`).join(' or ');
  return (
    `The sandbox "${kindNames[kind]}" runs ${labelsOf(languagesOf(kind))}, not ${label}; nothing was run. ` +
    `Choose ${ways} as the sandbox.`
  );
}
