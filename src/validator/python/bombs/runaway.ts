import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { oneInt, truth } from '../values/join.ts';
import { boundElsewhere } from './bindingSites.ts';
import { leaves } from './exits.ts';
import { binds } from './touches.ts';
import { callsOwn } from './loopState.ts';

/** A comparison of a name with a number under which a loop goes on. */
interface Goal {
  readonly name: string;
  readonly sign: string;
  readonly bound: bigint;
}

const opposite: Readonly<Record<string, string>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '==': '!=',
};

/** `while x > 0: x += 1`: the only name in the condition moves away from its end, or past it. */
export function runsAway(m: Machine, condition: SyntaxNode, body: SyntaxNode): boolean {
  const goal = goalOf(m.text(condition));
  return (
    goal !== undefined && truth(m.parts.evaluate(condition)) === true && misses(m, goal, condition, body)
  );
}

/** `while True: i += 1; if i < 0: break`: the one way out is at a number that the counter never reaches. */
export function passesExit(m: Machine, body: SyntaxNode): boolean {
  const ways = body.children.filter((statement) => leaves(m, statement));
  const [way] = ways;
  if (ways.length !== 1 || way?.type !== 'if_statement' || childOf(way, 'alternative')) return false;
  const condition = childOf(way, 'condition');
  const spelled = condition && /^(\w+)\s*(<=?|>=?|==)\s*(-?\d+)$/.exec(m.text(condition));
  const sign = opposite[spelled?.[2] ?? ''];
  if (!condition || !spelled || sign === undefined) return false;
  const goal = { name: spelled[1] ?? '', sign, bound: BigInt(spelled[3] ?? 0) };
  const start = oneInt(m.parts.lookup(goal.name, condition));
  if (start === undefined || m.stale || boundElsewhere(m, goal.name)) return false;
  return holds(start, goal) && misses(m, goal, condition, body);
}

function goalOf(condition: string): Goal | undefined {
  const bare = condition.replace(/^\((.*)\)$/s, '$1').replace(/^not\s+(\w+)\s*==\s*(-?\d+)$/, '$1 != $2');
  const [, name, sign, bound] = /^(\w+)\s*(<=?|>=?|!=)\s*(-?\d+)$/.exec(bare) ?? [];
  return name === undefined || sign === undefined ? undefined : { name, sign, bound: BigInt(bound ?? 0) };
}

function holds(value: bigint, { sign, bound }: Goal): boolean {
  switch (sign) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    default:
      return value !== bound;
  }
}

/** Whether the statements that move the name never bring it to where the comparison fails. */
function misses(m: Machine, goal: Goal, at: SyntaxNode, body: SyntaxNode): boolean {
  const { name, sign, bound } = goal;
  const step = (mark: string): RegExp =>
    new RegExp(`^${name}\\s*(?:\\${mark}=\\s*(\\d+)|=\\s*${name}\\s*\\${mark}\\s*(\\d+))$`);
  const [up, down] = [step('+'), step('-')];
  const start = oneInt(m.parts.lookup(name, at));
  const above = start !== undefined && start > bound;
  const away = sign.startsWith('>') || (sign === '!=' && above) ? up : down;
  // Only what is to be hit exactly can be jumped over.
  const across = sign === '!=' && start !== undefined ? (away === up ? down : up) : undefined;
  let moves = 0;
  let crossing = 0;
  const open = [...body.children];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const text = m.text(node);
    if (node.type === 'expression_statement') {
      if (away.test(text)) {
        moves++;
        continue;
      }
      const stride = across?.exec(text);
      const by = BigInt(stride?.[1] ?? stride?.[2] ?? 0);
      if (start !== undefined && by > 0n && (start - bound) % by !== 0n) {
        crossing++;
        continue;
      }
    }
    if (node.type === 'call' && callsOwn(m, node)) return false;
    if (node.type === 'identifier' && text === name && binds(node, m, body)) return false;
    open.push(...node.children);
  }
  return crossing === 0 ? moves > 0 : crossing === 1 && moves === 0;
}
