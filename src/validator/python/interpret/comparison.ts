import type { SyntaxNode } from '../../parse/tree.ts';
import { join, single } from '../values/join.ts';
import { argsOf, bool } from '../values/make.ts';
import type { Atom, Value } from '../values/value.ts';
import { findMember } from './classes.ts';
import type { Comparison, Machine } from './machine.ts';

const hooks: Readonly<Record<string, string>> = {
  '==': '__eq__',
  '!=': '__ne__',
  '<': '__lt__',
  '>': '__gt__',
  '<=': '__le__',
  '>=': '__ge__',
};
const either: Value = join(bool(true), bool(false));

/** `a < b in c`: certain for constants, and runs the special methods of the program's classes. */
export function compare(m: Machine, node: SyntaxNode): Value {
  const { operands, operators } = partsOf(m, node);
  const values = operands.map((operand) => m.parts.evaluate(operand));
  let all: boolean | undefined = true;
  let special: Value = [];
  for (let at = 1; at < operands.length; at++) {
    const left = values[at - 1];
    const right = values[at];
    const operator = operators[at - 1];
    if (!left || !right || operator === undefined) continue;
    special = join(special, runHooks(m, operator, left, right, node));
    const one = known(operator, single(left), single(right));
    if (one === false) all = false;
    else if (one === undefined && all !== false) all = undefined;
  }
  if (special.length > 0) return join(special, either);
  return all === undefined ? either : bool(all);
}

function partsOf(m: Machine, node: SyntaxNode): Comparison {
  let found = m.comparisons.get(node);
  if (found === undefined) {
    const operands = node.children.filter((child) => child.field !== 'operators');
    const operators = operands.slice(1).map((after, at) =>
      m.parsed.text
        .slice(operands[at]?.end, after.start)
        .replace(/#.*|\\|[()]/g, '')
        .trim()
        .replace(/\s+/g, ' '),
    );
    found = { operands, operators };
    m.comparisons.set(node, found);
  }
  return found;
}

function runHooks(m: Machine, operator: string, left: Value, right: Value, node: SyntaxNode): Value {
  let result: Value = [];
  if (!left.some(isObject) && !right.some(isObject)) return result;
  const hook = hooks[operator];
  const call = (object: Value, name: string, other: Value): void => {
    for (const atom of object) {
      if (atom.kind !== 'obj' || !findMember(atom.cls, name)) continue;
      result = join(result, m.parts.call(m.parts.attribute([atom], name, node), argsOf(other), node));
    }
  };
  if (hook) {
    call(left, hook, right);
    call(right, hook, left);
  } else if (operator.endsWith('in')) {
    call(right, '__contains__', left);
  }
  return result;
}

function isObject(atom: Atom): boolean {
  return atom.kind === 'obj';
}

function known(operator: string, left: Atom | undefined, right: Atom | undefined): boolean | undefined {
  if (!left || !right) return undefined;
  if (operator === 'is' || operator === 'is not') {
    if (left.kind !== 'none' || right.kind !== 'none') return undefined;
    return operator === 'is';
  }
  const a = scalar(left);
  const b = scalar(right);
  if (a === undefined || b === undefined) return undefined;
  if (typeof a === 'string' && typeof b === 'string') {
    if (operator === 'in') return left.kind === right.kind ? b.includes(a) : undefined;
    if (operator === 'not in') return left.kind === right.kind ? !b.includes(a) : undefined;
    if (left.kind !== right.kind) return undefined;
  } else if (typeof a === 'string' || typeof b === 'string') {
    return operator === '==' ? false : operator === '!=' ? true : undefined;
  }
  switch (operator) {
    case '==':
      return same(a, b);
    case '!=':
      return !same(a, b);
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      return undefined;
  }
}

/** 1 and 1.0 are equal in Python; texts only to texts. */
function same(a: string | number | bigint, b: string | number | bigint): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a >= b && a <= b;
}

function scalar(atom: Atom): string | number | bigint | undefined {
  switch (atom.kind) {
    case 'text':
      return atom.open ? undefined : atom.text;
    case 'bytes':
      return atom.text;
    case 'int':
    case 'float':
      return atom.value;
    case 'bool':
      return atom.value ? 1n : 0n;
    default:
      return undefined;
  }
}
