import type { SyntaxNode } from '../../parse/tree.ts';
import { setVariable } from '../models/environment.ts';
import { checkPath } from '../models/pathRules.ts';
import { isHidden, join, joinAll, oneInt, single } from '../values/join.ts';
import { argsOf, heap, text, unknown } from '../values/make.ts';
import type { Atom, DictAtom, SeqAtom, Value } from '../values/value.ts';
import { findMember, setMember } from './classes.ts';
import { internalRule } from './internals.ts';
import type { Machine } from './machine.ts';
import { bind } from './scopes.ts';

/** `object.name = value`. */
export function setAttribute(m: Machine, object: Value, name: string, value: Value, node: SyntaxNode): void {
  m.writes++;
  const certain = object.length === 1;
  for (const atom of object) {
    switch (atom.kind) {
      case 'obj': {
        const setter = descriptor(m, atom, name, value, node);
        if (setter) break;
        const old = atom.attrs.get(name);
        atom.attrs.set(name, certain && atom.fork === heap.fork ? value : join(old ?? [], value));
        const any = atom.cls.any;
        if (any && any !== atom) any.attrs.set(name, join(any.attrs.get(name) ?? [], value));
        break;
      }
      case 'class':
      case 'func':
        if (/^__(code|globals|(kw)?defaults)__$/.test(name) && atom.kind === 'func')
          m.report('internals.frames', node, `Replaces \`${name}\` of a function`);
        if (atom.kind === 'class') setMember(atom, name, join(atom.attrs.get(name) ?? [], value));
        else atom.attrs.set(name, join(atom.attrs.get(name) ?? [], value));
        if (atom.kind === 'class' && name.startsWith('__'))
          m.parts.escape(argsOf(...special(value)), `\`${name}\``, node);
        break;
      case 'lib': {
        const path = `${atom.path}.${name}`;
        m.stored.set(path, join(m.stored.get(path) ?? [], value));
        m.parts.escape(argsOf(value), `\`${path}\``, node);
        if (path === 'tempfile.tempdir') checkPath(m, value, node, 'Makes temporary files in', atom.route);
        if (path.startsWith('builtins.'))
          m.report('internals.builtins', node, `Replaces \`${name}\` among the builtins`, atom.route);
        break;
      }
      case 'super':
        setAttribute(m, [atom.self], name, value, node);
        break;
      default: {
        const rule = internalRule(name);
        if (rule !== undefined) m.report(rule, node, `Replaces \`${name}\``);
        m.parts.escape(argsOf(value), `\`.${name}\``, node);
      }
    }
  }
}

/** Only what the tables know can act under a special name by itself. */
function special(value: Value): Value[] {
  const libraries = value.filter((atom) => atom.kind === 'lib');
  return libraries.length > 0 ? [libraries] : [];
}

/** A property setter, a descriptor or `__setattr__` of the class. */
function descriptor(
  m: Machine,
  atom: Extract<Atom, { kind: 'obj' }>,
  name: string,
  value: Value,
  node: SyntaxNode,
): boolean {
  const hook = findMember(atom.cls, '__setattr__');
  const running = (code: Value): boolean =>
    code.some((h) => h.kind === 'func' && m.stack.some((func) => func.code === h.code));
  if (hook && !running(hook)) {
    m.parts.call(m.parts.attribute([atom], '__setattr__', node), argsOf(text(name), value), node);
    return true;
  }
  const member = findMember(atom.cls, name);
  let found = false;
  for (const other of member ?? []) {
    if (other.kind === 'obj' && findMember(other.cls, '__set__')) {
      m.parts.call(m.parts.attribute([other], '__set__', node), argsOf([atom], value), node);
      found = true;
    } else if (other.kind === 'inst' && other.path === 'builtins.property') {
      for (const setter of other.data.slice(1)) m.parts.call(setter, argsOf([atom], value), node);
      found = true;
    } else if (other.kind === 'func' && other.binding === 'property') {
      const setter = other.attrs.get('setter');
      if (setter) m.parts.call(setter, argsOf([atom], value), node);
      found = true;
    }
  }
  return found;
}

/** `object[index] = value`. */
export function setSubscript(m: Machine, object: Value, index: Value, value: Value, node: SyntaxNode): void {
  m.writes++;
  for (const atom of object) {
    switch (atom.kind) {
      case 'seq':
        if (single(index)?.kind === 'inst') atom.rest = join(atom.rest, m.parts.iterate(value, node).any);
        else setItem(atom, index, value);
        break;
      case 'dict':
        setEntry(atom, index, value);
        break;
      case 'obj':
        if (findMember(atom.cls, '__setitem__'))
          m.parts.call(m.parts.attribute([atom], '__setitem__', node), argsOf(index, value), node);
        else m.parts.escape(argsOf(index, value), 'an index', node);
        break;
      case 'namespace':
        for (const key of index) {
          if (key.kind === 'text' && !key.open) {
            if ('vars' in atom.of) {
              if (atom.of === m.frame.scope) bind(m, key.text, value);
              else {
                atom.of.vars.set(key.text, join(atom.of.vars.get(key.text) ?? [], value));
                atom.of.ever.set(key.text, join(atom.of.ever.get(key.text) ?? [], value));
              }
            } else setAttribute(m, [atom.of], key.text, value, node);
          }
        }
        break;
      case 'lib':
        if (atom.path === 'sys.modules')
          m.report('internals.modules', node, 'Puts a module into `sys.modules`', atom.route);
        if (atom.path === 'os.environ') setVariable(m, index, value);
        m.parts.escape(argsOf(value), `\`${atom.path}\``, node);
        break;
      default:
        m.parts.escape(argsOf(index, value), 'an index', node);
    }
  }
}

function setItem(atom: SeqAtom, index: Value, value: Value): void {
  const place = oneInt(index);
  const at = place === undefined ? -1 : Number(place < 0n ? place + BigInt(atom.items.length) : place);
  if (at >= 0 && at < atom.items.length && atom.fork === heap.fork) atom.items[at] = value;
  else if (at >= 0 && at < atom.items.length) atom.items[at] = join(atom.items[at] ?? [], value);
  else atom.rest = join(atom.rest, value);
}

function setEntry(dict: DictAtom, index: Value, value: Value): void {
  const certain = index.length === 1 && dict.fork === heap.fork;
  for (const key of index) {
    const open = key.kind === 'text' && key.open;
    if (key.kind === 'unknown' || key.kind === 'method' || open || isFull(dict, key)) {
      dict.rest = join(dict.rest, value);
      dict.restKeys = join(dict.restKeys, isHidden([key]) ? [key] : unknown);
      continue;
    }
    const old = dict.entries.get(key.key);
    dict.entries.set(key.key, { name: key, value: certain || !old ? value : joinAll([old.value, value]) });
  }
}

/** Beyond this many entries a dict is data: values are kept, their places are not. */
function isFull(dict: DictAtom, key: Atom): boolean {
  return dict.entries.size >= 128 && !dict.entries.has(key.key);
}
