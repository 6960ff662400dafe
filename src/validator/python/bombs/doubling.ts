import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import type { Value } from '../values/value.ts';

/** Rounds after which doubling has outgrown any memory. */
const rounds = 34;

/** `s = s + s`, `s += s`, `s *= 2` in a long loop: text and lists that double each time. */
export function checkDoubling(
  m: Machine,
  node: SyntaxNode,
  left: SyntaxNode,
  right: SyntaxNode | undefined,
  value: Value,
): void {
  if (m.repeats < rounds || right === undefined || left.type !== 'identifier') return;
  const name = m.text(left);
  const source = m.text(right).replace(/[\s()]/g, '');
  const text = m.text(node).replace(/[\s()]/g, '');
  const grows = value.some((atom) => atom.kind === 'text' || atom.kind === 'bytes' || atom.kind === 'seq');
  const doubles =
    source === `${name}+${name}` ||
    new RegExp(`^(${name}\\*\\d+|\\d+\\*${name})$`).test(source) ||
    text === `${name}+=${name}` ||
    new RegExp(`^${name}\\*=[2-9]\\d*$`).test(text);
  const squares =
    source === `${name}*${name}` ||
    source === `${name}**2` ||
    source === `${name}**${name}` ||
    text === `${name}**=2` ||
    text === `${name}*=${name}`;
  const whole =
    value.some((atom) => atom.kind === 'int') ||
    (squares && value.some((atom) => atom.kind === 'unknown') && integral(m, name));
  if (!(doubles && grows) && !(squares && whole)) return;
  if (!new RegExp(`\\b${name}\\s*(%=|//=|>>=|=[^=\\n]*%)`).test(m.parsed.text))
    m.report('bomb.memory', node, `\`${name}\` doubles in each of ${m.repeats} rounds`);
}

/** `xs.extend(xs)` in a long loop. */
export function checkSelfExtension(m: Machine, node: SyntaxNode): void {
  if (m.repeats >= rounds) m.report('bomb.memory', node, `A list doubles in each of ${m.repeats} rounds`);
}

function integral(m: Machine, name: string): boolean {
  const ever = m.frame.scope.ever.get(name) ?? [];
  return (
    ever.some((atom) => atom.kind === 'int') &&
    ever.every((atom) => atom.kind === 'int' || atom.kind === 'unknown')
  );
}
