import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Scope } from '../scopes.ts';
import { declare, lookUp, nameOf } from '../scopes.ts';
import { named, via } from '../routes.ts';
import { isShared } from '../sinks.ts';
import { Flow, maybeOther, text, textsOf, unknown } from '../values.ts';
import type { Value } from '../values.ts';
import type { Walk } from './walk.ts';
import { readMember } from './members.ts';

/** Assigns values to whatever stands left of an assignment, in parameters or in a loop. */
export function assign(walk: Walk, scope: Scope, target: SyntaxNode | undefined, values: Flow): void {
  if (target === undefined) return;
  const { machine } = walk;
  switch (target.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern': {
      const name = nameOf(target, machine.source);
      const flow = lookUp(scope, name) ?? declare(machine.top, name);
      machine.join(flow, named(machine, values, name, target));
      return;
    }
    case 'assignment_pattern':
    case 'object_assignment_pattern': {
      const both = new Flow(...values);
      both.addAll(walk.expression(scope, childOf(target, 'right')));
      assign(walk, scope, childOf(target, 'left'), both);
      return;
    }
    case 'object_pattern':
      assignObject(walk, scope, target, values);
      return;
    case 'array_pattern':
      assignArray(walk, scope, target, values);
      return;
    case 'member_expression':
    case 'subscript_expression':
      assignMember(walk, scope, target, values);
      return;
    case 'rest_pattern':
    case 'parenthesized_expression':
    case 'non_null_expression':
    case 'as_expression':
    case 'satisfies_expression':
      assign(walk, scope, target.children[0], values);
      return;
    case 'type_assertion':
      assign(walk, scope, target.children.at(-1), values);
      return;
    default:
      walk.expression(scope, target);
  }
}

function assignObject(walk: Walk, scope: Scope, pattern: SyntaxNode, values: Flow): void {
  for (const part of pattern.children) {
    if (part.type === 'rest_pattern') {
      const object = walk.machine.objectAt(part, 'rest');
      walk.machine.join(object.parents, values);
      assign(walk, scope, part.children[0], new Flow(object));
      continue;
    }
    const key = part.type === 'pair_pattern' ? childOf(part, 'key') : part;
    const names = propertyNames(walk, scope, key);
    const got = readMember(walk.machine, part, values, names);
    assign(walk, scope, part.type === 'pair_pattern' ? childOf(part, 'value') : part, got);
  }
}

/** The names that a key in an object or pattern may stand for. */
export function propertyNames(walk: Walk, scope: Scope, key: SyntaxNode | undefined): Flow {
  if (key === undefined) return unknown();
  switch (key.type) {
    case 'computed_property_name':
      return walk.expression(scope, key.children[0]);
    case 'string':
    case 'number':
      return walk.expression(scope, key);
    case 'object_assignment_pattern':
    case 'assignment_pattern':
      return propertyNames(walk, scope, childOf(key, 'left'));
    default:
      return new Flow(text(nameOf(key, walk.machine.source)));
  }
}

function assignArray(walk: Walk, scope: Scope, pattern: SyntaxNode, values: Flow): void {
  // Gaps leave no node behind, so a place in a pattern with gaps is not known.
  const gaps = /,\s*,|\[\s*,/.test(walk.machine.textOf(pattern));
  pattern.children.forEach((part, index) => {
    if (part.type === 'rest_pattern') {
      const array = walk.machine.objectAt(part, 'rest', true);
      walk.machine.store(array, undefined, elementsOf(walk, values));
      assign(walk, scope, part.children[0], new Flow(array));
    } else if (gaps) {
      assign(walk, scope, part, via(walk.machine, elementsOf(walk, values), 'taken from the list', part));
    } else {
      const given = elementsOf(walk, values, index);
      assign(walk, scope, part, via(walk.machine, given, 'taken from the list', part));
    }
  });
}

/** What iterating gives; with `index`, what stands there. */
export function elementsOf(walk: Walk, values: Flow, index?: number): Flow {
  const result = new Flow();
  for (const value of values) {
    if (value.kind === 'object') {
      const field = index === undefined ? undefined : value.fields.get(String(index));
      if (field !== undefined) {
        result.addAll(field);
        result.addAll(value.rest);
      } else {
        const all = walk.machine.contents(value);
        result.addAll(all);
        if (!value.array) result.addAll(iterated(walk, all));
      }
    } else if (value.kind === 'text' && !value.open && value.text.length <= 64) {
      for (const letter of value.text) result.add(text(letter));
    }
  }
  return result.items.size === 0 ? unknown() : result;
}

/** What an object's own iterator yields, whatever its name is written like. */
function iterated(walk: Walk, members: Flow): Flow {
  const result = new Flow();
  for (const member of members) {
    if (member.kind !== 'function') continue;
    walk.machine.spend(1 + member.returns.items.size);
    for (const given of member.returns) {
      if (given.kind === 'object' && given.array) result.addAll(walk.machine.contents(given));
    }
  }
  return result;
}

function assignMember(walk: Walk, scope: Scope, target: SyntaxNode, values: Flow): void {
  const { machine } = walk;
  const base = walk.expression(scope, childOf(target, 'object'));
  const names =
    target.type === 'member_expression'
      ? new Flow(text(nameOf(childOf(target, 'property') ?? target, machine.source)))
      : walk.expression(scope, childOf(target, 'index'));
  for (const value of base) storeInto(walk, target, value, names, values);
}

/** Stores under a name in a value; changes to what all code shares are told. */
export function storeInto(walk: Walk, node: SyntaxNode, value: Value, names: Flow, values: Flow): void {
  const { machine } = walk;
  if (value.kind === 'ref') {
    // Numbers as names: an array of ours that came back through the library.
    if (isShared(value.path)) {
      machine.report(node, 'prototype.tamper', `This changes ${value.path} for all code`, value.route);
    }
    if (value.path === 'globalThis') {
      for (const name of textsOf(names)) {
        machine.join(declare(machine.top, name), values);
        if (isShared(name)) machine.report(node, 'prototype.tamper', `This changes ${name} for all code`);
      }
    }
    for (const name of textsOf(names)) {
      const sink = machine.sinkOf(`${value.path}.${name}`);
      if (sink !== undefined) machine.report(node, sink.rule, `This ${sink.what}`, value.route);
    }
    return;
  }
  const object = value.kind === 'object' ? value : value.kind === 'function' ? value.statics : undefined;
  if (object === undefined) return;
  for (const name of textsOf(names)) {
    if (name === '__proto__') machine.join(object.parents, values);
    else machine.store(object, name, values);
  }
  if (maybeOther(names)) machine.store(object, undefined, values);
  if (machine.setters.size === 0) return;
  for (const member of readMember(machine, node, new Flow(value), names)) {
    if (member.kind === 'function' && machine.setters.has(member))
      machine.join((member.params[0] ??= new Flow()), values);
  }
}
