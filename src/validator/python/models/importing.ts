import { further } from '../../route.ts';
import { canonical } from '../library/library.ts';
import { joinAll } from '../values/join.ts';
import { inst, lib, seq, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { modelsFor } from './libCall.ts';
import { checkPath } from './pathRules.ts';

const first = (call: LibCall): Value => call.args.positional[0] ?? call.args.keywords.get('name') ?? unknown;

/** The module of a known name, so that what is done with it is seen as well. */
const moduleNamed =
  (whole: boolean): Model =>
  (call) =>
    joinAll(
      first(call).map((atom): Value => {
        if (atom.kind !== 'text' || atom.open || atom.text === '') return unknown;
        const path = whole ? atom.text : (atom.text.split('.')[0] ?? atom.text);
        const named = canonical(path.replace(/^\.+/, ''));
        const step = { path: named, how: 'imported by name', line: call.m.line(call.node) };
        return lib(named, further(undefined, step));
      }),
    );

/** Modules that are asked for by name. */
export const importModels: readonly [string, Model][] = [
  ...modelsFor('builtins.', { __import__: moduleNamed(false) }),
  ...modelsFor('importlib.', {
    'import_module __import__ util.LazyLoader': moduleNamed(true),
    reload: first,
    'util.find_spec': () => inst('importlib.ModuleSpec'),
    'metadata.entry_points': () => {
      const point = inst('importlib.metadata.EntryPoint');
      return seq('tuple', [], point);
    },
  }),
  ...modelsFor('sys.', {
    'modules.get modules.pop modules.setdefault modules.__getitem__': moduleNamed(true),
    exit: () => unknown,
    'path.append path.insert path.extend': (call) => searchPath(call),
  }),
  ...modelsFor('pydoc.', { 'locate safeimport': moduleNamed(true) }),
  ...modelsFor('pkgutil.', { resolve_name: (call) => resolved(call) }),
  ...modelsFor('inspect.', {
    getmodule: (call) =>
      first(call).flatMap((atom): Value =>
        atom.kind === 'lib' ? lib(atom.path.replace(/\.[^.]*$/, '')) : unknown,
      ),
  }),
  ...modelsFor('subprocess.', { Popen: () => inst('subprocess.Popen') }),
];

/** Folders and archives put on the search path of imports. */
function searchPath(call: LibCall): Value {
  const value = call.args.positional.at(-1) ?? unknown;
  checkPath(call.m, value, call.node, 'Imports from', call.route);
  for (const item of value)
    if (item.kind === 'text' && /\.(zip|egg|whl)$/.test(item.text))
      call.m.report('import.dynamic', call.node, 'Imports from an archive', call.route);
  return unknown;
}

function resolved(call: LibCall): Value {
  return joinAll(
    first(call).map((atom): Value =>
      atom.kind === 'text' && !atom.open ? lib(canonical(atom.text.replace(':', '.'))) : unknown,
    ),
  );
}
