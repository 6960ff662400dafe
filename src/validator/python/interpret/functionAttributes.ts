import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import { joinAll } from '../values/join.ts';
import { dictAtom, lib, method, namespace, seq, text, unknown } from '../values/make.ts';
import type { FuncAtom, Value } from '../values/value.ts';
import { internalRule } from './internals.ts';
import type { Machine } from './machine.ts';

export function functionAttribute(m: Machine, atom: FuncAtom, name: string, node: SyntaxNode): Value {
  const own = atom.attrs.get(name);
  if (own) return own;
  switch (name) {
    case '__name__':
    case '__qualname__':
      return text(atom.code.name);
    case '__defaults__':
      return seq('tuple', [...atom.defaults.values()]);
    case '__kwdefaults__':
      return [{ ...dictAtom(), rest: joinAll(atom.defaults.values()), restKeys: unknown }];
    case '__self__':
      return atom.self ? [atom.self] : unknown;
    case '__func__':
      return [{ ...atom, self: undefined }];
    case '__call__':
    case '__wrapped__':
      return [atom];
    case '__class__':
      return lib('types.FunctionType');
    case '__doc__':
      return docstring(m, atom);
    case '__dict__':
      return namespace(atom);
    case '__globals__':
      m.report('internals.dunder', node, `Reads the globals of \`${atom.code.name}\``);
      return namespace(m.module);
    case '__get__':
      return [method(atom, name)];
    default: {
      const rule = internalRule(name);
      if (rule !== undefined) m.report(rule, node, `Reads \`${name}\` of \`${atom.code.name}\``);
      return name === '__annotations__' ? unknown : [method(atom, name)];
    }
  }
}

/** The text that stands first in the body. */
function docstring(m: Machine, atom: FuncAtom): Value {
  const [statement] = childOf(atom.code.node, 'body')?.children ?? [];
  const [spelled] = statement?.type === 'expression_statement' ? statement.children : [];
  return spelled?.type === 'string' ? m.parts.evaluate(spelled) : text('', true);
}
