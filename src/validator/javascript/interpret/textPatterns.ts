import { Flow, onlyText, text } from '../values.ts';
import type { Value } from '../values.ts';
import { mostLetters } from './fold.ts';
import { inlined } from './inline.ts';
import { ofKind } from './callBack.ts';
import { readyPattern } from './safePattern.ts';
import type { Call, Walk } from './walk.ts';

const mostParts = 64;

/** What a method of a text gives for a regular expression; undefined where it is not known. */
export function patternMethod(walk: Walk, method: string, whole: string, call: Call): Flow | undefined {
  const [pattern] = ofKind(call.args[0], 'pattern');
  if (pattern === undefined || call.args[0]?.items.size !== 1) return undefined;
  switch (method) {
    case 'replace':
    case 'replaceAll':
      return replaced(walk, whole, pattern, call.args[1]);
    case 'split':
      return listed(walk, call, splitBy(walk, whole, pattern));
    case 'match':
      return listed(walk, call, ready(walk, pattern, whole)?.exec(whole));
    default:
      return undefined;
  }
}

/** The parts that `exec` finds, whole match first. */
export function execPattern(
  walk: Walk,
  pattern: Extract<Value, { kind: 'pattern' }>,
  call: Call,
): Flow | undefined {
  const whole = call.args[0] === undefined ? undefined : onlyText(call.args[0]);
  return whole === undefined ? undefined : listed(walk, call, ready(walk, pattern, whole)?.exec(whole));
}

function ready(walk: Walk, pattern: Extract<Value, { kind: 'pattern' }>, whole: string): RegExp | undefined {
  const made = readyPattern(pattern, whole);
  walk.machine.spend(10 + (made?.steps ?? 0) / 100);
  return made?.pattern;
}

function replaced(
  walk: Walk,
  whole: string,
  pattern: Extract<Value, { kind: 'pattern' }>,
  by: Flow | undefined,
): Flow | undefined {
  const expression = ready(walk, pattern, whole);
  if (expression === undefined || by === undefined) return undefined;
  const constant = onlyText(by);
  if (constant !== undefined && whole.length * constant.length > mostLetters) return undefined;
  if (constant !== undefined) return new Flow(text(whole.replace(expression, constant)));
  let known = true;
  let rounds = 0;
  const result = whole.replace(expression, (...parts: unknown[]) => {
    const end = parts.findIndex((part) => typeof part === 'number');
    const groups = parts.slice(0, end).map((part) => new Flow(text(typeof part === 'string' ? part : '')));
    const given = known && rounds++ < mostParts ? inlined(walk, by, groups) : undefined;
    const part = given === undefined ? undefined : onlyText(given);
    known &&= part !== undefined;
    return part ?? '';
  });
  return known ? new Flow(text(result)) : undefined;
}

function splitBy(
  walk: Walk,
  whole: string,
  pattern: Extract<Value, { kind: 'pattern' }>,
): readonly string[] | undefined {
  const expression = ready(walk, pattern, whole);
  return expression === undefined ? undefined : whole.split(expression, mostParts);
}

function listed(
  walk: Walk,
  call: Call,
  parts: readonly (string | undefined)[] | null | undefined,
): Flow | undefined {
  if (parts === undefined || parts === null) return undefined;
  const array = walk.machine.objectAt(call.node, 'parts of a text', true);
  parts
    .slice(0, mostParts)
    .forEach((part, index) => walk.machine.store(array, String(index), new Flow(text(part ?? ''))));
  return new Flow(array);
}
