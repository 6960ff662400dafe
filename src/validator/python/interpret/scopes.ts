import type { SyntaxNode } from '../../parse/tree.ts';
import { builtinNames } from '../library/builtinNames.ts';
import { dictAtom, lib, text, unbound, unknown } from '../values/make.ts';
import { join, joinAll } from '../values/join.ts';
import { Bindings } from '../values/value.ts';
import { isOfLibrary, passed } from '../values/route.ts';
import type { Atom, LibAtom, Scope, Value } from '../values/value.ts';
import type { Machine } from './machine.ts';
import { starLookup } from './libraryAttributes.ts';

let scopes = 0;

/** What scopes share that declare nothing. */
const noNames = new Set<string>();

/** A scope; what is `bound` in it already is taken over. */
export function newScope(kind: Scope['kind'], parent: Scope | undefined, bound?: Map<string, Value>): Scope {
  return {
    kind,
    id: ++scopes,
    parent,
    vars: new Bindings(undefined, bound),
    ever: new Map(bound),
    globals: noNames,
    nonlocals: noNames,
  };
}

/** Notes that a name in a scope is that of the module or of a function around. */
export function declare(scope: Scope, as: 'globals' | 'nonlocals', name: string): void {
  if (scope[as] === noNames) scope[as] = new Set();
  scope[as].add(name);
}

/** Identifiers that mean the same to the interpreter, however they are spelled. */
export function identifier(spelled: string): string {
  for (let at = 0; at < spelled.length; at++)
    if (spelled.charCodeAt(at) > 127) return spelled.normalize('NFKC');
  return spelled;
}

/** A name as the code at this place sees it: own scope, scopes around, module, builtins. */
export function lookup(m: Machine, name: string, node: SyntaxNode): Value {
  const own = m.frame.scope;
  let found: Value = [];
  let scope: Scope | undefined = own.globals.size > 0 && own.globals.has(name) ? m.module : own;
  for (; scope !== undefined; scope = scope.parent) {
    if (scope !== own && scope.kind === 'class') continue;
    const value: Value | undefined =
      scope === own || !m.deferred ? scope.vars.get(name) : (scope.ever.get(name) ?? scope.vars.get(name));
    if (value === undefined) continue;
    if (!value.some(isUnbound)) return join(found, value);
    found = join(
      found,
      value.filter((atom) => !isUnbound(atom)),
    );
  }
  return join(found, fallback(m, name, node));
}

function isUnbound(atom: Atom): boolean {
  return atom.kind === 'unbound';
}

/** Names that no scope of the program binds. */
function fallback(m: Machine, name: string, node: SyntaxNode): Value {
  const starred = starLookup(m, name, node);
  if (starred !== undefined) return starred;
  switch (name) {
    case '__name__':
      return text('__main__');
    case '__file__':
      return text('main.py');
    case '__builtins__':
      m.report('internals.builtins', node, 'Takes the mapping of builtins');
      return lib('builtins');
    case '__annotations__':
      return [{ ...dictAtom(), rest: joinAll(m.hints.values()), restKeys: unknown }];
    case '__loader__':
    case '__spec__':
      m.report('internals.modules', node, `Takes the import machinery behind \`${name}\``);
      return unknown;
    case '__class__':
      return m.frame.owner ? [m.frame.owner] : unknown;
    default:
      return builtinNames.has(name) ? lib(`builtins.${name}`) : unknown;
  }
}

/** Binds a name in the scope that the rules of the language choose. */
export function bind(m: Machine, name: string, value: Value): void {
  const own = m.frame.scope;
  let target = own;
  if (own.globals.has(name)) target = m.module;
  else if (own.nonlocals.has(name)) {
    target = own.parent ?? own;
    while (target.parent && (target.kind === 'class' || target.vars.get(name) === undefined))
      target = target.parent;
  }
  const named = routed(m, name, value);
  if (target === own) {
    target.vars.set(name, named);
  } else {
    m.writes++;
    target.vars.set(name, join(target.vars.get(name) ?? [], named));
  }
  remember(m, target, name, named);
}

/** Takes a name away, so that what is behind it shows again. */
export function unbind(m: Machine, name: string): void {
  const scope = m.frame.scope.globals.has(name) ? m.module : m.frame.scope;
  scope.vars.set(name, unbound);
  remember(m, scope, name, unbound);
}

function remember(m: Machine, scope: Scope, name: string, value: Value): void {
  const before = scope.ever.get(name);
  scope.ever.set(name, before === undefined ? value : join(before, value));
  for (const record of m.tries) {
    if (record.scope !== scope) continue;
    record.assigned.set(name, join(record.assigned.get(name) ?? [], value));
  }
}

/** Notes on a library value by which name it goes on. */
function routed(m: Machine, name: string, value: Value): Value {
  if (!value.some(isOfLibrary)) return value;
  return value.map((atom) => (atom.kind === 'lib' ? aliased(m, name, atom) : atom));
}

function aliased(m: Machine, name: string, atom: LibAtom): LibAtom {
  const { route } = atom;
  const last = atom.path.slice(atom.path.lastIndexOf('.') + 1);
  if (m.current === undefined || route?.name === name) return atom;
  if (last === name && (route === undefined || route.how === 'imported')) return atom;
  return passed(atom, name, 'assigned', m.line(m.current));
}

/** Walks alternatives of which any may happen and joins what they leave behind. */
export function branch(m: Machine, arms: readonly (() => void)[]): void {
  const { frame } = m;
  const { scope } = frame;
  const before = scope.vars;
  const results: Bindings[] = [];
  let ending = frame.ending;
  for (const arm of arms) {
    const layer = new Bindings(before);
    scope.vars = layer;
    frame.ending = undefined;
    m.inFork(arm);
    scope.vars = before;
    if (frame.ending === undefined) results.push(layer);
    else ending = frame.ending;
  }
  if (results.length > 0) {
    merge(before, results);
    ending = undefined;
  }
  frame.ending = ending;
}

/** Writes into `before` what any of the layers above it has bound. */
export function merge(before: Bindings, layers: readonly Bindings[]): void {
  const names = new Set<string>();
  for (const layer of layers) if (layer.own.size > 0) for (const name of layer.own.keys()) names.add(name);
  for (const name of names) {
    let all: Value = [];
    for (const layer of layers) all = join(all, layer.get(name) ?? unbound);
    before.set(name, all);
  }
}

/** What is bound above `base`, newest first winning. */
export function flatten(from: Bindings, base: Bindings): Map<string, Value> {
  const flat = new Map<string, Value>();
  for (let layer: Bindings | undefined = from; layer && layer !== base; layer = layer.below)
    for (const [name, value] of layer.own) if (!flat.has(name)) flat.set(name, value);
  return flat;
}

/** Puts a statement aside that this walk does not reach. */
export function skip(m: Machine, node: SyntaxNode): void {
  if (!m.visited.has(node) && m.skipped.length < 50_000) m.skipped.push({ node, frame: m.frame });
}
