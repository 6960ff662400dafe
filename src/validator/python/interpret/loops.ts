import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf, childOfType } from '../../parse/tree.ts';
import {
  checkEndlessFor,
  checkEndlessWhile,
  checkGrowing,
  checkManyRounds,
  reportStill,
} from '../bombs/loops.ts';
import { roundsOf } from '../bombs/rounds.ts';
import { loopNames, loopState } from '../bombs/loopState.ts';
import { join, joinAll, truth } from '../values/join.ts';
import { unknown } from '../values/make.ts';
import { Bindings } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import type { Items, Loop, Machine } from './machine.ts';
import { branch, merge, skip } from './scopes.ts';

const maxExact = 128;
/** Rounds of a while loop that are followed one by one. */
const maxRounds = 300;

/** `for target in iterable`: round by round where the items are known, otherwise any round. */
export function forStatement(m: Machine, node: SyntaxNode): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const body = childOf(node, 'body');
  if (!left || !right || !body) return;
  const source = m.parts.evaluate(right);
  const items = m.parts.iterate(source, right);
  checkEndlessFor(m, node, items, body);
  checkGrowing(m, node, right, body);
  withRepeats(m, items.size, () => {
    const exact = items.exact;
    if (exact && exact.length <= maxExact && !m.tired && followable(m, exact.length))
      exactFor(m, left, body, exact);
    else anyRounds(m, body, () => m.parts.assign(left, items.any.length === 0 ? unknown : items.any));
  });
  elseClause(m, node);
}

/** Following every round of nested loops must not eat the budget of the whole program. */
function followable(m: Machine, rounds: number): boolean {
  return m.repeats * rounds <= 4096;
}

function exactFor(m: Machine, left: SyntaxNode, body: SyntaxNode, exact: readonly Value[]): void {
  const { frame } = m;
  const loop: Loop = { base: frame.scope.vars, leaks: [] };
  if (exact.length === 0) skip(m, body);
  frame.loops.push(loop);
  let round = 0;
  for (const item of exact) {
    // After a break that may have happened, the rounds left over are only possible ones.
    if (loop.leaks.length > 0 && round > 8) break;
    round++;
    m.parts.assign(left, item);
    walkRound(m, loop, body);
    if (frame.ending !== undefined || m.tired) break;
  }
  frame.loops.pop();
  const ended = frame.ending !== undefined;
  leave(m, loop);
  if (round < exact.length && !ended)
    anyRounds(m, body, () => m.parts.assign(left, joinAll(exact.slice(round))));
}

/** One round. A `continue` that is certain leaks nothing: the bindings are those of the next round. */
function walkRound(m: Machine, loop: Loop, body: SyntaxNode): void {
  const before = loop.leaks.length;
  m.visited.add(body);
  m.parts.execute(body);
  if (m.frame.ending !== 'continue') return;
  m.frame.ending = undefined;
  if (loop.leaks.length === before + 1) loop.leaks.pop();
}

/** Any number of rounds, none included: two walks reach what one round hands to the next. */
export function anyRounds(m: Machine, body: SyntaxNode, bindTarget: () => void): void {
  const { frame } = m;
  const { scope } = frame;
  const before = scope.vars;
  const loop: Loop = { base: before, leaks: [] };
  frame.loops.push(loop);
  for (let round = 0; round < (m.tired ? 1 : 2); round++) {
    const layer = new Bindings(before);
    scope.vars = layer;
    m.inFork(() => {
      bindTarget();
      m.visited.add(body);
      m.parts.execute(body);
    });
    scope.vars = before;
    frame.ending = undefined;
    merge(before, [layer, new Bindings(before)]);
    spill(loop, before);
  }
  frame.loops.pop();
}

/** After the loop: a certain break ends only the loop, and uncertain ones may have been taken. */
function leave(m: Machine, loop: Loop): void {
  if (m.frame.ending === 'break') m.frame.ending = undefined;
  spill(loop, m.frame.scope.vars);
}

function spill(loop: Loop, into: Bindings): void {
  for (const leak of loop.leaks.splice(0)) {
    for (const [name, value] of leak) {
      const now = into.get(name);
      into.set(name, now === undefined ? value : join(now, value));
    }
  }
}

/** `while condition`: round by round while the condition is certain, otherwise any round. */
export function whileStatement(m: Machine, node: SyntaxNode): void {
  const condition = childOf(node, 'condition');
  const body = childOf(node, 'body');
  if (!condition || !body) return;
  checkEndlessWhile(m, node, condition, body);
  const rounds = roundsOf(m, condition, body);
  checkManyRounds(m, node, rounds, body);
  if (!exactWhile(m, node, condition, body)) {
    withRepeats(m, rounds, () =>
      anyRounds(m, body, () => {
        m.parts.evaluate(condition);
      }),
    );
  }
  elseClause(m, node);
}

/** True when the loop was followed to its end. */
function exactWhile(m: Machine, node: SyntaxNode, condition: SyntaxNode, body: SyntaxNode): boolean {
  const seen = new Set<string>();
  const names = loopNames(m, condition, body);
  const { frame } = m;
  const loop: Loop = { base: frame.scope.vars, leaks: [] };
  let finished = false;
  for (let round = 0; round < maxRounds && !m.tired; round++) {
    const known = truth(m.parts.evaluate(condition));
    if (known === undefined) break;
    if (!known) {
      finished = true;
      if (round === 0) skip(m, body);
      break;
    }
    if (loop.leaks.length > 0 || frame.yields.length > 64) break;
    const state = names && loopState(m, names, condition);
    if (state !== undefined && seen.has(state)) {
      reportStill(m, node, body);
      break;
    }
    if (state !== undefined) seen.add(state);
    frame.loops.push(loop);
    walkRound(m, loop, body);
    frame.loops.pop();
    if (frame.ending !== undefined) {
      finished = true;
      break;
    }
  }
  leave(m, loop);
  return finished;
}

function elseClause(m: Machine, node: SyntaxNode): void {
  const clause = childOf(node, 'alternative') ?? childOfType(node, 'else_clause');
  const body = clause && childOf(clause, 'body');
  if (!body) return;
  if (m.frame.ending !== undefined) {
    skip(m, body);
    return;
  }
  branch(m, [
    () => {
      m.visited.add(body);
      m.parts.execute(body);
    },
    () => undefined,
  ]);
}

/** Walks a loop with the number of its rounds noted, for rules that count what is done in all. */
export function withRepeats(m: Machine, size: Items['size'], walk: () => void): void {
  const before = m.repeats;
  m.repeats = Math.min(before * Math.max(1, size ?? 1), Number.MAX_SAFE_INTEGER);
  try {
    walk();
  } finally {
    m.repeats = before;
  }
}
