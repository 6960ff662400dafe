import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Scope } from '../scopes.ts';
import { declare, declareBlock, declareVars, lookUp, makeScope, nameOf } from '../scopes.ts';
import { Flow, text, textsOf, unknown } from '../values.ts';
import type { FunctionValue, ObjectValue } from '../values.ts';
import { readMember } from './members.ts';
import { propertyNames } from './patterns.ts';
import type { Walk } from './walk.ts';

const mostDecorated = 64;

/** An enum is an object of its members, with their names under their numbers. */
export function walkEnum(walk: Walk, scope: Scope, node: SyntaxNode): void {
  const { machine } = walk;
  const object = machine.objectAt(node, 'enum');
  const inner = scopeAt(walk, scope, node);
  let next: number | undefined = 0;
  for (const member of childOf(node, 'body')?.children ?? []) {
    const value = childOf(member, 'value');
    const given: Flow = value === undefined ? counted(next) : walk.expression(inner, value);
    const [only] = given;
    const number = only?.kind === 'number' && given.items.size === 1 ? only.number : undefined;
    next = number === undefined ? undefined : number + 1;
    for (const name of textsOf(propertyNames(walk, inner, childOf(member, 'name') ?? member))) {
      machine.store(object, name, given);
      machine.join(declare(inner, name), given);
      if (number !== undefined) machine.store(object, String(number), new Flow(text(name)));
    }
  }
  const name = childOf(node, 'name');
  if (name !== undefined) machine.join(declare(scope, nameOf(name, machine.source)), new Flow(object));
}

function counted(number: number | undefined): Flow {
  return number === undefined ? unknown() : new Flow({ kind: 'number', number });
}

/** A namespace is an object of what it exports; `A.B` is one inside another. */
export function walkNamespace(walk: Walk, scope: Scope, node: SyntaxNode): void {
  const { machine } = walk;
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  // A module that is named by a text only has types.
  if (name === undefined || body === undefined || name.type === 'string') return;
  const parts = machine
    .textOf(name)
    .split('.', 20)
    .map((part) => part.trim());
  const [first = ''] = parts;
  const outer = lookUp(scope, first) ?? declare(scope, first);
  let object = machine.objectAt(node, 'namespace 0');
  machine.join(outer, new Flow(object));
  parts.slice(1).forEach((part, index) => {
    const below = machine.objectAt(node, `namespace ${index + 1}`);
    machine.store(object, part, new Flow(below));
    object = below;
  });
  const inner = scopeAt(walk, scope, node);
  if (machine.pass === 0) {
    declareBlock(inner, body, machine.source);
    declareVars(inner, body, machine.source);
  }
  for (const child of body.children) walk.statement(inner, child);
  for (const child of body.children)
    if (child.type === 'export_statement') exportInto(walk, inner, object, { ...body, children: [child] });
}

function exportInto(walk: Walk, scope: Scope, object: ObjectValue, exported: SyntaxNode): void {
  const names = makeScope(undefined, undefined);
  declareBlock(names, exported, walk.machine.source);
  declareVars(names, exported, walk.machine.source);
  for (const name of names.names.keys()) walk.machine.store(object, name, lookUp(scope, name) ?? unknown());
}

/** `import f = A.b.c` */
export function importAlias(walk: Walk, scope: Scope, node: SyntaxNode): void {
  const [name, meant] = node.children;
  if (name === undefined || meant === undefined) return;
  const flow = declare(scope, nameOf(name, walk.machine.source));
  walk.machine.join(flow, qualified(walk, scope, meant));
}

function qualified(walk: Walk, scope: Scope, node: SyntaxNode): Flow {
  const object = childOf(node, 'object');
  const property = childOf(node, 'property');
  if (node.type !== 'nested_identifier' || object === undefined || property === undefined)
    return walk.expression(scope, node);
  const name = nameOf(property, walk.machine.source);
  return readMember(walk.machine, node, qualified(walk, scope, object), new Flow(text(name)));
}

/** A decorator is called with what it stands before; what it gives may take the place of that. */
export function decorate(walk: Walk, scope: Scope, node: SyntaxNode, decorated: Flow): Flow {
  const decorator = walk.expression(scope, node.children[0]);
  const { decorators } = walk.machine;
  if (decorators.size < mostDecorated) decorators.add(node);
  // One decorator of very many things would give each of them for each.
  const known = decorators.has(node) ? decorated : unknown();
  const given = walk.apply(decorator, { node, args: [known, unknown()], spread: false, isNew: false });
  return new Flow(...[...given].filter((value) => value.kind !== 'unknown'));
}

/** `constructor(private x)` also is `this.x = x`. */
export function parameterProperty(walk: Walk, scope: Scope, fn: FunctionValue, parameter: SyntaxNode): void {
  const { machine } = walk;
  const pattern = childOf(parameter, 'pattern');
  if (pattern?.type !== 'identifier') return;
  const before = machine.source.slice(parameter.start, Math.min(pattern.start, parameter.start + 400));
  if (!/\b(public|private|protected|readonly|override)\s+$/.test(before)) return;
  const name = nameOf(pattern, machine.source);
  for (const self of fn.self)
    if (self.kind === 'object') machine.store(self, name, lookUp(scope, name) ?? unknown());
}

function scopeAt(walk: Walk, outer: Scope, node: SyntaxNode): Scope {
  let scope = walk.machine.scopes.get(node);
  if (scope === undefined) {
    scope = makeScope(outer, outer.owner);
    walk.machine.scopes.set(node, scope);
  }
  return scope;
}
