import type { SyntaxNode } from '../../parse/tree.ts';
import { pathAttribute } from '../models/pathValues.ts';
import { join } from '../values/join.ts';
import { dictAtom, inst, lib, seq, unknown } from '../values/make.ts';
import type { InstAtom, Value } from '../values/value.ts';
import { internalRule } from './internals.ts';
import type { Machine } from './machine.ts';

/** Plain attributes of library objects that lead on to something; undefined for ordinary methods. */
export function instanceAttribute(
  m: Machine,
  atom: InstAtom,
  name: string,
  node: SyntaxNode,
): Value | undefined {
  switch (atom.path) {
    case 'pathlib.Path':
      return pathAttribute(atom, name);
    case 'exception':
      return exceptionAttribute(m, atom, name, node);
    case 'builtins.property':
      return name === 'fget' ? (atom.data[0] ?? unknown) : undefined;
    case 'builtins.slice':
      return atom.data[['start', 'stop', 'step'].indexOf(name)];
    case 'contextmanager':
      return name === 'enter_result' || name === 'thing' ? (atom.data[0] ?? unknown) : undefined;
    case 'tkinter.Tk':
      return name === 'tk' ? [atom] : undefined;
    case 'builtins.staticmethod':
    case 'builtins.classmethod':
      return name === '__func__' || name === '__wrapped__' ? (atom.data[0] ?? unknown) : undefined;
    case 'typing.TypeAliasType':
      return name === '__value__' ? (atom.data[0] ?? unknown) : undefined;
    case 'typing.Annotated':
      return name === '__metadata__' || name === '__args__' ? (atom.data[0] ?? unknown) : undefined;
    case 'enum.member':
      return name === 'value' || name === '_value_' ? (atom.data[0] ?? unknown) : undefined;
    case 'importlib.ModuleSpec':
      if (name === 'loader') m.report('internals.modules', node, 'Takes the loader of a module');
      return undefined;
    case 'inspect.Signature':
      return name === 'parameters'
        ? [{ ...dictAtom(), rest: inst('inspect.Parameter', ...atom.data), restKeys: unknown }]
        : undefined;
    case 'inspect.Parameter':
      return name === 'default' || name === 'annotation' ? join(atom.data[0] ?? [], unknown) : undefined;
    default:
      return m.stored.get(`${atom.key}.${name}`);
  }
}

/** What an exception of the library carries: its arguments, and the object that had no such attribute. */
function exceptionAttribute(m: Machine, atom: InstAtom, name: string, node: SyntaxNode): Value | undefined {
  const touched = atom.data[0] ?? [];
  switch (name) {
    case 'obj':
      return touched.length > 0 ? join(touched, unknown) : unknown;
    case 'args':
      return seq(
        'tuple',
        [],
        join(
          atom.data[2]?.filter((held) => held.kind !== 'lib' || !/(Error|Exception)$/.test(held.path)) ?? [],
          unknown,
        ),
      );
    case 'value':
      return join(atom.data[1] ?? [], unknown);
    case '__traceback__':
    case 'with_traceback':
      return inst('traceback');
    case '__class__':
      return lib('builtins.Exception');
    default: {
      const rule = internalRule(name);
      if (rule !== undefined) m.report(rule, node, `Reads \`${name}\` of an exception`);
      return undefined;
    }
  }
}
