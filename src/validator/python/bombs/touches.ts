import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';

/** Whether the place of a name in a loop body is one that binds it. */
export function binds(node: SyntaxNode, m: Machine, body: SyntaxNode): boolean {
  if (node.field === 'left' || node.field === 'name' || node.field === 'alias') return true;
  // Unpacking, deletion and `as` put the name into a list of targets.
  const before = m.parsed.text.slice(Math.max(body.start, node.start - 200), node.start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const after = m.parsed.text.slice(node.end, node.end + 200).split('\n', 1)[0] ?? '';
  return /^\s*(del|for)\b|\bas\s*$/.test(line) || /^[\w\s,.*()[\]]*=(?!=)/.test(after);
}
