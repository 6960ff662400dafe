import { further } from '../../route.ts';
import type { SyntaxNode } from '../../parse/tree.ts';
import { canonical, entryOf, isGuarded } from '../library/library.ts';
import { constantOf } from '../library/constants.ts';
import { builtinNames } from '../library/builtinNames.ts';
import { exceptionsAbove, isExceptionPath } from '../library/exceptions.ts';
import { isLeak } from '../library/leaks.ts';
import { join, joinAll } from '../values/join.ts';
import { hidden, lib, libAtom, method, namespace, seq, text, unknown } from '../values/make.ts';
import { passed } from '../values/route.ts';
import type { LibAtom, Value } from '../values/value.ts';
import { internalRule } from './internals.ts';
import type { Machine } from './machine.ts';
import { allowed, checkDeniedModule } from './policyNames.ts';

/** An attribute of something that a library offers. */
export function libraryAttribute(m: Machine, atom: LibAtom, name: string, node: SyntaxNode): Value {
  const path = `${atom.path}.${name}`;
  const stored = m.stored.get(path);
  if (name.startsWith('__') && name.endsWith('__')) {
    const special = specialAttribute(m, atom, name, node);
    if (special) return stored ? join(stored, special) : special;
  }
  const leaked = isLeak(atom.path, name);
  if (leaked !== undefined) {
    if (isGuarded(leaked))
      m.report('internals.leak', node, `Takes \`${leaked}\` out of \`${atom.path}\``, atom.route);
    checkDeniedModule(m, leaked, node, `Takes out of \`${atom.path}\``, atom.route);
    const taken = passed(libAtom(leaked), undefined, `taken out of \`${atom.path}\``, m.line(node));
    return join(stored ?? [], [taken]);
  }
  const rule = internalRule(name);
  if (rule !== undefined) m.report(rule, node, `Reads \`${name}\` of \`${atom.path}\``, atom.route);
  const full = canonical(path);
  const entry = entryOf(full);
  if (entry.readRule !== undefined && !allowed(m, full))
    m.report(entry.readRule, node, `Uses \`${full}\``, atom.route);
  const constant = constantOf(full);
  if (constant) return stored ? join(stored, constant) : constant;
  const value: Value = [libAtom(full, atom.route)];
  return stored ? join(stored, value) : value;
}

function isMetatype(path: string): boolean {
  return path === 'builtins.type' || /^types\.\w+Type$/.test(path);
}

function specialAttribute(m: Machine, atom: LibAtom, name: string, node: SyntaxNode): Value | undefined {
  switch (name) {
    case '__name__':
    case '__qualname__':
      return text(atom.path.slice(atom.path.lastIndexOf('.') + 1));
    case '__module__':
      return text(atom.path.slice(0, Math.max(0, atom.path.lastIndexOf('.'))));
    case '__doc__':
      return hidden;
    case '__file__':
    case '__path__':
      if (name === '__file__') return text('/usr/lib/', true);
      m.report('internals.modules', node, `Uses the search path of \`${atom.path}\``, atom.route);
      return unknown;
    case '__class__':
      return lib('builtins.type');
    case '__mro__':
    case '__bases__':
    case '__base__':
    case 'mro':
      return isExceptionPath(atom.path) ? exceptionBases(atom, name) : guardedName(m, atom, name, node);
    case '__call__':
      // Calling the type's own __call__ calls its first argument.
      return isMetatype(atom.path) ? lib('operator.call') : [atom];
    case '__wrapped__':
    case '__func__':
      return [atom];
    case '__dict__':
      if (isGuarded(atom.path))
        m.report('internals.dynamic', node, `Takes the namespace of \`${atom.path}\``, atom.route);
      return namespace(atom);
    case '__self__':
      m.report('internals.builtins', node, `Reaches the module behind \`${atom.path}\``, atom.route);
      return lib(atom.path.slice(0, Math.max(0, atom.path.lastIndexOf('.'))) || 'builtins');
    case '__builtins__':
      m.report('internals.builtins', node, `Takes the builtins out of \`${atom.path}\``, atom.route);
      return lib('builtins');
    case '__getattribute__':
    case '__getattr__':
    case '__get__':
    case '__new__':
    case '__init__':
    case '__setattr__':
    case '__delattr__':
      return [method(atom, name)];
    case '__getitem__':
      return /^builtins\.(list|tuple|dict)$/.test(atom.path)
        ? lib(`${atom.path}.__getitem__`)
        : [method(atom, name)];
    case '__import__':
      return lib(atom.path === 'importlib' ? 'importlib.__import__' : 'builtins.__import__', atom.route);
    default:
      return guardedName(m, atom, name, node);
  }
}

function guardedName(m: Machine, atom: LibAtom, name: string, node: SyntaxNode): Value | undefined {
  const rule = internalRule(name);
  if (rule === undefined) return undefined;
  m.report(rule, node, `Reads \`${name}\` of \`${atom.path}\``, atom.route);
  return unknown;
}

/** Classes above an exception: others that programs name to people, then `object`. */
function exceptionBases(atom: LibAtom, name: string): Value {
  const above = [...exceptionsAbove(atom.path), 'builtins.object'].map((path) => lib(path));
  if (name === '__base__') return above[0] ?? unknown;
  return seq('tuple', name === '__bases__' ? above.slice(0, 1) : [[atom], ...above]);
}

/** A name that a star import may have brought; undefined when none can have. */
export function starLookup(m: Machine, name: string, node: SyntaxNode): Value | undefined {
  if (name.startsWith('_') || m.starred.length === 0) return undefined;
  const builtin = builtinNames.has(name);
  const found: Value[] = [];
  for (const { module, line } of m.starred) {
    const path = canonical(`${module}.${name}`);
    const entry = entryOf(path);
    // A star import hides a builtin only by a function that the tables know, such as os.open.
    if (builtin && entry.callRule === undefined && entry.paths.length === 0) continue;
    const route = further(undefined, { name, path, how: 'imported with `*`', line });
    found.push(libraryAttribute(m, libAtom(module, route), name, node));
    if (builtin) found.push(lib(`builtins.${name}`));
  }
  return found.length > 0 ? joinAll(found) : undefined;
}
