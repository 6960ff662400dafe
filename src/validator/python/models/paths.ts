import type { SyntaxNode } from '../../parse/tree.ts';
import { leavesFolder } from '../../pathPlace.ts';
import { argument } from '../interpret/arguments.ts';
import type { Machine } from '../interpret/machine.ts';
import { workFolder } from '../library/constants.ts';
import { isHidden, joinAll } from '../values/join.ts';
import { dictAtom, inst, none, seq, text, unknown } from '../values/make.ts';
import type { InstAtom, Route, TextAtom, Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { modelsFor } from './libCall.ts';

const remote =
  /^(https?|ftps?|s3[an]?|gs|gcs|sftp|ssh|hdfs|abfss?|adl|az|wss?|smb|webdav|telnet|jdbc|postgres(ql)?|mysql):/i;

/** Checks that what is used as a path stays inside the work folder and is no address. */
export function checkPath(m: Machine, value: Value, node: SyntaxNode, what: string, route?: Route): void {
  if (isHidden(value))
    m.report('fs.outside', node, `${what} a path that is put together in a hidden way`, route);
  for (const atom of value) {
    switch (atom.kind) {
      case 'text':
        checkText(m, atom, node, what, route);
        break;
      case 'bytes':
        checkText(m, { kind: 'text', key: '', text: atom.text, open: false }, node, what, route);
        break;
      case 'inst':
        if (atom.path === 'pathlib.Path') checkPath(m, atom.data[0] ?? unknown, node, what, route);
        break;
      case 'seq':
        for (const item of [...atom.items, atom.rest]) checkPath(m, item, node, what, route);
        break;
      default:
        break;
    }
  }
}

/** Database addresses: SQLite files by the path rule, everything else is the network. */
export function checkAddress(
  m: Machine,
  value: Value | undefined,
  node: SyntaxNode,
  what: string,
  route?: Route,
): void {
  for (const atom of value ?? []) {
    if (atom.kind !== 'text') continue;
    const file = /^sqlite(?:\+\w+)?:\/\/\/?(.*)$/s.exec(atom.text);
    if (file) checkPath(m, text(file[1] ?? '', atom.open), node, what, route);
    else if (/^\w+(\+\w+)?:\/\//.test(atom.text))
      m.report('network.connect', node, `${what} a database at another address`, route);
  }
}

function checkText(m: Machine, atom: TextAtom, node: SyntaxNode, what: string, route?: Route): void {
  const shown = `\`${atom.text.replaceAll(workFolder, '.').slice(0, 80)}${atom.open ? '…' : ''}\``;
  if (remote.test(atom.text)) m.report('network.connect', node, `${what} the address ${shown}`, route);
  else if (outside(m, atom)) m.report('fs.outside', node, `${what} ${shown}, outside the work folder`, route);
}

/** Whether a path leads out of the work folder. */
export function outside(m: Machine, atom: TextAtom): boolean {
  const inside = atom.text.startsWith(workFolder)
    ? atom.text.slice(workFolder.length).replace(/^\//, '')
    : atom.text;
  if (/^\/dev\/(zero|u?random|full)/.test(inside)) return true;
  if (/%(2e|2f|5c)/i.test(inside) && /^file:/i.test(inside)) return true;
  return leavesFolder(inside, atom.open, m.options.allowedPaths);
}

/** Remembers Python files that are written: importing one of them runs text as code. */
export function noteWritten(m: Machine, path: string, node: SyntaxNode): void {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.pth$|^(user|site)customize\.py$/.test(name))
    m.report('import.dynamic', node, `Writes \`${name}\`, which the interpreter runs when it starts`);
  if (/\.(pyw?|so|zip|egg|whl)$/.test(name)) m.written.add(name.slice(0, name.lastIndexOf('.')));
}

/** Joins paths as os.path.join does: an absolute part starts anew. */
export function joinPaths(parts: readonly Value[]): Value {
  let results: TextAtom[] = [];
  for (const [index, part] of parts.entries()) {
    const next: TextAtom[] = [];
    const texts = part.map(toText);
    if (index === 0) {
      results = texts;
      continue;
    }
    for (const left of results) {
      for (const right of texts) {
        const absolute = /^[/~\uE000]/.test(right.text);
        if (right.text.startsWith('/') || right.text.startsWith(workFolder)) next.push(right);
        else if (left.open) next.push(absolute ? right : left);
        else {
          const joined =
            left.text === '' || left.text.endsWith('/')
              ? left.text + right.text
              : `${left.text}/${right.text}`;
          next.push({
            kind: 'text',
            key: `t${right.open ? '+' : '='}${joined}`,
            text: joined,
            open: right.open,
          });
        }
      }
    }
    results = next.slice(0, 16);
  }
  if (parts.some(isHidden)) return [{ kind: 'unknown', key: '?!', hidden: true }];
  const value = joinAll(results.map((atom): Value => (atom.open && atom.text === '' ? unknown : [atom])));
  return value.length === 0 ? unknown : value;
}

function toText(atom: Value[number]): TextAtom {
  if (atom.kind === 'text') return atom;
  if (atom.kind === 'bytes') return { kind: 'text', key: `t=${atom.text}`, text: atom.text, open: false };
  if (atom.kind === 'inst' && atom.path === 'pathlib.Path' && atom.data[0]?.length === 1) {
    const [only] = atom.data[0];
    if (only?.kind === 'text') return only;
  }
  return { kind: 'text', key: 't+', text: '', open: true };
}

function mapTexts(value: Value, change: (path: string) => string): Value {
  return joinAll(
    value.map((atom): Value => {
      const known = toText(atom);
      if (!known.open) return text(change(known.text));
      return known.text === '' ? unknown : text(change(`${known.text}x`).slice(0, known.text.length), true);
    }),
  );
}

function parent(path: string): string {
  const clean = path.replace(/\/+$/, '');
  if (/(^|\/)\.\.$/.test(clean)) return `${clean}/..`;
  const at = clean.lastIndexOf('/');
  if (at > 0) return clean.slice(0, at);
  if (at === 0) return '/';
  if (clean === workFolder || clean === '' || clean === '.') return `${workFolder}/..`;
  return '.';
}

function absolute(path: string): string {
  return path.startsWith('/') || path.startsWith(workFolder) ? path : `${workFolder}/${path}`;
}

/** A Path object over a value that is a path. */
export function pathOf(value: Value): Value {
  return inst('pathlib.Path', value);
}

/** Plain attributes of a Path. */
export function pathAttribute(atom: InstAtom, name: string): Value | undefined {
  const own = atom.data[0] ?? unknown;
  switch (name) {
    case 'parent':
      return pathOf(mapTexts(own, parent));
    case 'parents':
      return inst('pathlib.parents', own);
    case 'name':
      return mapTexts(own, (path) => path.slice(path.lastIndexOf('/') + 1));
    case 'stem':
      return mapTexts(own, (path) => path.slice(path.lastIndexOf('/') + 1).replace(/(.)\.[^.]*$/, '$1'));
    case 'suffix':
      return mapTexts(own, (path) => /.(\.[^.]*)$/.exec(path)?.[1] ?? '');
    case 'anchor':
    case 'root':
    case 'drive':
      return text('/');
    case 'parts':
      return seq('tuple', [], unknown);
    default:
      return undefined;
  }
}

function own(call: LibCall): Value {
  return call.self?.kind === 'inst' ? (call.self.data[0] ?? unknown) : unknown;
}

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
    'open read_text read_bytes write_text write_bytes': touches((call) =>
      call.path.endsWith('open') ? inst('file') : unknown,
    ),
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
    'site.getsitepackages': () => seq('list', [], text('/usr/lib/', true)),
    'sysconfig.get_paths': () => [{ ...dictAtom(), rest: text('/usr/lib/', true), restKeys: unknown }],
  }),
  ...modelsFor('tempfile.', { 'gettempdir gettempdirb': () => text('/tmp') }),
];

/** A variable of the environment: folders that lie outside, otherwise anything. */
function environment(call: LibCall): Value {
  const name = call.args.positional[0]?.[0];
  if (name?.kind === 'text' && (name.text === 'HOME' || name.text === 'USERPROFILE')) return text('~');
  const fallback = argument(call.args, 1, 'default');
  return joinAll([unknown, fallback ?? none]);
}
