import type { Route } from '../../route.ts';
import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { unknown } from '../values/make.ts';
import type { Args, Atom, Value } from '../values/value.ts';

/** One call of something that a library offers. */
export interface LibCall {
  readonly m: Machine;
  /** Canonical name of what is called. */
  readonly path: string;
  readonly args: Args;
  readonly node: SyntaxNode;
  readonly route: Route | undefined;
  /** The object, when it is a method. */
  readonly self?: Atom;
}

/** What a call gives; undefined leaves it to the tables. */
export type Model = (call: LibCall) => Value | undefined;

/** Models by blank-separated names below one prefix. */
export function modelsFor(prefix: string, models: Readonly<Record<string, Model>>): [string, Model][] {
  const found: [string, Model][] = [];
  for (const [names, model] of Object.entries(models))
    for (const name of names.split(' ')) found.push([prefix + name, model]);
  return found;
}

function at(call: LibCall, place: number): Value {
  return call.args.positional[place] ?? (call.args.rest.length > 0 ? call.args.rest : unknown);
}

/** The first positional argument. */
export function first(call: LibCall): Value {
  return at(call, 0);
}

/** The second positional argument. */
export function second(call: LibCall): Value {
  return at(call, 1);
}

/** The arguments that follow so many positional ones. */
export function after(args: Args, count: number): Args {
  return { ...args, positional: args.positional.slice(count) };
}
