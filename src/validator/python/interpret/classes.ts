import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import { isExceptionPath } from '../library/exceptions.ts';
import { join } from '../values/join.ts';
import { argsOf, classAtom, dictAtom, heap, lib, objAtom, seq, text, unknown, inst } from '../values/make.ts';
import type { Args, Atom, ClassAtom, FuncAtom, ObjAtom, Value, Scope } from '../values/value.ts';
import { evaluateArguments } from './arguments.ts';
import { isDangerous } from './dangerous.ts';
import { newFrame } from './machine.ts';
import type { Machine } from './machine.ts';
import { identifier, newScope } from './scopes.ts';

const basesOf = new WeakMap<ClassAtom, readonly ClassAtom[]>();

const passive = /^(builtins|typing|typing_extensions|abc|enum|collections)\./;

/** A `class` statement: walks the body, then runs the hooks that a class definition runs. */
export function defineClass(m: Machine, node: SyntaxNode): Value {
  const nameNode = childOf(node, 'name');
  const name = nameNode ? identifier(m.text(nameNode)) : '';
  const typeParameters = childOf(node, 'type_parameters');
  if (typeParameters) m.parts.evaluate(typeParameters);
  const superclasses = childOf(node, 'superclasses');
  const args = superclasses ? evaluateArguments(m, superclasses) : argsOf();
  const meta = args.keywords.get('metaclass') ?? lib('builtins.type');
  const cls = classAtom(name, [...args.positional, ...(args.rest.length > 0 ? [args.rest] : [])], meta);
  const before = { frame: m.frame, current: m.current, fields: m.fields };
  const scope = newScope('class', m.frame.scope);
  m.frame = newFrame(scope, undefined, { owner: cls });
  m.classes.push(cls);
  prepareNamespace(m, cls, scope, node);
  const fields: string[] = [];
  m.fields = fields;
  const body = childOf(node, 'body');
  if (body) m.parts.execute(body);
  m.frame = before.frame;
  m.current = before.current;
  m.fields = before.fields;
  for (const base of baseClasses(cls)) cls.fields.push(...base.fields);
  cls.fields.push(...fields.filter((field) => !cls.fields.includes(field)));
  for (const member of scope.vars.names()) {
    const value = scope.vars.get(member);
    if (value) setMember(cls, member, ownMembers(m, cls, member, value, node));
  }
  enumMembers(cls);
  cls.any = objAtom(cls);
  return finishClass(m, cls, args, node);
}

/** `__prepare__` of a metaclass may bring names into the class body. */
function prepareNamespace(m: Machine, cls: ClassAtom, scope: Scope, node: SyntaxNode): void {
  for (const meta of [...cls.meta, ...baseClasses(cls).flatMap((base) => base.meta)]) {
    const hook = meta.kind === 'class' ? findMember(meta, '__prepare__') : undefined;
    if (!hook) continue;
    const bound = hook.map((atom): Atom => (atom.kind === 'func' ? { ...atom, self: meta } : atom));
    for (const atom of m.parts.call(bound, argsOf(text(cls.name), unknown), node)) {
      if (atom.kind !== 'dict') continue;
      for (const entry of atom.entries.values())
        if (entry.name.kind === 'text') scope.vars.set(entry.name.text, entry.value);
    }
  }
}

/** Members of an enumeration have their value behind an attribute. */
function enumMembers(cls: ClassAtom): void {
  if (!foreignBases(cls).some((base) => base.kind === 'lib' && base.path.startsWith('enum.'))) return;
  for (const [name, value] of cls.attrs) {
    if (name.startsWith('_') || value.some((atom) => atom.kind === 'func')) continue;
    cls.attrs.set(name, join(value, inst('enum.member', value)));
  }
}

/** Whether a base from a library may call what the class has under names of its own choice. */
function hasCaller(cls: ClassAtom): boolean {
  return foreignBases(cls).some((base) => base.kind === 'lib' && !passive.test(base.path));
}

/** Gives methods their class. Functions that are methods without being marked so are marked here. */
function ownMembers(m: Machine, cls: ClassAtom, member: string, value: Value, node: SyntaxNode): Value {
  const implicit =
    member === '__new__'
      ? 'static'
      : member === '__init_subclass__' || member === '__class_getitem__'
        ? 'class'
        : undefined;
  return value.map((atom): Atom => {
    if (isDangerous(atom) && (/^__\w+__$/.test(member) || hasCaller(cls))) {
      m.parts.escape(argsOf([atom]), `\`${cls.name}.${member}\``, node);
      return atom;
    }
    if (atom.kind !== 'func' || atom.owner) return atom;
    const owned: FuncAtom = {
      ...atom,
      owner: cls,
      binding: implicit && atom.binding === 'plain' ? implicit : atom.binding,
    };
    const known = m.functions.get(atom.code.node);
    const index = known?.findIndex((one) => one === atom || (one.code === atom.code && !one.owner)) ?? -1;
    if (known && index >= 0) known[index] = owned;
    return owned;
  });
}

/** Metaclass call, `__set_name__` of the members and `__init_subclass__` of the bases. */
function finishClass(m: Machine, cls: ClassAtom, args: Args, node: SyntaxNode): Value {
  for (const [member, value] of cls.attrs) {
    for (const atom of value)
      if (atom.kind === 'obj') callHook(m, [atom], '__set_name__', argsOf([cls], text(member)), node);
  }
  for (const base of baseClasses(cls)) {
    const hook = findMember(base, '__init_subclass__');
    if (hook === undefined) continue;
    const bound = hook.map((atom): Atom => (atom.kind === 'func' ? { ...atom, self: cls } : atom));
    const keywords = new Map(args.keywords);
    keywords.delete('metaclass');
    m.parts.call(bound, { ...argsOf(), keywords }, node);
    break;
  }
  const metas = [cls.meta, ...baseClasses(cls).map((base) => base.meta)].flat();
  let result: Value = [cls];
  for (const meta of metas) {
    if (meta.kind === 'lib' && meta.path === 'builtins.type') continue;
    const dict = dictAtom();
    for (const [member, value] of cls.attrs) {
      const [key] = text(member);
      if (key) dict.entries.set(key.key, { name: key, value });
    }
    const made = argsOf(text(cls.name), unknown, [dict]);
    if (meta.kind === 'class') {
      for (const hook of ['__new__', '__init__']) {
        const member = findMember(meta, hook);
        const bound = (member ?? []).map((atom): Atom =>
          atom.kind === 'func' ? { ...atom, self: hook === '__init__' ? cls : meta } : atom,
        );
        if (bound.length > 0) m.parts.call(bound, made, node);
      }
    } else {
      result = join(result, m.parts.call([meta], made, node));
    }
  }
  return result;
}

function callHook(m: Machine, object: Value, name: string, args: Args, node: SyntaxNode): void {
  const hook = object.flatMap((atom) => (atom.kind === 'obj' ? (findMember(atom.cls, name) ?? []) : []));
  if (hook.length > 0) m.parts.call(m.parts.attribute(object, name, node), args, node);
}

/** The program's own classes among the bases. */
export function baseClasses(cls: ClassAtom): readonly ClassAtom[] {
  let known = basesOf.get(cls);
  if (known === undefined) {
    known = cls.bases.flat().filter((atom) => atom.kind === 'class');
    basesOf.set(cls, known);
  }
  return known;
}

/** Classes of the program that name this one as a base; one with none yet stands for those to come. */
export function subclassesOf(m: Machine, cls: ClassAtom): Value {
  const own = m.classes.filter((other) => baseClasses(other).includes(cls)).map((other): Value => [other]);
  return own.length > 0 ? seq('list', own) : seq('list', [], [cls]);
}

/** Puts a member into a class. */
export function setMember(cls: ClassAtom, name: string, value: Value): void {
  if (name.startsWith('__')) heap.specials.add(name);
  cls.attrs.set(name, value);
}

/** A member of a class or of its bases, depth first; undefined when only the library could have it. */
export function findMember(cls: ClassAtom, name: string, depth = 0): Value | undefined {
  if (name.startsWith('__') && !heap.specials.has(name)) return undefined;
  const own = cls.attrs.get(name);
  if (own !== undefined && own.length > 0) return own;
  if (depth > 12) return undefined;
  for (const base of baseClasses(cls)) {
    const found = findMember(base, name, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Bases that the program did not write. */
export function foreignBases(cls: ClassAtom, depth = 0): Value {
  if (depth > 12) return [];
  return cls.bases
    .flat()
    .flatMap((atom): Value => (atom.kind === 'class' ? foreignBases(atom, depth + 1) : [atom]));
}

/** Whether a class is an exception, whose arguments are followed. */
export function isException(cls: ClassAtom): boolean {
  return foreignBases(cls).every((base) => base.kind === 'lib' && isExceptionPath(base.path));
}

/** Calls a class: `__new__`, `__init__`, or the generated constructor of a dataclass. */
export function instantiate(m: Machine, cls: ClassAtom, args: Args, node: SyntaxNode): Value {
  for (const meta of cls.meta) {
    const call = meta.kind === 'class' ? findMember(meta, '__call__') : undefined;
    if (call && m.stack.every((func) => func.code !== call.find((atom) => atom.kind === 'func')?.code)) {
      const bound = call.map((atom): Atom => (atom.kind === 'func' ? { ...atom, self: cls } : atom));
      return join(m.parts.call(bound, args, node), []);
    }
  }
  const made = construct(m, cls, args, node);
  const foreign = foreignBases(cls).filter(isDangerous);
  if (foreign.length > 0) m.parts.call(foreign, args, node);
  return made;
}

function construct(m: Machine, cls: ClassAtom, args: Args, node: SyntaxNode): Value {
  const create = findMember(cls, '__new__');
  let made: Value = [objAtom(cls)];
  if (create) {
    const result = m.parts.call(create, { ...args, positional: [[cls], ...args.positional] }, node);
    const real = result.filter((atom) => atom.kind !== 'unknown' && atom.kind !== 'inst');
    if (real.length > 0) made = real;
  }
  for (const atom of made) {
    if (atom.kind !== 'obj' || atom.cls !== cls) continue;
    initialise(m, cls, atom, args, node);
  }
  return made;
}

function initialise(m: Machine, cls: ClassAtom, obj: ObjAtom, args: Args, node: SyntaxNode): void {
  const init = findMember(cls, '__init__');
  if (init) {
    const bound = init.map((atom): Atom => (atom.kind === 'func' ? { ...atom, self: obj } : atom));
    m.parts.call(bound, args, node);
    return;
  }
  args.positional.forEach((value, at) => {
    const field = cls.fields[at];
    if (field !== undefined) m.parts.setAttribute([obj], field, value, node);
  });
  for (const [name, value] of args.keywords) m.parts.setAttribute([obj], name, value, node);
  if (foreignBases(cls).length > 0) {
    obj.attrs.set('args', seq('tuple', args.positional, args.rest));
    if (!isException(cls)) m.parts.escape(args, `\`${cls.name}\``, node);
  }
  const post = findMember(cls, '__post_init__');
  if (post)
    m.parts.call(
      post.map((atom): Atom => (atom.kind === 'func' ? { ...atom, self: obj } : atom)),
      argsOf(),
      node,
    );
}
