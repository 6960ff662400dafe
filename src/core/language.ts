import type { SandboxKind } from './guarantees.ts';

/** A program that runs code where there is an operating system. */
export type Interpreter = 'python' | 'node' | 'bash';

/** What holds of a language wherever its code comes from and wherever it runs. */
export interface LanguageFacts {
  /** For people. */
  readonly label: string;
  /** The editor's ids of it. */
  readonly editorIds: readonly string[];
  /** Of its files, in lower case; the first is that of files we name. */
  readonly endings: readonly [string, ...string[]];
  /** Begins a comment that goes to the end of its line. */
  readonly lineComment: '#' | '//';
  readonly interpreter: Interpreter;
  readonly sandboxes: readonly SandboxKind[];
}

const table = {
  python: {
    label: 'Python',
    editorIds: ['python'],
    endings: ['.py', '.pyw'],
    lineComment: '#',
    interpreter: 'python',
    sandboxes: ['docker', 'gvisor', 'wasm', 'process'],
  },
  javascript: {
    label: 'JavaScript',
    editorIds: ['javascript'],
    endings: ['.js', '.mjs', '.cjs'],
    lineComment: '//',
    interpreter: 'node',
    sandboxes: ['docker', 'gvisor', 'wasm', 'process'],
  },
  typescript: {
    label: 'TypeScript',
    editorIds: ['typescript'],
    endings: ['.ts', '.mts', '.cts'],
    lineComment: '//',
    interpreter: 'node',
    sandboxes: ['docker', 'gvisor', 'process'],
  },
  shell: {
    label: 'shell',
    editorIds: ['shellscript'],
    endings: ['.sh', '.bash'],
    lineComment: '#',
    interpreter: 'bash',
    sandboxes: ['docker', 'gvisor', 'process'],
  },
} as const satisfies Record<string, LanguageFacts>;

/** A language that Glovebox can check and run: a row of the table, and nothing else. */
export type Language = keyof typeof table;

/**
 * The one place for what is to be known of a language. What needs a package or has an effect (its
 * validator, how the runner inside calls its interpreter) is kept where that is, by the same names.
 */
export const languageTable: Readonly<Record<Language, LanguageFacts>> = table;

export const languages = Object.keys(table) as readonly Language[];

/** Of a file's ending, with its dot; in any case of letters. */
export function languageOfEnding(ending: string): Language | undefined {
  const lower = ending.toLowerCase();
  return languages.find((language) => languageTable[language].endings.includes(lower));
}

/** Of the editor's language id. */
export function languageOfEditor(id: string): Language | undefined {
  return languages.find((language) => languageTable[language].editorIds.includes(id));
}

/** A file name for code: the name as it is where it has an ending of the language, else with the usual one. */
export function codeFileName(name: string, language: Language): string {
  const { endings } = languageTable[language];
  return endings.some((ending) => name.endsWith(ending)) ? name : `${name || 'code'}${endings[0]}`;
}

/** Languages that such a sandbox runs. */
export function languagesOf(kind: SandboxKind): readonly Language[] {
  return languages.filter((language) => languageTable[language].sandboxes.includes(kind));
}

/** Words for people: `Python, JavaScript and shell`. */
export function labelsOf(some: readonly Language[], last = ' and '): string {
  const labels = some.map((language) => languageTable[language].label);
  return [...(labels.length > 1 ? [labels.slice(0, -1).join(', ')] : []), ...labels.slice(-1)].join(last);
}
