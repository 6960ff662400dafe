import type { CheckOptions } from '../../options.ts';
import type { LineIndex } from '../../parse/lineIndex.ts';
import type { Parsed, SyntaxNode } from '../../parse/tree.ts';
import type { Sighting } from '../../sighting.ts';
import { heap } from '../values/make.ts';
import { routeText, type Route } from '../../route.ts';
import { isPlain } from '../values/route.ts';
import type { FunctionCode } from '../values/functionCode.ts';
import type { Args, Atom, Bindings, ClassAtom, FuncAtom, Scope, Value } from '../values/value.ts';

/** A comparison, taken apart. */
export interface Comparison {
  readonly operands: readonly SyntaxNode[];
  /** What stands between one operand and the next. */
  readonly operators: readonly string[];
}

/** Why the rest of a block is not reached. */
export type Ending = 'return' | 'raise' | 'break' | 'continue';

export interface Loop {
  readonly base: Bindings;
  /** Bindings at breaks and continues that may or may not be taken. */
  readonly leaks: Map<string, Value>[];
}

/** One block of code being walked. */
export interface Frame {
  readonly scope: Scope;
  readonly code: FunctionCode | undefined;
  readonly owner: ClassAtom | undefined;
  readonly self: Atom | undefined;
  returns: Value;
  yields: Value[];
  /** All that was yielded, when `yields` is not exact. */
  yielded: Value;
  exactYields: boolean;
  ending: Ending | undefined;
  /** The branch in which the walk of the block began. */
  readonly fork: number;
  readonly loops: Loop[];
}

/** What was raised and what was assigned inside a try block. */
export interface TryRecord {
  raised: Value;
  readonly scope: Scope;
  readonly assigned: Map<string, Value>;
  /** Library objects whose attributes were asked for. */
  touched: Value;
  /** What generators gave back when they ended. */
  finished: Value;
}

/** The parts of the interpreter that call each other; set up in `interpret.ts`. */
export interface Parts {
  evaluate(node: SyntaxNode): Value;
  execute(block: SyntaxNode): void;
  assign(target: SyntaxNode, value: Value): void;
  lookup(name: string, node: SyntaxNode): Value;
  bind(name: string, value: Value): void;
  call(callee: Value, args: Args, node: SyntaxNode): Value;
  callAtom(callee: Atom, args: Args, node: SyntaxNode): Value;
  callFunction(func: FuncAtom, args: Args, node: SyntaxNode): Value;
  attribute(object: Value, name: string, node: SyntaxNode): Value;
  attributeNamed(object: Value, name: Value, node: SyntaxNode): Value;
  setAttribute(object: Value, name: string, value: Value, node: SyntaxNode): void;
  subscript(object: Value, index: Value, node: SyntaxNode): Value;
  setSubscript(object: Value, index: Value, value: Value, node: SyntaxNode): void;
  binary(operator: string, left: Value, right: Value, node: SyntaxNode): Value;
  iterate(value: Value, node: SyntaxNode): Items;
  escape(args: Args, to: string, node: SyntaxNode): void;
}

/** What a value gives when it is iterated. */
export interface Items {
  /** All of them in order, where that is known. */
  readonly exact: readonly Value[] | undefined;
  /** Any one of them. */
  readonly any: Value;
  /** How many, where that is known; Infinity never ends. */
  readonly size: number | undefined;
}

/** State of one check. The parts of the interpreter share it and reach each other through it. */
export class Machine {
  readonly parsed: Parsed;
  readonly lines: LineIndex;
  readonly options: CheckOptions;
  readonly sightings: Sighting[] = [];
  readonly module: Scope;
  /** Whether `:=` may be anywhere in the program. */
  readonly hasWalrus: boolean;
  /** Whether a function may declare names to be those of scopes around it. */
  readonly declares: boolean;
  frame: Frame;
  parts!: Parts;
  /** Modules from which every name was imported with `*`. */
  readonly starred: { readonly module: string; readonly line: number }[] = [];
  /** Annotations of the module. */
  readonly hints = new Map<string, Value>();
  /** Names of Python files that the program writes. */
  readonly written = new Set<string>();
  /** Dangerous modules handed to where they cannot be followed. */
  readonly lost = new Set<string>();
  /** What the program stored into attributes of library objects. */
  readonly stored = new Map<string, Value>();
  /** Functions of the program handed to where they may be called with anything. */
  readonly escaped = new Set<FuncAtom>();
  /** Classes that the program has defined so far. */
  readonly classes: ClassAtom[] = [];
  readonly functions = new Map<SyntaxNode, FuncAtom[]>();
  readonly called = new Set<SyntaxNode>();
  readonly visited = new Set<SyntaxNode>();
  /** What was read of functions and comparisons, each of which may be walked many times. */
  readonly codes = new Map<SyntaxNode, FunctionCode>();
  readonly comparisons = new Map<SyntaxNode, Comparison>();
  readonly skipped: { readonly node: SyntaxNode; readonly frame: Frame }[] = [];
  readonly tries: TryRecord[] = [];
  readonly stack: FuncAtom[] = [];
  readonly memo = new Map<
    string,
    { readonly value: Value; readonly writes: number; readonly times: number }
  >();
  readonly runs = new Map<SyntaxNode, number>();
  /** Product of the known lengths of the loops around the current place. */
  repeats = 1;
  /** Product of the known lengths of the comprehensions around, which keep what each round makes. */
  gathered = 1;
  /** The statement being walked. */
  current: SyntaxNode | undefined;
  /** Changes of state beyond the current function's own names. */
  writes = 0;
  steps = 0;
  budget: number;
  /** Annotated names of the class body being walked. */
  fields: string[] | undefined;
  /** Walking code that nothing calls: other scopes may be in any state they ever had. */
  deferred = false;
  /** Places at which a function starts threads of itself. */
  readonly respawns = new Map<SyntaxNode, Set<number>>();
  /** Walking what a thread runs beside the program. */
  background = false;
  /** Walking what the values known here never reach: they tell nothing of how it would go on. */
  stale = false;
  #forks = 0;

  constructor(parsed: Parsed, lines: LineIndex, options: CheckOptions, module: Scope) {
    this.parsed = parsed;
    this.lines = lines;
    this.options = options;
    this.module = module;
    this.hasWalrus = parsed.error !== undefined || parsed.text.includes(':=');
    this.declares = parsed.error !== undefined || /global|nonlocal/.test(parsed.text);
    this.frame = newFrame(module, undefined);
    this.budget = 4_000 + parsed.nodeCount * 3;
    heap.next = 0;
    heap.fork = 0;
    heap.specials.clear();
  }

  /** The budget for exact following is used up: from here on everything is walked once. */
  get tired(): boolean {
    return this.steps > this.budget;
  }

  text(node: SyntaxNode): string {
    return (node.text ??= this.parsed.text.slice(node.start, node.end));
  }

  /** Counted from 1 in the code that is judged; none of it where the node is of an earlier run. */
  line(node: SyntaxNode): number {
    return this.lines.line(node.start) - this.lines.line(this.parsed.judgedFrom ?? 0) + 1;
  }

  /** Walks something that may or may not happen. */
  inFork(walk: () => void): void {
    const before = heap.fork;
    heap.fork = ++this.#forks;
    try {
      walk();
    } finally {
      heap.fork = before;
    }
  }

  /** Walks what a thread runs: it may wait for ever without holding the program up. */
  inBackground<T>(walk: () => T): T {
    const before = this.background;
    this.background = true;
    try {
      return walk();
    } finally {
      this.background = before;
    }
  }

  report(rule: string, node: SyntaxNode, message: string, route?: Route, more: Partial<Sighting> = {}): void {
    if (this.sightings.length > 5_000) return;
    this.sightings.push({
      rule,
      start: node.start,
      end: node.end,
      message,
      route: routeText(route, isPlain),
      ...more,
    });
  }
}

export function newFrame(
  scope: Scope,
  code: FunctionCode | undefined,
  more: { owner?: ClassAtom | undefined; self?: Atom | undefined } = {},
): Frame {
  return {
    scope,
    code,
    owner: more.owner,
    self: more.self,
    returns: [],
    yields: [],
    yielded: [],
    exactYields: true,
    ending: undefined,
    fork: heap.fork,
    loops: [],
  };
}
