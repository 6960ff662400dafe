import type { CheckOptions } from '../../options.ts';
import { LineIndex } from '../../parse/lineIndex.ts';
import type { Parsed } from '../../parse/tree.ts';
import type { Sighting } from '../../sighting.ts';
import { assign } from './assignment.ts';
import { attribute, attributeNamed } from './attributes.ts';
import { call, callAtom } from './calls.ts';
import { escape } from './escape.ts';
import { evaluate } from './expressions.ts';
import { callFunction, walkUncalled } from './functions.ts';
import { iterate } from './iterate.ts';
import { Machine, newFrame } from './machine.ts';
import { binary } from './operators.ts';
import { bind, lookup, newScope } from './scopes.ts';
import { execute } from './statements.ts';
import { setAttribute, setSubscript } from './stores.ts';
import { subscript } from './subscripts.ts';

/** Walks a whole program: the module as it runs, then everything that nothing was seen to call. */
export function interpret(parsed: Parsed, options: CheckOptions): readonly Sighting[] {
  const m = new Machine(parsed, new LineIndex(parsed.text), options, newScope('module', undefined));
  m.parts = {
    evaluate: (node) => evaluate(m, node),
    execute: (block) => execute(m, block),
    assign: (target, value) => assign(m, target, value),
    lookup: (name, node) => lookup(m, name, node),
    bind: (name, value) => bind(m, name, value),
    call: (callee, args, node) => call(m, callee, args, node),
    callAtom: (callee, args, node) => callAtom(m, callee, args, node),
    callFunction: (func, args, node) => callFunction(m, func, args, node),
    attribute: (object, name, node) => attribute(m, object, name, node),
    attributeNamed: (object, name, node) => attributeNamed(m, object, name, node),
    setAttribute: (object, name, value, node) => setAttribute(m, object, name, value, node),
    subscript: (object, index, node) => subscript(m, object, index, node),
    setSubscript: (object, index, value, node) => setSubscript(m, object, index, value, node),
    binary: (operator, left, right, node) => binary(m, operator, left, right, node),
    iterate: (value, node) => iterate(m, value, node),
    escape: (args, to, node) => escape(m, args, to, node),
  };
  execute(m, parsed.root);
  walkLeftovers(m);
  return m.sightings;
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
