import type { SyntaxNode } from '../../parse/tree.ts';
import { joinAll } from '../values/join.ts';
import { argsOf, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import { findMember } from './classes.ts';
import type { Machine } from './machine.ts';

/** What `await` gives: the result of a coroutine or of `__await__`, otherwise whatever the object is. */
export function awaited(m: Machine, value: Value, node: SyntaxNode): Value {
  return joinAll(
    value.map((atom): Value => {
      if (atom.kind === 'inst' && atom.path === 'coroutine') return atom.data[0] ?? unknown;
      if (atom.kind === 'iter') return atom.result;
      if (atom.kind !== 'obj' || !findMember(atom.cls, '__await__')) return [atom];
      const made = m.parts.call(m.parts.attribute([atom], '__await__', node), argsOf(), node);
      return made.flatMap((inner) => (inner.kind === 'iter' ? inner.result : [inner]));
    }),
  );
}
