import type { Route } from '../../route.ts';
import type { SyntaxNode } from '../../parse/tree.ts';
import { leavesFolder } from '../../pathPlace.ts';
import { foreignBases } from '../interpret/classes.ts';
import type { Machine } from '../interpret/machine.ts';
import { workFolder } from '../library/constants.ts';
import { isHidden } from '../values/join.ts';
import { argsOf, int, text, unknown } from '../values/make.ts';
import type { TextAtom, Value } from '../values/value.ts';

/** A path of a class of the program that is a text is the text that it was made from. */
const textual = new Set(['builtins.str', 'builtins.bytes', 'collections.UserString']);

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
      case 'obj': {
        const hook = m.parts.attribute([atom], '__fspath__', node).filter((other) => other.kind === 'func');
        if (hook.length > 0) checkPath(m, m.parts.call(hook, argsOf(), node), node, what, route);
        else if (foreignBases(atom.cls).some((base) => base.kind === 'lib' && textual.has(base.path)))
          checkPath(m, m.parts.subscript(atom.attrs.get('args') ?? unknown, int(0), node), node, what, route);
        break;
      }
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
