import type { CheckOptions } from '../options.ts';
import { LineIndex } from '../parse/lineIndex.ts';
import type { SyntaxNode } from '../parse/tree.ts';
import type { Sighting, WrittenCode } from '../sighting.ts';
import type { SpelledPrograms } from './spelledPrograms.ts';
import type { StepBudget } from '../stepBudget.ts';
import { shellHints } from './hints.ts';
import { either, textsOf, unknownWord } from './words.ts';
import type { Word } from './words.ts';

/** Arguments past this many are not told apart: a function that hands on its own would add to them for ever. */
const mostPlaces = 64;

/** Where a variable got a value, and out of what. */
export interface Source {
  readonly how: string;
  readonly node: SyntaxNode;
}

/** What is known of a script: its variables and functions, whatever the order they are set in. */
export class ShellState {
  readonly source: string;
  readonly options: CheckOptions;
  readonly variables = new Map<string, Word>();
  readonly functions = new Map<string, SyntaxNode>();
  /** Arguments that calls in the script hand to its functions, by function and place. */
  readonly calls = new Map<string, Word[]>();
  readonly sightings = new Map<string, Sighting>();
  /** Arrays written out, element by element. */
  readonly arrays = new Map<string, readonly Word[]>();
  /** The folders that the script may be in at this place of the walk. */
  folders: readonly string[] = ['.'];
  /** What variables hold at this place of the walk, for text that is appended. */
  readonly current = new Map<string, Word>();
  /** Functions that move their arguments. */
  readonly shifting = new Set<string>();
  /** Commands by the one after them in a pipe. */
  readonly piped = new Map<SyntaxNode, SyntaxNode>();
  /** Commands whose output is kept as text. */
  readonly captured = new Set<SyntaxNode>();
  /** Commands that end because what reads their output does. */
  readonly bounded = new Set<SyntaxNode>();
  /** Commands whose input is a file without an end. */
  readonly fed = new Set<SyntaxNode>();
  /** Where variables first got a value. */
  readonly sources = new Map<string, Source>();
  /** The first call of each function. */
  readonly callers = new Map<string, SyntaxNode>();
  readonly aliases = new Map<string, { readonly text: string; readonly node: SyntaxNode }>();
  /** The commands around the one that is looked at, such as `xargs`, outermost first. */
  starters: readonly string[] = [];
  /** The programs that the script spells out. */
  spelled: SpelledPrograms | undefined;
  /** Checks such a program. */
  written: WrittenCode | undefined;
  changed = false;
  /** Functions may be taken away again, so their names may mean programs. */
  readonly unsets: boolean;
  readonly #frozen = new Set<string>();

  readonly #budget: StepBudget;
  #lines: LineIndex | undefined;

  constructor(source: string, options: CheckOptions, budget: StepBudget) {
    this.#budget = budget;
    this.source = source;
    this.options = options;
    this.unsets = /\bunset\b/.test(source);
  }

  /** Counted from 1. */
  lineOf(node: SyntaxNode): number {
    this.#lines ??= new LineIndex(this.source);
    return this.#lines.line(node.start) + 1;
  }

  textOf(node: SyntaxNode): string {
    return this.source.slice(node.start, node.end);
  }

  /** Counts work; a script that takes too much of it is refused, not waited for. */
  spend(steps: number): void {
    this.#budget.spend(steps);
  }

  /** The letters at which text that is expanded falls into fields. */
  get separators(): string {
    return ` \t\n${textsOf(this.variables.get('IFS') ?? unknownWord).join('')}`;
  }

  set(name: string, value: Word, source?: Source): void {
    if (source !== undefined && !this.sources.has(name)) this.sources.set(name, source);
    const old = this.variables.get(name);
    let joined = old === undefined ? value : either(old, value);
    // A variable that is built from itself would grow for ever: from here on it may be anything.
    if (joined.readings.length > 8 && joined.readings.length !== old?.readings.length) {
      joined = { ...(old ?? joined), unknown: true };
      joined = either(joined, { readings: [{ text: '', open: true }], unknown: true, quoted: false });
      this.#frozen.add(name);
    } else if (this.#frozen.has(name)) return;
    if (old !== undefined && joined.readings.length === old.readings.length && joined.unknown === old.unknown)
      return;
    this.variables.set(name, joined);
    this.changed = true;
  }

  /** Notes the arguments of one call of a function of the script. */
  call(name: string, args: readonly Word[], node: SyntaxNode): void {
    if (!this.callers.has(name)) this.callers.set(name, node);
    let places = this.calls.get(name);
    if (places === undefined) this.calls.set(name, (places = []));
    const told = args.length > mostPlaces ? [...args.slice(0, mostPlaces - 1), restOf(args)] : args;
    told.forEach((value, index) => {
      this.spend(1 + value.readings.length);
      const old = places[index];
      const joined = old === undefined ? value : either(old, value);
      if (
        old === undefined ||
        joined.readings.length !== old.readings.length ||
        joined.unknown !== old.unknown
      ) {
        places[index] = joined;
        this.changed = true;
      }
    });
  }

  report(node: SyntaxNode, rule: string, message: string, route: readonly string[] = []): void {
    const hint = shellHints[rule];
    this.tell(node, { rule, message, route, ...(hint === undefined ? {} : { hint }) });
  }

  /** Tells once of one rule at one place. */
  tell(node: SyntaxNode, told: Omit<Sighting, 'start' | 'end'>): void {
    const key = `${told.rule} ${node.start} ${node.end}`;
    if (!this.sightings.has(key)) this.sightings.set(key, { ...told, start: node.start, end: node.end });
  }
}

function restOf(args: readonly Word[]): Word {
  return args.slice(mostPlaces - 1).reduce(either, unknownWord);
}
