import type { SyntaxNode } from '../parse/tree.ts';
import type { Route } from '../route.ts';

/** A constant text; `open` when text of unknown content follows it. */
export interface TextValue {
  readonly kind: 'text';
  readonly text: string;
  readonly open: boolean;
}

export interface NumberValue {
  readonly kind: 'number';
  readonly number: number;
}

/** Something of the language or a module, by its dotted name such as `node:fs.readFileSync`. */
export interface RefValue {
  readonly kind: 'ref';
  readonly path: string;
  /** By which way the program got it. */
  readonly route: Route | undefined;
}

/** An object, array, map or instance that the program makes at one place. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly id: number;
  readonly fields: Map<string, Flow>;
  /** What is stored under names that are not known. */
  readonly rest: Flow;
  /** Where a name is looked up that the object itself does not have. */
  readonly parents: Flow;
  readonly array: boolean;
}

/** A function or class of the program. */
export interface FunctionValue {
  readonly kind: 'function';
  readonly id: number;
  readonly node: SyntaxNode;
  readonly params: Flow[];
  readonly returns: Flow;
  readonly self: Flow;
  /** Static members, and `prototype`. */
  readonly statics: ObjectValue;
  /** What `new` makes. */
  readonly instance: ObjectValue;
}

/** A regular expression that is written out. */
export interface PatternValue {
  readonly kind: 'pattern';
  readonly source: string;
  readonly flags: string;
}

export interface UnknownValue {
  readonly kind: 'unknown';
}

export type Value =
  TextValue | NumberValue | RefValue | ObjectValue | FunctionValue | PatternValue | UnknownValue;

const most = 16;

/** The values that an expression or variable may have; it only grows. */
export class Flow {
  readonly items = new Map<string, Value>();

  constructor(...values: readonly Value[]) {
    for (const value of values) this.add(value);
  }

  /** Adds a value; true when it was new. */
  add(value: Value): boolean {
    const key = keyOf(value);
    if (this.items.has(key)) return false;
    // Too many constants say no more than "unknown"; references are never dropped.
    if (this.items.size >= most && /^(text|number|pattern)$/.test(value.kind)) {
      return this.add(unknownValue);
    }
    this.items.set(key, value);
    return true;
  }

  addAll(other: Flow): boolean {
    let grew = false;
    if (other !== this) for (const value of other.items.values()) grew = this.add(value) || grew;
    return grew;
  }

  *[Symbol.iterator](): IterableIterator<Value> {
    yield* this.items.values();
  }
}

export const unknownValue: UnknownValue = { kind: 'unknown' };

/** Values with the same key are the same value. */
export function keyOf(value: Value): string {
  switch (value.kind) {
    case 'text':
      return `${value.open ? 'p' : 't'}${value.text}`;
    case 'number':
      return `n${value.number}`;
    case 'ref':
      return `r${value.path}`;
    case 'object':
      return `o${value.id}`;
    case 'function':
      return `f${value.id}`;
    case 'pattern':
      return `x${value.flags}/${value.source}`;
    case 'unknown':
      return '?';
  }
}

/** Longer constants are of no use for names and paths, and would let a program fill memory. */
const longest = 2048;
/** What stands in the program may be a program of its own, which it writes into a file. */
const longestWritten = 65_536;

export function text(value: string, open = false): TextValue {
  return { kind: 'text', text: value.slice(0, longest), open: open || value.length > longest };
}

/** A text that stands in the program as it is. */
export function longText(value: string): TextValue {
  return { kind: 'text', text: value.slice(0, longestWritten), open: value.length > longestWritten };
}

export function ref(path: string, route?: Route): RefValue {
  return { kind: 'ref', path, route };
}

export function unknown(): Flow {
  return new Flow(unknownValue);
}

/** All closed constant texts; numbers count as their text. */
export function textsOf(flow: Flow): string[] {
  const texts: string[] = [];
  for (const value of flow) {
    if (value.kind === 'text' && !value.open) texts.push(value.text);
    if (value.kind === 'number') texts.push(String(value.number));
  }
  return texts;
}

/** The one constant text of a flow, when there is exactly one value and it is that. */
export function onlyText(flow: Flow): string | undefined {
  const [first] = textsOf(flow);
  return flow.items.size === 1 ? first : undefined;
}

/** Whether the name may be something that is not known here. */
export function maybeOther(flow: Flow): boolean {
  if (flow.items.size === 0) return true;
  for (const value of flow) {
    if (value.kind === 'unknown' || (value.kind === 'text' && value.open)) return true;
    if (/^(object|function|ref|pattern)$/.test(value.kind)) return true;
  }
  return false;
}
