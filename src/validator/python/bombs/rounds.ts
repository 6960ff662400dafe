import type { SyntaxNode } from '../../parse/tree.ts';
import { identifier } from '../interpret/scopes.ts';
import type { Machine } from '../interpret/machine.ts';
import { oneInt } from '../values/join.ts';

/** Rounds of `while i < bound: …; i += step`, where nothing else in the body binds the counter. */
export function roundsOf(m: Machine, condition: SyntaxNode, body: SyntaxNode): number | undefined {
  if (condition.type !== 'comparison_operator' || condition.children.length !== 3) return undefined;
  const [counter, sign, bound] = condition.children;
  if (counter?.type !== 'identifier' || !sign || !bound || !/^<=?$/.test(m.text(sign))) return undefined;
  const name = m.text(counter);
  const start = oneInt(m.parts.lookup(identifier(name), counter));
  const goal = oneInt(m.parts.evaluate(bound));
  const steps = body.children
    .map((statement) =>
      new RegExp(`^${name}\\s*(?:\\+=|=\\s*${name}\\s*\\+)\\s*(\\d{1,15})$`).exec(m.text(statement)),
    )
    .filter((match) => match !== null);
  const [step] = steps;
  if (start === undefined || goal === undefined || step === undefined || steps.length > 1) return undefined;
  const by = BigInt(step[1] ?? 0);
  return by > 0n && goal > start ? Number((goal - start + by - 1n) / by) : undefined;
}
