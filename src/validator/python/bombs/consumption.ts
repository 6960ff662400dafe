import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';

/** Rounds that take longer than any run may. */
export const hugeRounds = 1_000_000_000;

/** Something is taken to its end: that end must exist and be near enough. */
export function checkConsumed(m: Machine, node: SyntaxNode, size: number | undefined): void {
  if (size === undefined || size < hugeRounds) return;
  if (size === Infinity) m.report('bomb.loop', node, 'Collects something that never ends');
  else m.report('bomb.memory', node, `Collects ${size.toExponential(0)} items`);
}
