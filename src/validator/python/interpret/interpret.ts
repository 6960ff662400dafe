import type { CheckOptions } from '../../options.ts';
import { LineIndex } from '../../parse/lineIndex.ts';
import type { Parsed, SyntaxNode } from '../../parse/tree.ts';
import type { Sighting } from '../../sighting.ts';
import { assign } from './assignment.ts';
import { attribute, attributeNamed } from './attributes.ts';
import { call, callAtom } from './calls.ts';
import { escape } from './escape.ts';
import { evaluate } from './expressions.ts';
import { callFunction, walkUncalled } from './functions.ts';
import { iterate } from './iterate.ts';
import type { Args, Atom, FuncAtom, Value } from '../values/value.ts';
import { Machine, newFrame } from './machine.ts';
import type { Items, Parts } from './machine.ts';
import { binary } from './operators.ts';
import { bind, lookup, newScope } from './scopes.ts';
import { execute } from './statements.ts';
import { setAttribute, setSubscript } from './stores.ts';
import { subscript } from './subscripts.ts';

/** Walks a whole program: the module as it runs, then everything that nothing was seen to call. */
export function interpret(parsed: Parsed, options: CheckOptions): readonly Sighting[] {
  const m = new Machine(parsed, new LineIndex(parsed.text), options, newScope('module', undefined));
  m.parts = new BoundParts(m);
  execute(m, parsed.root);
  walkLeftovers(m);
  return m.sightings;
}

/** A class, because its methods are the same functions in every check: compiled code stays good. */
class BoundParts implements Parts {
  readonly #m: Machine;

  constructor(m: Machine) {
    this.#m = m;
  }

  evaluate(node: SyntaxNode): Value {
    return evaluate(this.#m, node);
  }

  execute(block: SyntaxNode): void {
    execute(this.#m, block);
  }

  assign(target: SyntaxNode, value: Value): void {
    assign(this.#m, target, value);
  }

  lookup(name: string, node: SyntaxNode): Value {
    return lookup(this.#m, name, node);
  }

  bind(name: string, value: Value): void {
    bind(this.#m, name, value);
  }

  call(callee: Value, args: Args, node: SyntaxNode): Value {
    return call(this.#m, callee, args, node);
  }

  callAtom(callee: Atom, args: Args, node: SyntaxNode): Value {
    return callAtom(this.#m, callee, args, node);
  }

  callFunction(func: FuncAtom, args: Args, node: SyntaxNode): Value {
    return callFunction(this.#m, func, args, node);
  }

  attribute(object: Value, name: string, node: SyntaxNode): Value {
    return attribute(this.#m, object, name, node);
  }

  attributeNamed(object: Value, name: Value, node: SyntaxNode): Value {
    return attributeNamed(this.#m, object, name, node);
  }

  setAttribute(object: Value, name: string, value: Value, node: SyntaxNode): void {
    setAttribute(this.#m, object, name, value, node);
  }

  subscript(object: Value, index: Value, node: SyntaxNode): Value {
    return subscript(this.#m, object, index, node);
  }

  setSubscript(object: Value, index: Value, value: Value, node: SyntaxNode): void {
    setSubscript(this.#m, object, index, value, node);
  }

  binary(operator: string, left: Value, right: Value, node: SyntaxNode): Value {
    return binary(this.#m, operator, left, right, node);
  }

  iterate(value: Value, node: SyntaxNode): Items {
    return iterate(this.#m, value, node);
  }

  escape(args: Args, to: string, node: SyntaxNode): void {
    escape(this.#m, args, to, node);
  }
}

/** Rounds over what was not reached, until nothing new turns up. */
function walkLeftovers(m: Machine): void {
  m.deferred = true;
  // What nothing calls is walked with less patience.
  m.budget = Math.min(m.budget, m.steps + 3_000 + m.parsed.nodeCount);
  m.repeats = 1;
  const escapedWalked = new Set<unknown>();
  for (let round = 0; round < 8; round++) {
    let found = false;
    for (const { node, frame } of m.skipped.splice(0)) {
      if (m.visited.has(node)) continue;
      found = true;
      m.visited.add(node);
      m.frame = { ...newFrame(frame.scope, frame.code, { owner: frame.owner, self: frame.self }) };
      m.stale = true;
      m.inFork(() =>
        execute(m, node.type.endsWith('block') ? node : { ...node, type: 'block', children: [node] }),
      );
    }
    m.stale = false;
    m.frame = newFrame(m.module, undefined);
    for (const func of m.escaped) {
      if (escapedWalked.has(func.code)) continue;
      escapedWalked.add(func.code);
      found = true;
      walkUncalled(m, func);
    }
    for (const [node, funcs] of [...m.functions]) {
      if (m.called.has(node)) continue;
      found = true;
      for (const func of funcs) walkUncalled(m, func);
    }
    if (!found) return;
  }
}
