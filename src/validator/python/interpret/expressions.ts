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
import { branch, identifier, lookup } from './scopes.ts';
import { concatenated, stringLiteral } from './strings.ts';

type Evaluator = (m: Machine, node: SyntaxNode) => Value;

/** How each kind of expression gets its value; of the others, only what is in them is walked. */
const evaluators = new Map<string, Evaluator>([
  ['identifier', (m, node) => lookup(m, identifier(m.text(node)), node)],
  ['attribute', attribute],
  ['call', callExpression],
  ['string', stringLiteral],
  ['concatenated_string', concatenated],
  ['integer', (m, node) => integer(m.text(node))],
  ['float', (m, node) => floatLiteral(m.text(node))],
  ['true', () => bool(true)],
  ['false', () => bool(false)],
  ['none', () => none],
  ['ellipsis', () => inst('builtins.ellipsis')],
  ['parenthesized_expression', last],
  ['type', last],
  ['tuple', (m, node) => collection(m, node, 'tuple')],
  ['expression_list', (m, node) => collection(m, node, 'tuple')],
  ['list', (m, node) => collection(m, node, 'list')],
  ['set', (m, node) => collection(m, node, 'set')],
  ['dictionary', dictionary],
  ['binary_operator', binaryChain],
  ['boolean_operator', boolean],
  ['not_operator', not],
  ['unary_operator', unary],
  ['comparison_operator', compare],
  ['conditional_expression', conditional],
  ['named_expression', named],
  ['lambda', (m, node) => [defineFunction(m, node)]],
  ['subscript', subscripted],
  ['slice', slice],
  ['list_comprehension', comprehension],
  ['set_comprehension', comprehension],
  ['dictionary_comprehension', comprehension],
  ['generator_expression', comprehension],
  ['await', (m, node) => awaited(m, last(m, node), node)],
  ['yield', yielded],
  ['list_splat', splat],
  ['dictionary_splat', splat],
  ['parenthesized_list_splat', splat],
  ['argument_list', looseArguments],
]);

/** The value of an expression. Everything in it is walked, whatever its value is. */
export function evaluate(m: Machine, node: SyntaxNode): Value {
  m.steps++;
  const evaluator = evaluators.get(node.type);
  if (evaluator !== undefined) return evaluator(m, node);
  last(m, node);
  return unknown;
}

function floatLiteral(spelled: string): Value {
  return /[jJ]$/.test(spelled) ? unknown : float(Number(spelled.replaceAll('_', '')));
}

function not(m: Machine, node: SyntaxNode): Value {
  const known = truth(last(m, node));
  return known === undefined ? join(bool(true), bool(false)) : bool(!known);
}

function named(m: Machine, node: SyntaxNode): Value {
  const name = childOf(node, 'name');
  const value = childOf(node, 'value');
  const result = value ? m.parts.evaluate(value) : unknown;
  if (name) m.parts.bind(identifier(m.text(name)), result);
  return result;
}

function subscripted(m: Machine, node: SyntaxNode): Value {
  const object = childOf(node, 'value');
  const value = object ? m.parts.evaluate(object) : unknown;
  return m.parts.subscript(value, subscriptIndex(m, node), node);
}

function splat(m: Machine, node: SyntaxNode): Value {
  return m.parts.iterate(last(m, node), node).any;
}

function looseArguments(m: Machine, node: SyntaxNode): Value {
  evaluateArguments(m, node);
  return unknown;
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
  let left = childOf(at, 'left');
  while (left?.type === 'binary_operator') {
    chain.push(at);
    at = left;
    left = childOf(at, 'left');
  }
  let value = left ? m.parts.evaluate(left) : unknown;
  for (let link: SyntaxNode | undefined = at; link !== undefined; link = chain.pop()) {
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
