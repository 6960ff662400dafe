import { joinAll, oneInt } from '../values/join.ts';
import type { ObjAtom, Value } from '../values/value.ts';
import type { SyntaxNode } from '../../parse/tree.ts';
import { foreignBases } from './classes.ts';
import type { Machine } from './machine.ts';

/** `record[1]` of a NamedTuple written as a class: its fields have places. */
export function recordItem(m: Machine, atom: ObjAtom, index: Value, node: SyntaxNode): Value | undefined {
  const { fields } = atom.cls;
  const tuple = foreignBases(atom.cls).some(
    (base) => base.kind === 'lib' && /^(typing(_extensions)?\.NamedTuple|builtins\.tuple)$/.test(base.path),
  );
  if (!tuple || fields.length === 0) return undefined;
  const at = oneInt(index);
  const field = at === undefined ? undefined : fields.at(Number(at));
  const named = (name: string): Value => m.parts.attribute([atom], name, node);
  return field === undefined ? joinAll(fields.map(named)) : named(field);
}
