import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import { join, joinAll, truth } from '../values/join.ts';
import { bool, float, heap, inst, none, nothing, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import { evaluateArguments } from './arguments.ts';
import { subscriptIndex } from './assignment.ts';
import { awaited } from './awaiting.ts';
import { callExpression } from './callExpression.ts';
import { compare } from './comparison.ts';
import { comprehension } from './comprehension.ts';
import { collection, dictionary, integer, slice } from './displays.ts';
import { defineFunction } from './functions.ts';
import type { Machine } from './machine.ts';
import { branch, identifier } from './scopes.ts';
import { concatenated, stringLiteral } from './strings.ts';

/** The value of an expression. Everything in it is walked, whatever its value is. */
export function evaluate(m: Machine, node: SyntaxNode): Value {
  m.steps++;
  const { parts } = m;
  switch (node.type) {
    case 'identifier':
      return parts.lookup(identifier(m.text(node)), node);
    case 'attribute':
      return attribute(m, node);
    case 'call':
      return callExpression(m, node);
    case 'string':
      return stringLiteral(m, node);
    case 'concatenated_string':
      return concatenated(m, node);
    case 'integer':
      return integer(m.text(node));
    case 'float':
      return /[jJ]$/.test(m.text(node)) ? unknown : float(Number(m.text(node).replaceAll('_', '')));
    case 'true':
      return bool(true);
    case 'false':
      return bool(false);
    case 'none':
      return none;
    case 'ellipsis':
      return inst('builtins.ellipsis');
    case 'parenthesized_expression':
    case 'type':
      return last(m, node);
    case 'tuple':
    case 'expression_list':
      return collection(m, node, 'tuple');
    case 'list':
      return collection(m, node, 'list');
    case 'set':
      return collection(m, node, 'set');
    case 'dictionary':
      return dictionary(m, node);
    case 'binary_operator':
      return binaryChain(m, node);
    case 'boolean_operator':
      return boolean(m, node);
    case 'not_operator': {
      const known = truth(last(m, node));
      return known === undefined ? join(bool(true), bool(false)) : bool(!known);
    }
    case 'unary_operator':
      return unary(m, node);
    case 'comparison_operator':
      return compare(m, node);
    case 'conditional_expression':
      return conditional(m, node);
    case 'named_expression': {
      const name = childOf(node, 'name');
      const value = childOf(node, 'value');
      const result = value ? parts.evaluate(value) : unknown;
      if (name) parts.bind(identifier(m.text(name)), result);
      return result;
    }
    case 'lambda':
      return [defineFunction(m, node)];
    case 'subscript': {
      const object = childOf(node, 'value');
      const value = object ? parts.evaluate(object) : unknown;
      return parts.subscript(value, subscriptIndex(m, node), node);
    }
    case 'slice':
      return slice(m, node);
    case 'list_comprehension':
    case 'set_comprehension':
    case 'dictionary_comprehension':
    case 'generator_expression':
      return comprehension(m, node);
    case 'await':
      return awaited(last(m, node));
    case 'yield':
      return yielded(m, node);
    case 'list_splat':
    case 'dictionary_splat':
    case 'parenthesized_list_splat':
      return parts.iterate(last(m, node), node).any;
    case 'argument_list':
      evaluateArguments(m, node);
      return unknown;
    default:
      last(m, node);
      return unknown;
  }
}

/** Walks the children; the value is the last one's. */
function last(m: Machine, node: SyntaxNode): Value {
  let value: Value = unknown;
  for (const child of node.children) value = m.parts.evaluate(child);
  return value;
}

function attribute(m: Machine, node: SyntaxNode): Value {
  const object = childOf(node, 'object');
  const name = childOf(node, 'attribute');
  if (!object || !name) return unknown;
  return m.parts.attribute(m.parts.evaluate(object), identifier(m.text(name)), node);
}

/** Operators that lean left are walked without recursion: generated sums are long. */
function binaryChain(m: Machine, node: SyntaxNode): Value {
  const chain: SyntaxNode[] = [];
  let at: SyntaxNode = node;
  for (;;) {
    chain.push(at);
    const left = childOf(at, 'left');
    if (left?.type !== 'binary_operator') break;
    at = left;
  }
  const first = childOf(at, 'left');
  let value = first ? m.parts.evaluate(first) : unknown;
  for (const link of chain.reverse()) {
    const right = childOf(link, 'right');
    const operator = childOf(link, 'operator');
    value = m.parts.binary(
      operator ? m.text(operator) : '',
      value,
      right ? m.parts.evaluate(right) : unknown,
      link,
    );
  }
  return value;
}

function boolean(m: Machine, node: SyntaxNode): Value {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const operator = childOf(node, 'operator');
  if (!left || !right) return unknown;
  const first = m.parts.evaluate(left);
  const known = truth(first);
  const and = operator !== undefined && m.text(operator) === 'and';
  let second: Value = nothing;
  if (known === undefined)
    branch(m, [
      () => {
        second = m.parts.evaluate(right);
      },
      () => undefined,
    ]);
  else second = m.parts.evaluate(right);
  if (known === undefined) return join(first, second);
  return known === and ? second : first;
}

function unary(m: Machine, node: SyntaxNode): Value {
  const operator = childOf(node, 'operator');
  const argument = childOf(node, 'argument');
  const value = argument ? m.parts.evaluate(argument) : last(m, node);
  const sign = operator ? m.text(operator) : m.text(node).charAt(0);
  return m.parts.binary(`unary${sign}`, value, nothing, node);
}

function conditional(m: Machine, node: SyntaxNode): Value {
  const [then, condition, otherwise] = node.children;
  if (!then || !condition || !otherwise) return last(m, node);
  const known = truth(m.parts.evaluate(condition));
  const results: Value[] = [];
  const walk = (arm: SyntaxNode, taken: boolean) => () => {
    const value = m.parts.evaluate(arm);
    if (taken) results.push(value);
  };
  branch(m, [walk(then, known !== false), walk(otherwise, known !== true)]);
  return joinAll(results);
}

function yielded(m: Machine, node: SyntaxNode): Value {
  const { frame } = m;
  const [child] = node.children.filter((inner) => inner.type !== 'from');
  const value = child ? m.parts.evaluate(child) : none;
  const from = node.children.some((inner) => inner.type === 'from');
  if (from) {
    const items = m.parts.iterate(value, node);
    if (items.exact) frame.yields.push(...items.exact.slice(0, 256));
    else {
      frame.exactYields = false;
      frame.yielded = join(frame.yielded, items.any);
    }
    return joinAll(value.map((atom) => (atom.kind === 'iter' ? atom.result : unknown)));
  }
  if (frame.yields.length < 256) frame.yields.push(value);
  else {
    frame.exactYields = false;
    frame.yielded = join(frame.yielded, value);
  }
  if (heap.fork !== frame.fork) frame.exactYields = false;
  // What send() hands in is not known, and where nothing is sent it is None.
  return unknown;
}
