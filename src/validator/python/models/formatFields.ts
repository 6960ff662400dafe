import type { SyntaxNode } from '../../parse/tree.ts';
import { checkPadding } from '../bombs/allocation.ts';
import { isCallRule, isGuarded } from '../library/library.ts';
import { internalRule } from '../interpret/internals.ts';
import type { Machine } from '../interpret/machine.ts';
import { formatValue } from '../values/format.ts';
import { isHidden } from '../values/join.ts';
import { hidden, int, text, unknown } from '../values/make.ts';
import type { Args, Atom, Value } from '../values/value.ts';
import { checkTemplate } from './unknownTemplates.ts';

const fieldPattern = /\{\{|\}\}|\{([^{}!:]*)(![rsa])?(?::((?:[^{}]|\{[^{}]*\})*))?\}/g;

/** `'{0.name[key]}'.format(…)`: walks the fields as the language would. */
export function formatFields(
  m: Machine,
  self: Extract<Atom, { kind: 'text' | 'bytes' }>,
  args: Args,
  node: SyntaxNode,
): Value {
  if (self.kind === 'text' && self.open) checkTemplate(m, self, args, node);
  let result = '';
  let known = self.kind === 'text' && !self.open;
  let secret = false;
  let last = 0;
  let auto = 0;
  for (const match of self.text.matchAll(fieldPattern)) {
    const before = self.text.slice(last, match.index);
    last = match.index + match[0].length;
    if (known) result += before;
    if (match[0] === '{{' || match[0] === '}}') {
      if (known) result += match[0].charAt(0);
      continue;
    }
    const name = match[1] ?? '';
    const value = field(m, name, args, node, () => auto++);
    const spec = match[3] ?? '';
    const nested = /\{([^{}]*)\}/.exec(spec);
    if (nested)
      checkPadding(
        m,
        node,
        field(m, nested[1] ?? '', args, node, () => auto++),
      );
    else checkPadding(m, node, text(spec));
    if (isHidden(value)) secret = true;
    const [only] = nested ? unknown : formatValue(value, match[2] ?? '', text(spec));
    if (only?.kind === 'text' && value.length === 1) {
      if (known) result += only.text;
      if (only.open) known = false;
    } else known = false;
  }
  if (secret) return hidden;
  if (known) return text(result + self.text.slice(last));
  return result === '' ? unknown : text(result, true);
}

function field(m: Machine, name: string, args: Args, node: SyntaxNode, next: () => number): Value {
  const [head = ''] = /^[^.[]*/.exec(name) ?? [];
  const place = head === '' ? next() : /^\d+$/.test(head) ? Number(head) : undefined;
  let value = (place === undefined ? args.keywords.get(head) : args.positional[place]) ?? unknown;
  for (const step of name.slice(head.length).matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) {
    const [, attribute, index] = step;
    if (attribute !== undefined) {
      const rule = internalRule(attribute);
      const naming = /^[^.[]*\.__class__\.__(qual)?name__$/.test(name);
      if (rule !== undefined || (attribute === '__class__' && !naming) || attribute === '__init__')
        m.report(rule ?? 'internals.dunder', node, `Reads \`${attribute}\` in a format field`);
      const module = value.some((atom) => atom.kind === 'lib' && isGuarded(atom.path));
      value = m.parts.attribute(value, attribute, node);
      if (module || value.some((atom) => atom.kind === 'lib' && isCallRule(atom.path)))
        m.report('internals.dynamic', node, `Reads \`${attribute}\` of a module in a format field`);
    } else if (index !== undefined) {
      value = m.parts.subscript(value, /^\d+$/.test(index) ? int(Number(index)) : text(index), node);
    }
  }
  return value;
}
