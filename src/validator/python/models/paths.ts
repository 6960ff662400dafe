import { argument } from '../interpret/arguments.ts';
import { workFolder } from '../library/constants.ts';
import { joinAll } from '../values/join.ts';
import { dictAtom, inst, none, seq, text, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { modelsFor } from './libCall.ts';
import { variable } from './environment.ts';
import { checkPath, noteWritten } from './pathRules.ts';
import { absolute, joinPaths, mapTexts, own, parent, pathOf } from './pathValues.ts';

/** A method of Path that touches the file system. */
function touches(result: (call: LibCall) => Value, withTarget = false): Model {
  return (call) => {
    checkPath(call.m, own(call), call.node, 'Uses', call.route);
    const target = argument(call.args, 0, 'target', 'other');
    if (withTarget && target) checkPath(call.m, target, call.node, 'Uses', call.route);
    return result(call);
  };
}

const anyPath = (call: LibCall): Value => {
  const pattern = argument(call.args, 0, 'pattern');
  const below = joinPaths([own(call), pattern ?? unknown]);
  checkPath(call.m, below, call.node, 'Searches');
  const start = own(call);
  return seq(
    'list',
    [],
    pathOf(joinAll(start.map((atom) => (atom.kind === 'text' ? text(atom.text, true) : unknown)))),
  );
};

/** Path objects and the functions of os.path. */
export const pathModels: readonly [string, Model][] = [
  ...modelsFor('pathlib.', {
    'Path PosixPath WindowsPath PurePath PurePosixPath PureWindowsPath': (call) => {
      const parts = call.args.positional;
      if (call.args.rest.length > 0) return pathOf(unknown);
      return pathOf(parts.length === 0 ? text(workFolder) : joinPaths(parts));
    },
    'Path.home PosixPath.home': () => pathOf(text('~')),
    'Path.cwd PosixPath.cwd': () => pathOf(text(workFolder)),
  }),
  ...modelsFor('pathlib.Path.', {
    'joinpath __truediv__ _make_child_relpath': (call) =>
      pathOf(
        joinPaths([own(call), ...call.args.positional, ...(call.args.rest.length > 0 ? [unknown] : [])]),
      ),
    __rtruediv__: (call) => pathOf(joinPaths([...call.args.positional, own(call)])),
    'resolve absolute readlink': (call) => pathOf(mapTexts(own(call), absolute)),
    expanduser: (call) => pathOf(own(call)),
    'as_posix __str__ __fspath__': own,
    as_uri: (call) => mapTexts(own(call), (path) => `file://${path}`),
    home: () => pathOf(text('~')),
    cwd: () => pathOf(text(workFolder)),
    with_name: (call) => pathOf(joinPaths([mapTexts(own(call), parent), call.args.positional[0] ?? unknown])),
    'with_suffix with_stem': (call) => pathOf(own(call)),
    relative_to: () => pathOf(unknown),
    'open read_text read_bytes': touches((call) => (call.path.endsWith('open') ? inst('file') : unknown)),
    'write_text write_bytes': touches((call) => {
      for (const atom of own(call)) if (atom.kind === 'text') noteWritten(call.m, atom.text, call.node);
      return unknown;
    }),
    'unlink rmdir mkdir touch exists is_file is_dir is_symlink is_mount is_socket is_fifo is_block_device is_char_device stat lstat chmod lchmod owner group walk samefile':
      touches(() => unknown),
    'rename replace': touches((call) => pathOf(call.args.positional[0] ?? unknown), true),
    'symlink_to hardlink_to link_to copy copy_into move move_into': touches(() => unknown, true),
    iterdir: touches((call) =>
      seq(
        'list',
        [],
        pathOf(joinAll(own(call).map((atom) => (atom.kind === 'text' ? text(atom.text, true) : unknown)))),
      ),
    ),
    'glob rglob': anyPath,
  }),
  ...modelsFor('pathlib.parents.', {
    __getitem__: (call) => {
      const at = call.args.positional[0]?.[0];
      if (at?.kind !== 'int' || at.value > 20n || at.value < 0n) {
        const fixed = own(call).every((atom) => atom.kind === 'text' && /^[/\uE000]/.test(atom.text));
        return pathOf(fixed ? text(`${workFolder}/..`) : unknown);
      }
      let value = own(call);
      for (let n = 0n; n <= at.value; n++) value = mapTexts(value, parent);
      return pathOf(value);
    },
  }),
  ...modelsFor('os.path.', {
    join: (call) =>
      joinPaths([...call.args.positional, ...(call.args.rest.length > 0 ? [call.args.rest] : [])]),
    'abspath realpath': (call) => mapTexts(call.args.positional[0] ?? unknown, absolute),
    expandvars: (call) =>
      mapTexts(call.args.positional[0] ?? unknown, (path) => path.replace(/^\$\{?HOME\}?/, '~')),
    'normpath normcase expanduser relpath': (call) => call.args.positional[0] ?? unknown,
    dirname: (call) =>
      mapTexts(call.args.positional[0] ?? unknown, (path) =>
        path.includes('/') || path === workFolder ? parent(path) : '',
      ),
    basename: (call) =>
      mapTexts(call.args.positional[0] ?? unknown, (path) => path.slice(path.lastIndexOf('/') + 1)),
    'split splitext': (call) => {
      const given = call.args.positional[0] ?? unknown;
      const at = (path: string): number =>
        call.path.endsWith('t.split') || call.path === 'os.path.split'
          ? path.lastIndexOf('/') + 1
          : (/.(\.[^./]*)$/.exec(path)?.index ?? path.length - 1);
      if (call.path === 'os.path.splitext')
        return seq('tuple', [
          mapTexts(given, (path) => path.slice(0, at(path) + 1)),
          mapTexts(given, (path) => path.slice(at(path) + 1)),
        ]);
      return seq('tuple', [
        mapTexts(given, (path) => path.slice(0, at(path))),
        mapTexts(given, (path) => path.slice(at(path))),
      ]);
    },
    'exists isfile isdir': () => unknown,
    commonpath: () => unknown,
  }),
  ...modelsFor('os.', {
    'getcwd getcwdb': () => text(workFolder),
    'fspath fsencode fsdecode': (call) => call.args.positional[0] ?? unknown,
    'getenv environ.get': (call) => environment(call),
    'listdir scandir': () => unknown,
  }),
  ...modelsFor('', {
    'site.getusersitepackages site.getuserbase sysconfig.get_path distutils.sysconfig.get_python_lib': () =>
      text('/usr/lib/', true),
    'inspect.getfile inspect.getsourcefile inspect.getabsfile': (call) =>
      (call.args.positional[0] ?? []).some((atom) => atom.kind === 'lib') ? text('/usr/lib/', true) : unknown,
    'importlib.resources.files': () => pathOf(text(workFolder)),
    'site.getsitepackages': () => seq('list', [], text('/usr/lib/', true)),
    'sysconfig.get_paths': () => [{ ...dictAtom(), rest: text('/usr/lib/', true), restKeys: unknown }],
  }),
  ...modelsFor('tempfile.', { 'gettempdir gettempdirb': () => text('/tmp') }),
];

function environment(call: LibCall): Value {
  const found = variable(call.m, call.args.positional[0] ?? unknown);
  if (found.some((atom) => atom.kind === 'text' && atom.text === '~')) return found;
  return joinAll([found, argument(call.args, 1, 'default') ?? none]);
}
