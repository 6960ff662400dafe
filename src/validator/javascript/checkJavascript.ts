import type { CheckOptions } from '../options.ts';
import type { Parsed, SyntaxNode } from '../parse/tree.ts';
import type { LoadedCheck, Sighting, WrittenCode } from '../sighting.ts';
import { StepBudget, TooComplex } from '../stepBudget.ts';
import { javascriptHints } from './hints.ts';
import { declareBlock, declareVars } from './scopes.ts';
import { asWritten, withPlainNames } from './sloppyNames.ts';
import { apply } from './interpret/apply.ts';
import { evaluate } from './interpret/expressions.ts';
import { walkFunction } from './interpret/functions.ts';
import { Machine } from './interpret/machine.ts';
import { checkWrittenFiles } from './interpret/writtenFiles.ts';
import { walkStatement } from './interpret/statements.ts';
import type { Walk } from './interpret/walk.ts';

const deepest = 1200;
const mostPasses = 40;

/** The check for JavaScript and TypeScript. */
export const javascriptCheck: LoadedCheck = { check, keep: new Set(['this', 'super', 'true', 'false']) };

function check(parsed: Parsed, options: CheckOptions, written?: WrittenCode): readonly Sighting[] {
  const sightings = checkProgram(parsed, options, new StepBudget(400_000 + 60 * parsed.nodeCount), written);
  const plain = written === undefined ? undefined : withPlainNames(parsed);
  if (plain === undefined) return sightings;
  const again = (['typescript', 'javascript'] as const).flatMap(
    (language) => written?.sightingsIn(language, plain) ?? [],
  );
  const spelled = again
    .filter((one) => one.rule !== 'syntax')
    .map((one) => ({ ...one, message: asWritten(one.message), route: one.route.map(asWritten) }));
  return [...sightings, ...spelled];
}

/** Checks a program with a budget of the caller's, which tells afterwards how much work it was. */
export function checkProgram(
  parsed: Parsed,
  options: CheckOptions,
  budget: StepBudget,
  written?: WrittenCode,
): readonly Sighting[] {
  const whole = { start: 0, end: Math.min(parsed.text.length, 1), route: [] };
  if (parsed.depth > deepest) {
    return [{ ...whole, rule: 'too-complex', message: 'The code is nested too deeply to be checked' }];
  }
  const machine = new Machine(parsed.text, parsed.root, options, budget);
  const walk: Walk = {
    machine,
    expression: (scope, node) => {
      const values = evaluate(walk, scope, node);
      machine.spend(1 + values.items.size);
      return values;
    },
    statement: (scope, node) => walkStatement(walk, scope, node),
    apply: (callee, call, self) => apply(walk, callee, call, self),
  };
  declareBlock(machine.top, parsed.root, parsed.text);
  declareVars(machine.top, parsed.root, parsed.text);
  try {
    settle(walk, parsed);
    if (written !== undefined) checkWrittenFiles(machine, written);
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
    machine.report(parsed.root, 'too-complex', 'Values are handed on too often to be followed');
  }
  return [...machine.finish(), ...odd(parsed)].map((one) => {
    const hint = javascriptHints[one.rule];
    return hint === undefined ? one : { ...one, hint };
  });
}

/** Walks until nothing new is learnt. */
function settle(walk: Walk, parsed: Parsed): void {
  const { machine } = walk;
  for (let pass = 0; pass < mostPasses; pass++) {
    machine.changed = false;
    machine.pass = pass;
    for (const child of parsed.root.children) walkStatement(walk, machine.top, child);
    for (const fn of [...machine.functions.values()]) walkFunction(walk, fn);
    if (!machine.changed) return;
  }
  throw new TooComplex();
}

/** Text that hides from the eye what it does. */
function odd(parsed: Parsed): Sighting[] {
  const found: Sighting[] = [];
  const separator = parsed.text.search(/[\u2028\u2029]/);
  if (separator >= 0) {
    const message = 'A line separator ends the line here although editors may not show it';
    found.push({ rule: 'syntax.bidi', start: separator, end: separator + 1, message, route: [] });
  }
  for (const match of codeOf(parsed).matchAll(/[[\]()!+{}\s]{80,}/g)) {
    if (match[0].replace(/[\s{}()]/g, '').length < 60) continue;
    const message = 'Code written in brackets and signs alone';
    found.push({
      rule: 'code.eval',
      start: match.index,
      end: match.index + match[0].length,
      message,
      route: [],
    });
  }
  return found;
}

/** The text with blanks for whatever only looks like code: texts, patterns and comments. */
function codeOf(parsed: Parsed): string {
  const pieces: string[] = [];
  let at = 0;
  const waiting: SyntaxNode[] = [parsed.root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (/^(string_fragment|escape_sequence|regex_pattern|jsx_text)$/.test(node.type) && node.start >= at) {
      pieces.push(parsed.text.slice(at, node.start), '"'.repeat(node.end - node.start));
      at = node.end;
    }
    for (let index = node.children.length; index > 0; index--) {
      const child = node.children[index - 1];
      if (child !== undefined) waiting.push(child);
    }
  }
  pieces.push(parsed.text.slice(at));
  return pieces.join('').replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, (comment) => '"'.repeat(comment.length));
}
