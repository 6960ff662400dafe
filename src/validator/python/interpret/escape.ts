import type { SyntaxNode } from '../../parse/tree.ts';
import { shortName } from '../library/describe.ts';
import { entryOf, isCallRule, isGuarded } from '../library/library.ts';
import type { Args, Atom, LibAtom, ObjAtom, Value } from '../values/value.ts';
import { allArguments } from './arguments.ts';
import { baseClasses } from './classes.ts';
import { isStatic } from './dangerous.ts';
import type { Machine } from './machine.ts';
import { allowed } from './policyNames.ts';

const maxDepth = 4;

/**
 * Values handed to something that cannot be followed. A dangerous function handed on is as good as
 * called; a dangerous module handed on is remembered, so that its names are known when they come up.
 */
export function escape(m: Machine, args: Args, to: string, node: SyntaxNode): void {
  let seen: Set<Atom> | undefined;
  for (const value of allArguments(args)) {
    if (value.every(isPlain)) continue;
    seen ??= new Set();
    escapeValue(m, value, to, node, seen, 0);
  }
}

/** Nothing is in it that anything could happen to. */
function isPlain({ kind }: Atom): boolean {
  return kind === 'unknown' || kind === 'text' || kind === 'int' || kind === 'float' || kind === 'none';
}

function escapeValue(
  m: Machine,
  value: Value,
  to: string,
  node: SyntaxNode,
  seen: Set<Atom>,
  depth: number,
): void {
  for (const atom of value) {
    if (seen.has(atom) || depth > maxDepth) continue;
    switch (atom.kind) {
      case 'lib':
        escapeLibrary(m, atom, to, node);
        break;
      case 'seq':
        seen.add(atom);
        for (const item of atom.items.slice(0, 64)) escapeValue(m, item, to, node, seen, depth + 1);
        escapeValue(m, atom.rest, to, node, seen, depth + 1);
        break;
      case 'dict':
        seen.add(atom);
        for (const entry of atom.entries.values()) {
          escapeValue(m, [entry.name], to, node, seen, depth + 1);
          escapeValue(m, entry.value, to, node, seen, depth + 1);
        }
        escapeValue(m, atom.rest, to, node, seen, depth + 1);
        break;
      case 'obj':
        seen.add(atom);
        for (const member of membersOf(atom)) escapeMember(m, member, to, node);
        break;
      case 'class':
        seen.add(atom);
        for (const member of atom.attrs.values()) escapeMember(m, member, to, node);
        break;
      case 'inst':
        if (isStatic(atom)) escapeValue(m, atom.data[0] ?? [], to, node, seen, depth + 1);
        break;
      case 'partial':
        seen.add(atom);
        escapeValue(m, atom.target, to, node, seen, depth + 1);
        for (const inner of allArguments(atom.args)) escapeValue(m, inner, to, node, seen, depth + 1);
        break;
      case 'iter':
        seen.add(atom);
        escapeValue(m, atom.item, to, node, seen, depth + 1);
        break;
      case 'func':
        m.escaped.add(atom);
        break;
      case 'namespace':
        if ('path' in atom.of) escapeLibrary(m, atom.of, to, node);
        break;
      default:
        break;
    }
  }
}

/** What can be called on an object under some name. */
function* membersOf(atom: ObjAtom): Iterable<Value> {
  yield* atom.attrs.values();
  for (const cls of [atom.cls, ...baseClasses(atom.cls)]) yield* cls.attrs.values();
}

/** A dangerous function that is there to be called as a method, such as `write = os.system`. */
function escapeMember(m: Machine, member: Value, to: string, node: SyntaxNode): void {
  for (const atom of member)
    for (const held of isStatic(atom) ? (atom.data[0] ?? []) : [atom])
      if (held.kind === 'lib' && isCallRule(held.path)) escapeLibrary(m, held, to, node);
}

function escapeLibrary(m: Machine, atom: LibAtom, to: string, node: SyntaxNode): void {
  if (allowed(m, atom.path)) return;
  const rule = entryOf(atom.path).callRule;
  if (rule !== undefined) m.report(rule, node, `Hands \`${shortName(atom.path)}\` to ${to}`, atom.route);
  else if (atom.path === 'sys.modules')
    m.report('internals.modules', node, `Hands \`sys.modules\` to ${to}`, atom.route);
  else if (isGuarded(atom.path)) m.lost.add(atom.path);
}
