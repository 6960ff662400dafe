import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import { checkDoubling } from '../bombs/doubling.ts';
import { join, joinAll, oneInt } from '../values/join.ts';
import { argsOf, seq, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import type { Machine } from './machine.ts';
import { identifier, unbind } from './scopes.ts';

/** `a = b = value`, `a: T = value` and the bare `a: T`. */
export function assignStatement(m: Machine, node: SyntaxNode): Value {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const type = childOf(node, 'type');
  const value = right ? evaluateRight(m, right) : undefined;
  if (type) {
    const colon = left ? m.parsed.text.slice(left.end, type.start) : '';
    if (colon.includes('\n')) m.report('syntax', node, 'This can be read in two ways');
    const hint = m.parts.evaluate(type);
    if (left?.type === 'identifier' && m.frame.scope === m.module)
      m.hints.set(identifier(m.text(left)), hint);
  }
  if (left && value) {
    checkDoubling(m, node, left, right, value);
    assign(m, left, value);
  } else if (left && left.type !== 'identifier') {
    for (const child of left.children) m.parts.evaluate(child);
  }
  if (type && left?.type === 'identifier' && m.frame.scope.kind === 'class')
    m.fields?.push(identifier(m.text(left)));
  return value ?? unknown;
}

function evaluateRight(m: Machine, right: SyntaxNode): Value {
  return right.type === 'assignment' ? assignStatement(m, right) : m.parts.evaluate(right);
}

/** `a += value`: in place where the object says so, otherwise like the binary operator. */
export function augmentedAssign(m: Machine, node: SyntaxNode): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const operatorNode = childOf(node, 'operator');
  if (!left || !right) return;
  const operator = operatorNode ? m.text(operatorNode).slice(0, -1) : '+';
  const before = m.parts.evaluate(left);
  const added = m.parts.evaluate(right);
  const result: Value[] = [];
  for (const atom of before) {
    if (atom.kind === 'seq' && atom.type === 'list' && operator === '+') {
      m.parts.call(m.parts.attribute([atom], 'extend', node), argsOf(added), node);
      result.push([atom]);
    } else {
      if (atom.kind === 'lib' && operator === '+')
        m.parts.call(m.parts.attribute([atom], 'extend', node), argsOf(added), node);
      result.push(m.parts.binary(`${operator}=`, [atom], added, node));
    }
  }
  const value = before.length === 0 ? unknown : joinAll(result);
  checkDoubling(m, node, left, right, value);
  assign(m, left, value);
}

/** Binds a target of any shape. */
export function assign(m: Machine, target: SyntaxNode, value: Value): void {
  switch (target.type) {
    case 'identifier':
      m.parts.bind(identifier(m.text(target)), value);
      return;
    case 'attribute': {
      const object = childOf(target, 'object');
      const name = childOf(target, 'attribute');
      if (object && name)
        m.parts.setAttribute(m.parts.evaluate(object), identifier(m.text(name)), value, target);
      return;
    }
    case 'subscript': {
      const object = childOf(target, 'value');
      if (!object) return;
      m.parts.setSubscript(m.parts.evaluate(object), subscriptIndex(m, target), value, target);
      return;
    }
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'tuple':
    case 'list':
    case 'expression_list':
      unpack(m, target, value);
      return;
    default:
      if (target.children[0]) assign(m, target.children[0], value);
  }
}

/** The index of a subscript; several make a tuple, as the language does. */
export function subscriptIndex(m: Machine, node: SyntaxNode): Value {
  const parts = node.children.filter((child) => child.field === 'subscript');
  const values = parts.map((part) => m.parts.evaluate(part));
  return values.length === 1 ? (values[0] ?? unknown) : seq('tuple', values);
}

function unpack(m: Machine, target: SyntaxNode, value: Value): void {
  const targets = target.children;
  const items = m.parts.iterate(value, target);
  const star = targets.findIndex(
    (child) => child.type === 'list_splat_pattern' || child.type === 'list_splat',
  );
  const exact = items.exact;
  for (let at = 0; at < targets.length; at++) {
    const child = targets[at];
    if (!child) continue;
    if (exact === undefined) {
      const all = at === star ? seq('list', [], items.any) : items.any;
      assign(m, child, all.length === 0 ? unknown : all);
    } else if (star < 0 || at < star) {
      assign(m, child, exact[at] ?? unknown);
    } else if (at === star) {
      assign(m, child, seq('list', exact.slice(at, exact.length - (targets.length - 1 - star))));
    } else {
      assign(m, child, exact[exact.length - targets.length + at] ?? unknown);
    }
  }
}

/** `del a, b.c, d[0]`. */
export function deleteTargets(m: Machine, target: SyntaxNode): void {
  switch (target.type) {
    case 'identifier':
      unbind(m, identifier(m.text(target)));
      return;
    case 'attribute': {
      const object = childOf(target, 'object');
      const name = childOf(target, 'attribute');
      if (object && name) deleteAttribute(m, m.parts.evaluate(object), identifier(m.text(name)), target);
      return;
    }
    case 'subscript': {
      const object = childOf(target, 'value');
      if (object) deleteItem(m, m.parts.evaluate(object), subscriptIndex(m, target), target);
      return;
    }
    default:
      for (const child of target.children) deleteTargets(m, child);
  }
}

function deleteAttribute(m: Machine, object: Value, name: string, node: SyntaxNode): void {
  for (const atom of object) {
    if (atom.kind === 'lib') m.stored.delete(`${atom.path}.${name}`);
    else if (atom.kind === 'obj' || atom.kind === 'class' || atom.kind === 'func') atom.attrs.delete(name);
  }
  m.parts.attribute(
    object.filter((atom) => atom.kind === 'unknown'),
    name,
    node,
  );
}

function deleteItem(m: Machine, object: Value, index: Value, node: SyntaxNode): void {
  for (const atom of object) {
    if (atom.kind === 'seq' || atom.kind === 'dict') {
      // What is left may be anything that was in it.
      if (atom.kind === 'seq') {
        const at = oneInt(index);
        if (at !== undefined && at >= 0n && at < BigInt(atom.items.length) && atom.rest.length === 0)
          atom.items.splice(Number(at), 1);
        else atom.rest = join(atom.rest, joinAll(atom.items.splice(0)));
      }
    } else if (atom.kind === 'namespace' && 'vars' in atom.of) {
      for (const key of index)
        if (key.kind === 'text' && !key.open && atom.of === m.frame.scope) unbind(m, key.text);
    } else if (atom.kind === 'obj') {
      m.parts.call(m.parts.attribute([atom], '__delitem__', node), argsOf(index), node);
    } else {
      m.parts.subscript([atom], index, node);
    }
  }
}
