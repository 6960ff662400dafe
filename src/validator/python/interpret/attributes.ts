import type { SyntaxNode } from '../../parse/tree.ts';
import { isCallRule, isGuarded } from '../library/library.ts';
import { isHidden, join, joinAll } from '../values/join.ts';
import { argsOf, dictAtom, lib, method, namespace, nothing, seq, text, unknown } from '../values/make.ts';
import { via } from '../values/route.ts';
import type { Atom, ClassAtom, FuncAtom, ObjAtom, Value } from '../values/value.ts';
import { baseClasses, findMember, foreignBases } from './classes.ts';
import { functionAttribute } from './functionAttributes.ts';
import { internalRule } from './internals.ts';
import { libraryAttribute } from './libraryAttributes.ts';
import type { Machine } from './machine.ts';
import { isWalk, plainAttribute } from './plainAttributes.ts';
import { unmangled } from './privateNames.ts';

/** `object.name` for every thing that the object may be. */
export function attribute(m: Machine, object: Value, spelled: string, node: SyntaxNode): Value {
  const name = unmangled(m, spelled);
  if (object.length === 1 && object[0]) return attributeOf(m, object[0], name, node);
  return joinAll(object.map((atom) => attributeOf(m, atom, name, node)));
}

/** `getattr(object, name)`: a name that is not known may not be asked of dangerous objects. */
export function attributeNamed(m: Machine, object: Value, name: Value, node: SyntaxNode): Value {
  const results: Value[] = [];
  for (const atom of name) {
    if (atom.kind === 'text' && !atom.open)
      results.push(attribute(m, object, atom.text.normalize('NFKC'), node));
    else results.push(dynamicAttribute(m, object, atom, node));
  }
  return joinAll(results);
}

function dynamicAttribute(m: Machine, object: Value, name: Atom, node: SyntaxNode): Value {
  const start = name.kind === 'text' ? name.text : '';
  if (isHidden([name]) || (start.startsWith('__') && !object.every((atom) => atom.kind === 'unknown')))
    m.report('internals.dynamic', node, 'Takes an attribute by a name that is put together in a hidden way');
  const results: Value[] = [unknown];
  for (const atom of object) {
    if (atom.kind === 'lib' && isGuarded(atom.path))
      m.report(
        'internals.dynamic',
        node,
        `Takes an attribute of \`${atom.path}\` by a computed name`,
        atom.route,
      );
    if (atom.kind === 'unknown' && m.lost.size > 0) results.push(unknown);
    if (atom.kind !== 'obj' && atom.kind !== 'class') continue;
    for (const [member, value] of members(atom))
      if (member.startsWith(start)) results.push(atom.kind === 'obj' ? boundTo(m, atom, value, node) : value);
  }
  return joinAll(results);
}

function members(atom: ObjAtom | ClassAtom): [string, Value][] {
  const cls = atom.kind === 'obj' ? atom.cls : atom;
  const own: [string, Value][] = [...cls.attrs, ...baseClasses(cls).flatMap((base) => [...base.attrs])];
  const usual = own.filter(([name]) => !name.startsWith('__'));
  return atom.kind === 'obj' ? [...atom.attrs, ...usual] : usual;
}

function attributeOf(m: Machine, atom: Atom, name: string, node: SyntaxNode): Value {
  switch (atom.kind) {
    case 'lib':
      for (const record of m.tries) record.touched = join(record.touched, [atom]);
      return libraryAttribute(m, atom, name, node);
    case 'obj':
      return via(
        objectAttribute(m, atom, name, node),
        () => `kept in \`.${name}\``,
        () => m.line(node),
      );
    case 'class':
      return classAttribute(m, atom, name, node);
    case 'func':
      return functionAttribute(m, atom, name, node);
    case 'super':
      return superAttribute(m, atom, name, node);
    case 'partial':
      if (name === 'func') return atom.target;
      if (name === 'args') return seq('tuple', atom.args.positional, atom.args.rest);
      return name === 'keywords' ? unknown : [method(atom, name)];
    case 'unbound':
      return nothing;
    default:
      return plainAttribute(m, atom, name, node);
  }
}

function objectAttribute(m: Machine, atom: ObjAtom, name: string, node: SyntaxNode): Value {
  const own = atom.attrs.get(name);
  const hook = findMember(atom.cls, '__getattribute__');
  const running = (value: Value): boolean =>
    value.some((h) => h.kind === 'func' && m.stack.some((func) => func.code === h.code));
  if (hook && !name.startsWith('__') && !running(hook))
    return m.parts.call(boundTo(m, atom, hook, node), argsOf(text(name)), node);
  const member = findMember(atom.cls, name);
  const fromClass = member ? boundTo(m, atom, member, node) : undefined;
  if (own !== undefined) return fromClass ? join(own, fromClass) : own;
  if (fromClass) return fromClass;
  switch (name) {
    case '__class__':
      return [atom.cls];
    case '__dict__':
      return namespace(atom);
    case '__doc__':
      return text('', true);
    default: {
      const fallback = findMember(atom.cls, '__getattr__');
      if (fallback && !running(fallback) && !name.startsWith('__'))
        return m.parts.call(boundTo(m, atom, fallback, node), argsOf(text(name)), node);
      return inherited(m, atom.cls, name, node, `Reads \`${name}\``);
    }
  }
}

/** What only a base from a library can have. */
function inherited(m: Machine, cls: ClassAtom, name: string, node: SyntaxNode, message: string): Value {
  const foreign = foreignBases(cls);
  const results: Value[] = foreign.map((base): Value => {
    if (base.kind !== 'lib') return unknown;
    return isCallRule(`${base.path}.${name}`)
      ? lib(`${base.path}.${name}`)
      : [method({ kind: 'inst', key: `I${base.path}()`, path: base.path, data: [] }, name)];
  });
  const rule = internalRule(name);
  if (rule !== undefined && !isWalk(name) && name !== '__subclasses__') m.report(rule, node, message);
  return results.length > 0 ? joinAll(results) : unknown;
}

/** Binds a member of the class to the object: methods, properties, descriptors. */
export function boundTo(m: Machine, object: Atom, member: Value, node: SyntaxNode): Value {
  return joinAll(
    member.map((atom): Value => {
      if (atom.kind === 'func' && atom.self === undefined) {
        const cls = object.kind === 'obj' ? object.cls : object;
        if (atom.binding === 'static') return [atom];
        const bound: FuncAtom = {
          ...atom,
          key: `${atom.key}@${object.key}`,
          self: atom.binding === 'class' ? cls : object,
        };
        return atom.binding === 'property'
          ? m.parts.call([{ ...bound, binding: 'plain' }], argsOf(), node)
          : [bound];
      }
      if (atom.kind === 'obj' && findMember(atom.cls, '__get__')) {
        const owner: Value = object.kind === 'obj' ? [object.cls] : [object];
        return m.parts.call(attribute(m, [atom], '__get__', node), argsOf([object], owner), node);
      }
      if (atom.kind === 'inst' && atom.path === 'builtins.property')
        return atom.data[0] ? m.parts.call(atom.data[0], argsOf([object]), node) : unknown;
      if (atom.kind === 'inst' && atom.path === 'functools.partialmethod')
        return (atom.data[0] ?? unknown).map((made) =>
          made.kind === 'partial'
            ? { ...made, args: { ...made.args, positional: [[object], ...made.args.positional] } }
            : made,
        );
      if (
        atom.kind === 'inst' &&
        (atom.path === 'builtins.staticmethod' || atom.path === 'builtins.classmethod')
      )
        return atom.data[0] ?? unknown;
      return [atom];
    }),
  );
}

function classAttribute(m: Machine, atom: ClassAtom, name: string, node: SyntaxNode): Value {
  const member = findMember(atom, name);
  if (member) {
    return joinAll(
      member.map((value): Value =>
        value.kind === 'func' && value.binding === 'class'
          ? [{ ...value, key: `${value.key}@${atom.key}`, self: atom }]
          : value.kind === 'obj' && findMember(value.cls, '__get__')
            ? boundTo(m, atom, [value], node)
            : value.kind === 'inst' && /^builtins\.(static|class)method$/.test(value.path)
              ? (value.data[0] ?? unknown)
              : [value],
      ),
    );
  }
  for (const meta of atom.meta) {
    const fromMeta = meta.kind === 'class' ? (findMember(meta, name) ?? undefined) : undefined;
    if (fromMeta) return boundTo(m, atom, fromMeta, node);
    const hook = meta.kind === 'class' ? findMember(meta, '__getattr__') : undefined;
    if (hook && !name.startsWith('__'))
      return m.parts.call(boundTo(m, atom, hook, node), argsOf(text(name)), node);
  }
  const bases = atom.bases.length > 0 ? atom.bases.flat() : [...lib('builtins.object')];
  switch (name) {
    case '__name__':
    case '__qualname__':
      return text(atom.name);
    case '__dict__':
      return namespace(atom);
    case '__bases__':
      return seq(
        'tuple',
        bases.map((base) => [base]),
      );
    case '__base__':
      return bases[0] ? [bases[0]] : unknown;
    case '__mro__':
      return seq('tuple', [[atom], ...bases.map((base): Value => [base]), lib('builtins.object')]);
    case 'mro':
    case '__subclasses__':
      return [method(atom, name)];
    case '__class__':
      return atom.meta;
    case '__members__':
      return [{ ...dictAtom(), rest: joinAll(atom.attrs.values()) }];
    case '__doc__':
    case '__module__':
      return text('', true);
    case '__annotations__':
      return unknown;
    default:
      return inherited(m, atom, name, node, `Reads \`${name}\` of \`${atom.name}\``);
  }
}

function superAttribute(
  m: Machine,
  atom: Extract<Atom, { kind: 'super' }>,
  name: string,
  node: SyntaxNode,
): Value {
  for (const base of baseClasses(atom.owner)) {
    const found = findMember(base, name);
    if (found) {
      const explicit = name === '__new__' || name === '__init_subclass__';
      return explicit && name === '__new__' ? found : boundTo(m, atom.self, found, node);
    }
  }
  const foreign = foreignBases(atom.owner);
  if (name === '__init__' || name === '__new__' || name === '__setattr__') {
    const ruled = foreign.filter((base) => base.kind === 'lib' && isCallRule(base.path));
    if (ruled.length > 0) return ruled;
    return [method(atom, name)];
  }
  if (name === '__getattribute__') return [method(atom.self, name)];
  if (foreign.length === 0) {
    const rule = internalRule(name);
    if (rule !== undefined) m.report(rule, node, `Reads \`${name}\``);
    return [method(atom, name)];
  }
  return inherited(m, atom.owner, name, node, `Reads \`${name}\``);
}
