import path from 'node:path';
import type { Language } from '../../core/language.ts';
import type { SyntaxNode } from '../parse/tree.ts';
import type { Sighting } from '../sighting.ts';
import type { ShellState } from './shellState.ts';
import { textsOf } from './words.ts';
import type { Word } from './words.ts';

interface Interpreter {
  readonly language: Language;
  /** Says that the next argument is the program. */
  readonly text: RegExp;
  /** Options that do not change which program runs. */
  readonly plain: RegExp;
}

const interpreters: readonly (readonly [names: RegExp, interpreter: Interpreter])[] = [
  [/^python(3(\.\d+)?)?$/, { language: 'python', text: /^-c$/, plain: /^-[BEIOsuq]+$/ }],
  [
    /^node(js)?$/,
    { language: 'javascript', text: /^(-e|--eval)$/, plain: /^(--no-warnings|--input-type=module)$/ },
  ],
  [/^(ba|da)?sh$/, { language: 'shell', text: /^-c$/, plain: /^-[eux]+$/ }],
];

const mostTold = 5;

/** The program of an interpreter, where the script spells it out. */
interface Program {
  readonly language: Language;
  readonly text: string;
  /** In the words of a finding. */
  readonly from: string;
}

/**
 * Checks the program that a command runs. False where that is not known: then the command itself is told.
 */
export function checkPrograms(
  state: ShellState,
  node: SyntaxNode,
  command: string,
  args: readonly Word[],
): boolean {
  const program = programOf(state, node, command, args);
  if (program === undefined || takesFromScript(state, program)) return false;
  const all = [program, ...loadable(state, node, program)];
  const looked = all.map((one) => ({ one, sightings: state.written?.sightingsIn(one.language, one.text) }));
  if (looked.some(({ sightings }) => sightings === undefined)) return false;
  for (const { one, sightings } of looked)
    for (const sighting of sightings?.slice(0, mostTold) ?? []) tell(state, node, one, sighting);
  return true;
}

/** A shell inside gets variables of this one, which may be anything there, commands too. */
function takesFromScript(state: ShellState, { language, text }: Program): boolean {
  if (language !== 'shell') return false;
  return [...text.matchAll(/\$\{?[!#]?(\w+)/g)].some(([, name = '']) => state.variables.has(name));
}

/** Files that the script wrote and the program may load by their names. */
function loadable(state: ShellState, node: SyntaxNode, { language, text }: Program): readonly Program[] {
  if (language === 'shell') return [];
  const ending = language === 'python' ? /\.pyw?$/ : /\.[cm]?js$/;
  return [...(state.spelled?.files ?? [])]
    .filter(
      ([file, written]) => ending.test(file) && written.text !== text && written.node.start < node.start,
    )
    .map(([file, written]) => ({ language, text: written.text, from: `in \`${file}\`, which it may load` }));
}

function tell(state: ShellState, node: SyntaxNode, { from, text }: Program, one: Sighting): void {
  const line = text.slice(0, one.start).split('\n').length;
  const message = `In the program that this runs, ${from}, at its line ${line}: ${one.message}`;
  const { rule, route, severity } = one;
  state.tell(node, { rule, message, route, ...(severity === undefined ? {} : { severity }) });
}

function programOf(
  state: ShellState,
  node: SyntaxNode,
  command: string,
  args: readonly Word[],
): Program | undefined {
  const [, interpreter] = interpreters.find(([names]) => names.test(command)) ?? [];
  if (interpreter === undefined)
    return command.includes('/') ? fileProgram(state, node, command, undefined) : undefined;
  const { language } = interpreter;
  let at = 0;
  while (at < args.length && interpreter.plain.test(wordOf(args[at]) ?? '')) at++;
  const first = args[at];
  const input = state.spelled?.inputs.get(node);
  const said = wordOf(first);
  if (first === undefined || said === '-') {
    const known = input !== undefined && state.spelled?.uncertain === false;
    return known ? { language, text: input, from: 'which it gets as its input' } : undefined;
  }
  if (said === undefined) return undefined;
  if (interpreter.text.test(said)) {
    const text = args[at + 1]?.quoted === true ? wordOf(args[at + 1]) : undefined;
    const known = text !== undefined && state.spelled?.uncertain === false;
    return known ? { language, text, from: 'which is written here' } : undefined;
  }
  return said.startsWith('-') ? undefined : fileProgram(state, node, said, language);
}

function fileProgram(
  state: ShellState,
  node: SyntaxNode,
  name: string,
  language: Language | undefined,
): Program | undefined {
  const { spelled } = state;
  const file = path.posix.normalize(name);
  const written = spelled?.files.get(file);
  // What is written after, or in another folder, is another file.
  if (written === undefined || spelled?.uncertain !== false || written.node.start > node.start)
    return undefined;
  if (state.folders.some((folder) => folder !== '.')) return undefined;
  // A program that ran meanwhile may have written it anew.
  if (spelled.starts.some(({ start }) => start > written.node.end && start < node.start)) return undefined;
  const from = `\`${file}\` from line ${state.lineOf(written.node)}`;
  const spoken = language ?? languageOf(written.text);
  return spoken && { language: spoken, text: written.text, from };
}

/** By the first line of a program; a script without one is run by the shell. */
function languageOf(text: string): Language | undefined {
  const [line = ''] = text.split('\n', 1);
  if (!line.startsWith('#!')) return 'shell';
  const [first = '', second = '', ...more] = line.slice(2).trim().split(/\s+/);
  const named = first.endsWith('/env') ? second : first;
  if (more.length > 0 || (first !== named && second.startsWith('-'))) return undefined;
  const name = named.slice(named.lastIndexOf('/') + 1);
  return interpreters.find(([names]) => names.test(name))?.[1].language;
}

/** The one text that a word is for sure. */
function wordOf(value: Word | undefined): string | undefined {
  const texts = value === undefined ? [] : textsOf(value);
  return value?.unknown === false && value.readings.length === 1 ? texts[0] : undefined;
}
