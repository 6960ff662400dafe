import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Items, Machine } from '../interpret/machine.ts';
import { truth } from '../values/join.ts';
import { boundElsewhere } from './bindingSites.ts';
import { hugeRounds } from './consumption.ts';
import { constantTruth, head, leaves, mayRaise } from './exits.ts';
import { neverEmpties } from './growth.ts';
import { callsOwn } from './loopState.ts';
import { refills } from './refill.ts';
import { passesExit, runsAway } from './runaway.ts';
import { binds } from './touches.ts';
import { rests, waits } from './waiting.ts';

/** `for` over something endless or absurdly long, with no way out of the body. */
export function checkEndlessFor(m: Machine, node: SyntaxNode, items: Items, body: SyntaxNode): void {
  if (items.size !== Infinity) {
    checkManyRounds(m, node, items.size, body);
    return;
  }
  if (!leaves(m, body))
    m.report('bomb.loop', node, 'Loops over something that never ends', undefined, head(m, node));
}

/** A shorter loop in deep nesting is one over a few known things, of which most calls see none. */
const ownRounds = 100;

/** More rounds, with those of the loops around, than any run has time for. */
export function checkManyRounds(
  m: Machine,
  node: SyntaxNode,
  rounds: number | undefined,
  body: SyntaxNode,
): void {
  if (rounds === undefined || rounds < ownRounds || rounds * m.repeats < hugeRounds || leaves(m, body))
    return;
  const total = (rounds * m.repeats).toExponential(0);
  m.report('bomb.loop', node, `Loops ${total} times`, undefined, head(m, node));
}

/** `for x in xs: xs.append(x)`: every round adds another one. */
export function checkGrowing(m: Machine, node: SyntaxNode, right: SyntaxNode, body: SyntaxNode): void {
  const name = /^(?:(\w+)|\(\s*(\w+)\s*:=.*\))$/s.exec(m.text(right))?.slice(1).find(Boolean);
  if (name === undefined || leaves(m, body)) return;
  for (const statement of body.children) {
    const call = statement.type === 'expression_statement' ? statement.children[0] : undefined;
    const callee = call?.type === 'call' ? childOf(call, 'function') : undefined;
    if (callee && new RegExp(`^${name}\\.(append|extend|insert)$`).test(m.text(callee)))
      m.report(
        'bomb.loop',
        node,
        `\`${name}\` grows in every round of the loop over it`,
        undefined,
        head(m, node),
      );
  }
}

/** `while` whose condition stays true and whose body has no way out. */
export function checkEndlessWhile(
  m: Machine,
  node: SyntaxNode,
  condition: SyntaxNode,
  body: SyntaxNode,
): void {
  checkHugeGoal(m, node, condition);
  const constant = constantTruth(m, condition);
  if (constant === false) return;
  if (constant === undefined && m.stale) return;
  if (constant === undefined && m.tries.length === 0 && refills(m, condition, body)) {
    reportEndless(m, node, body, 'Every round puts in as much as it takes out');
    return;
  }
  if (
    constant === undefined &&
    !stuck(m, condition, body) &&
    !runsAway(m, condition, body) &&
    !neverEmpties(m, condition, body)
  )
    return;
  if (leaves(m, body) && !(constant === true && passesExit(m, body))) return;
  if (m.tries.length > 0 && mayRaise(body)) return;
  reportEndless(m, node, body, 'Loops with no way out');
}

function reportEndless(m: Machine, node: SyntaxNode, body: SyntaxNode, message: string): void {
  if (m.background && waits(m, body)) return;
  const resting = rests(m, body) ? ({ severity: 'info' } as const) : {};
  m.report('bomb.loop', node, message, undefined, { ...head(m, node), ...resting });
}

/** `while len(s) < 10**13`: grows something until it is larger than any memory. */
function checkHugeGoal(m: Machine, node: SyntaxNode, condition: SyntaxNode): void {
  if (condition.type !== 'comparison_operator' || !/\blen\s*\(/.test(m.text(condition))) return;
  for (const operand of condition.children) {
    if (operand.type !== 'integer' && operand.type !== 'binary_operator') continue;
    const [goal] = m.parts.evaluate(operand);
    if (goal?.kind === 'int' && goal.value >= BigInt(hugeRounds))
      m.report('bomb.memory', node, 'Grows something to more than a billion items', undefined, head(m, node));
  }
}

/** Reports a loop whose condition was seen to come back to the same state. */
export function reportStill(m: Machine, node: SyntaxNode, body: SyntaxNode): void {
  if (!m.stale && !leaves(m, body) && m.tries.length === 0)
    reportEndless(m, node, body, 'The condition of the loop is the same after every round');
}

/** A generator whose outermost loop never ends. */
export function neverEnds(m: Machine, body: SyntaxNode): boolean {
  return body.children.some((statement) => {
    if (statement.type !== 'while_statement') return false;
    const condition = childOf(statement, 'condition');
    const inner = childOf(statement, 'body');
    return (
      condition !== undefined &&
      inner !== undefined &&
      constantTruth(m, condition) === true &&
      !leaves(m, inner, true)
    );
  });
}

/** A condition over plain names, certainly true now, that nothing in the body can change. */
function stuck(m: Machine, condition: SyntaxNode, body: SyntaxNode): boolean {
  const names = new Set<string>();
  if (!plainCondition(m, condition, names)) return false;
  if (truth(m.parts.evaluate(condition)) !== true) return false;
  return !touches(m, body, names) && ![...names].some((name) => boundElsewhere(m, name));
}

function plainCondition(m: Machine, node: SyntaxNode, names: Set<string>): boolean {
  switch (node.type) {
    case 'identifier':
      names.add(m.text(node));
      return true;
    case 'integer':
    case 'float':
    case 'string':
    case 'true':
    case 'false':
    case 'none':
    case 'not':
      return true;
    case 'comparison_operator':
    case 'boolean_operator':
    case 'not_operator':
    case 'binary_operator':
    case 'parenthesized_expression':
      return node.children.every(
        (child) => child.field?.startsWith('operator') === true || plainCondition(m, child, names),
      );
    default:
      return node.field?.startsWith('operator') === true;
  }
}

/** Whether a name is bound in the body, or might be by code that is called. */
function touches(m: Machine, body: SyntaxNode, names: ReadonlySet<string>): boolean {
  const open = [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'identifier' && names.has(m.text(node)) && binds(node, m, body)) return true;
    if (node.type === 'global_statement' || node.type === 'nonlocal_statement') return true;
    if (node.type === 'call' && callsOwn(m, node)) return true;
    open.push(...node.children);
  }
  return false;
}
