import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { isGuarded } from '../library/library.ts';
import { isHidden } from '../values/join.ts';
import type { Args, Atom } from '../values/value.ts';

/**
 * `template.format(function)`: a template that was put together out of sight, or typed in, may read the
 * attributes of what it is given. Other objects have a method `format` that takes functions.
 */
export function checkTemplate(m: Machine, template: Atom, args: Args, node: SyntaxNode): void {
  const reads =
    isHidden([template]) ||
    (template.kind === 'text' && template.open && (template.text === '' || template.text.includes('.__')));
  const exposed = (given: Atom): boolean =>
    given.kind === 'lib'
      ? reads || isGuarded(given.path)
      : reads && (given.kind === 'func' || given.kind === 'class');
  for (const value of [...args.positional, ...args.keywords.values()])
    if (value.some(exposed))
      m.report('internals.dynamic', node, 'Lets an unknown template read attributes of a function or class');
}
