import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { oneText } from '../values/join.ts';
import type { Value } from '../values/value.ts';

/** A group of one repeated item, and of others that may be left out, that is itself repeated, with something after it that may fail. */
const nested =
  /\((?:\?:)?(?:\[(?:\\.|[^\]\\])+\]|\\[wWdDsSx.]|[^\\()[\]|*+?{}])[+*](?:(?:\[(?:\\.|[^\]\\])+\]|\\[wWdDsSx.]|[^\\()[\]|*+?{}])[?*])*\)[+*](?![)]*$)|\((?:\?:)?(\w)\|\1\1?\)[+*](?!$)/;
/** Shorter text is tried in all ways before anyone notices. */
const longText = 25;

/** `(a+)+$` over a long text: the matcher tries exponentially many ways. */
export function checkPattern(
  m: Machine,
  pattern: Value | undefined,
  subject: Value | undefined,
  node: SyntaxNode,
): void {
  const spelled = oneText(pattern ?? []);
  const text = oneText(subject ?? []);
  if (spelled === undefined || text === undefined || text.length < longText) return;
  if (nested.test(spelled))
    m.report('bomb.loop', node, `\`${spelled.slice(0, 60)}\` tries exponentially many ways to match`);
}
