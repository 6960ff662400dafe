import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf, childrenOf } from '../../parse/tree.ts';
import type { Scope } from '../scopes.ts';
import { declare, declareBlock, declarePattern, declareVars, makeScope, nameOf } from '../scopes.ts';
import { Flow, unknown } from '../values.ts';
import type { FunctionValue } from '../values.ts';
import { assign, propertyNames } from './patterns.ts';
import { checkRecursion } from './recursion.ts';
import { decorate, parameterProperty } from './typescript.ts';
import type { Walk } from './walk.ts';

/** The function or class that stands at a node, made on the first visit. */
export function functionAt(walk: Walk, scope: Scope, node: SyntaxNode): FunctionValue {
  const { machine } = walk;
  let made = machine.functions.get(node);
  if (made === undefined) {
    made = {
      kind: 'function',
      id: machine.functions.size,
      node,
      params: [],
      returns: new Flow(),
      self: new Flow(),
      statics: machine.objectAt(node, 'statics'),
      instance: machine.objectAt(node, 'instance'),
    };
    machine.functions.set(node, made);
    machine.homes.set(made, scope);
    machine.changed = true;
  }
  return made;
}

function parametersOf(node: SyntaxNode): readonly SyntaxNode[] {
  const single = childOf(node, 'parameter');
  if (single !== undefined) return [single];
  return childOf(node, 'parameters')?.children ?? [];
}

/** Walks the body of a function with whatever its parameters may be by now. */
export function walkFunction(walk: Walk, fn: FunctionValue): void {
  const { machine } = walk;
  const { node } = fn;
  if (node.type.includes('class')) return;
  let scope = machine.scopes.get(node);
  if (scope === undefined) {
    scope = makeScope(machine.homes.get(fn), fn);
    machine.scopes.set(node, scope);
    const name = childOf(node, 'name');
    if (name?.type === 'identifier') declare(scope, nameOf(name, machine.source)).add(fn);
    for (const part of parametersOf(node))
      declarePattern(scope, childOf(part, 'pattern') ?? part, machine.source);
    declareVars(scope, node, machine.source);
  }
  parametersOf(node).forEach((part, index) => {
    const pattern = childOf(part, 'pattern') ?? part;
    const given = new Flow(...(fn.params[index] ?? []));
    const value = childOf(part, 'value');
    if (value !== undefined && pattern !== part) given.addAll(walk.expression(scope, value));
    if (pattern.type === 'rest_pattern') {
      const array = machine.objectAt(pattern, 'rest', true);
      fn.params.slice(index).forEach((flow, at) => machine.store(array, String(at), flow));
      assign(walk, scope, pattern.children[0], new Flow(array));
    } else {
      assign(walk, scope, pattern, given.items.size === 0 ? unknown() : given);
    }
    if (part !== pattern) parameterProperty(walk, scope, fn, part);
    for (const one of childrenOf(part, 'decorator')) decorate(walk, scope, one, unknown());
  });
  const body = childOf(node, 'body');
  if (body === undefined) return;
  if (body.type === 'statement_block') {
    declareBlock(scope, body, machine.source);
    for (const child of body.children) walk.statement(scope, child);
  } else machine.join(fn.returns, walk.expression(scope, body));
  checkRecursion(walk, scope, fn);
}

/** Evaluates a class: heritage, fields, methods, static blocks and decorators. */
export function walkClass(walk: Walk, outer: Scope, node: SyntaxNode): FunctionValue {
  const { machine } = walk;
  const made = functionAt(walk, outer, node);
  const body = childOf(node, 'body');
  for (const part of node.children) {
    if (part.type === 'class_heritage') heritage(walk, outer, part, made);
    else if (part.type === 'decorator') decorate(walk, outer, part, new Flow(made));
  }
  let scope = machine.scopes.get(node);
  if (scope === undefined) {
    scope = makeScope(outer, outer.owner);
    machine.scopes.set(node, scope);
    const name = childOf(node, 'name');
    if (name !== undefined) declare(scope, nameOf(name, machine.source)).add(made);
  }
  let decorators: SyntaxNode[] = [];
  for (const member of body?.children ?? []) {
    if (member.type === 'decorator') {
      decorators.push(member);
      continue;
    }
    if (member.type === 'class_static_block') {
      const block = childOf(member, 'body');
      if (block !== undefined) walk.statement(scope, block);
    } else classMember(walk, scope, made, member, decorators);
    decorators = [];
  }
  return made;
}

function heritage(walk: Walk, scope: Scope, part: SyntaxNode, made: FunctionValue): void {
  for (const clause of part.children) {
    if (clause.type === 'implements_clause') continue;
    const parent = walk.expression(
      scope,
      clause.type === 'extends_clause' ? childOf(clause, 'value') : clause,
    );
    for (const value of parent) {
      if (value.kind === 'function') {
        walk.machine.join(made.instance.parents, new Flow(value.instance));
        walk.machine.join(made.statics.parents, new Flow(value.statics));
      } else if (value.kind === 'ref') {
        const sink = walk.machine.sinkOf(value.path);
        if (sink !== undefined) walk.machine.report(clause, sink.rule, `This ${sink.what}`, value.route);
      }
    }
  }
}

function classMember(
  walk: Walk,
  scope: Scope,
  made: FunctionValue,
  member: SyntaxNode,
  before: readonly SyntaxNode[],
): void {
  const { machine } = walk;
  const names = propertyNames(walk, scope, childOf(member, 'name') ?? childOf(member, 'property'));
  const text = machine.source.slice(member.start, Math.min(member.end, member.start + 80));
  const isStatic = /^(?:\w+\s+)*?static\b/.test(text);
  const holder = isStatic ? made.statics : made.instance;
  const self = new Flow(isStatic ? made : made.instance);
  let values: Flow;
  if (member.type === 'method_definition') {
    const method = functionAt(walk, scope, member);
    machine.join(method.self, self);
    if (/^(?:\w+\s+)*?set\b/.test(text)) machine.setters.add(method);
    values = /^(?:\w+\s+)*?get\b/.test(text) ? new Flow(method, ...method.returns) : new Flow(method);
  } else {
    const value = childOf(member, 'value');
    values = value === undefined ? unknown() : walk.expression(scope, value);
    if (value === undefined && before.length + childrenOf(member, 'decorator').length === 0) return;
  }
  const replaced = [...before, ...childrenOf(member, 'decorator')].map((one) =>
    decorate(walk, scope, one, values),
  );
  if (replaced.length > 0) values = new Flow(...values, ...replaced.flatMap((given) => [...given]));
  for (const name of names) machine.store(holder, name.kind === 'text' ? name.text : undefined, values);
}
