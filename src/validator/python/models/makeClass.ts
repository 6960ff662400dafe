import { findMember } from '../interpret/classes.ts';
import { isGuarded } from '../library/library.ts';
import { joinAll, oneText } from '../values/join.ts';
import { classAtom, lib, objAtom, unknown } from '../values/make.ts';
import type { Atom, Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { first } from './libCall.ts';

export const typeOf: Model = (call) => {
  const { m, args, node } = call;
  if (args.positional.length >= 3) return makeClass(call);
  return joinAll(
    first(call).map((atom): Value => {
      if (atom.kind === 'obj') return [atom.cls];
      if (atom.kind === 'class') return atom.meta;
      if (atom.kind === 'func') return lib('types.FunctionType');
      if (atom.kind === 'lib') return lib(isModule(atom.path) ? 'types.ModuleType' : 'builtins.type');
      if (atom.kind === 'iter') return lib('types.GeneratorType');
      return m.parts.attribute([atom], '__class__', node);
    }),
  );
};

function isModule(path: string): boolean {
  return isGuarded(path) || /^[a-z_]+$/.test(path);
}

/** `type(name, bases, namespace)`. */
export function makeClass(call: LibCall): Value {
  const { m, args, node } = call;
  const bases = m.parts.iterate(args.positional[1] ?? unknown, node);
  const cls = classAtom(oneText(first(call)) ?? 'type', bases.exact ?? [bases.any], lib('builtins.type'));
  for (const atom of args.positional[2] ?? []) {
    if (atom.kind !== 'dict') continue;
    for (const entry of atom.entries.values()) {
      if (entry.name.kind !== 'text') continue;
      const owned = entry.value.map((value): Atom =>
        value.kind === 'func' && !value.owner ? { ...value, owner: cls } : value,
      );
      m.parts.setAttribute([cls], entry.name.text, owned, node);
    }
  }
  cls.any = objAtom(cls);
  for (const base of cls.bases.flat()) {
    const hook = base.kind === 'class' ? findMember(base, '__init_subclass__') : undefined;
    if (hook)
      m.parts.call(
        hook.map((h): Atom => (h.kind === 'func' ? { ...h, self: cls } : h)),
        { positional: [], keywords: new Map(), rest: [], keywordRest: [] },
        node,
      );
  }
  return [cls];
}
