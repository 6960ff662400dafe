import type { SyntaxNode } from '../../parse/tree.ts';
import { canonical, isGuarded } from '../library/library.ts';
import { variable } from '../models/environment.ts';
import { argsOf, bytes, hidden, inst, int, lib, nothing, seq, text, unknown } from '../values/make.ts';
import { isHidden, join, joinAll, oneInt, single } from '../values/join.ts';
import type { Atom, DictAtom, LibAtom, NamespaceAtom, Scope, SeqAtom, Value } from '../values/value.ts';
import { via } from '../values/route.ts';
import { findMember } from './classes.ts';
import { iterate } from './iterate.ts';
import type { Machine } from './machine.ts';
import { recordItem } from './records.ts';

/** `object[index]`. */
export function subscript(m: Machine, object: Value, index: Value, node: SyntaxNode): Value {
  if (object.length === 1 && object[0]) return subscriptAtom(m, object[0], index, node);
  return joinAll(object.map((atom) => subscriptAtom(m, atom, index, node)));
}

function subscriptAtom(m: Machine, atom: Atom, index: Value, node: SyntaxNode): Value {
  switch (atom.kind) {
    case 'seq':
      return via(
        sequenceItem(atom, index),
        () => `taken from the ${atom.type}`,
        () => m.line(node),
      );
    case 'dict':
      return via(
        dictItem(atom, index),
        () => 'taken from the dict',
        () => m.line(node),
      );
    case 'text':
    case 'bytes':
      return textItem(atom, index);
    case 'range':
    case 'iter': {
      const items = iterate(m, [atom], node);
      return items.exact
        ? sequenceItem({ items: [...items.exact], rest: nothing, type: 'list' }, index)
        : items.any;
    }
    case 'namespace':
      return namespaceItem(m, atom, index, node);
    case 'lib':
      return libraryItem(m, atom, index, node);
    case 'obj':
      return findMember(atom.cls, '__getitem__')
        ? m.parts.call(m.parts.attribute([atom], '__getitem__', node), argsOf(index), node)
        : findMember(atom.cls, '__missing__')
          ? m.parts.call(m.parts.attribute([atom], '__missing__', node), argsOf(index), node)
          : (recordItem(m, atom, index, node) ?? escaped(m, index, node));
    case 'class': {
      const own = findMember(atom, '__class_getitem__');
      if (own)
        return m.parts.call(
          own.map((h): Atom => (h.kind === 'func' ? { ...h, self: atom } : h)),
          argsOf(index),
          node,
        );
      const results: Value[] = [];
      for (const meta of atom.meta) {
        const hook = meta.kind === 'class' ? findMember(meta, '__getitem__') : undefined;
        if (hook)
          results.push(
            m.parts.call(
              hook.map((h): Atom => (h.kind === 'func' ? { ...h, self: atom } : h)),
              argsOf(index),
              node,
            ),
          );
      }
      // Enum members and generic aliases.
      return results.length > 0 ? joinAll(results) : join([atom], joinAll(atom.attrs.values()));
    }
    case 'inst':
      if (/^(pathlib\.parents|contextvars\.Context|re\.Match)$/.test(atom.path))
        return m.parts.call(m.parts.attribute([atom], '__getitem__', node), argsOf(index), node);
      if (atom.path === 'defaultdict') return join(atom.data[0] ?? unknown, unknown);
      return escaped(m, index, node);
    case 'unknown':
      return atom.hidden ? hidden : unknown;
    default:
      return unknown;
  }
}

function escaped(m: Machine, index: Value, node: SyntaxNode): Value {
  m.parts.escape(argsOf(index), 'an index', node);
  return unknown;
}

/** One item, or the slice that the index asks for. */
export function sequenceItem(seqAtom: Pick<SeqAtom, 'items' | 'rest' | 'type'>, index: Value): Value {
  const { items, rest } = seqAtom;
  const only = single(index);
  const place = oneInt(index);
  if (place !== undefined && rest.length === 0) {
    const at = place < 0n ? items.length + Number(place) : Number(place);
    return items[at] ?? unknown;
  }
  if (only?.kind === 'inst' && only.path === 'builtins.slice') {
    const places = rest.length === 0 ? slicePlaces(items.length, only.data) : undefined;
    if (places)
      return seq(
        seqAtom.type,
        places.map((at) => items[at] ?? unknown),
      );
    return seq(seqAtom.type, [], joinAll([...items, rest]));
  }
  const all = joinAll([...items, rest]);
  return all.length === 0 ? unknown : all;
}

/** The places that a slice picks from so many items; undefined when its bounds are not known. */
export function slicePlaces(length: number, bounds: readonly Value[]): number[] | undefined {
  const numbers: (number | undefined)[] = [];
  for (const bound of bounds) {
    const atom = single(bound);
    if (atom?.kind === 'none') numbers.push(undefined);
    else {
      const value = oneInt(bound);
      if (value === undefined) return undefined;
      numbers.push(Number(value));
    }
  }
  const step = numbers[2] ?? 1;
  if (step === 0) return undefined;
  const clamp = (value: number | undefined, fallback: number): number => {
    if (value === undefined) return fallback;
    const from = value < 0 ? value + length : value;
    return step > 0 ? Math.min(Math.max(from, 0), length) : Math.min(Math.max(from, -1), length - 1);
  };
  const start = clamp(numbers[0], step > 0 ? 0 : length - 1);
  const stop = clamp(numbers[1], step > 0 ? length : -1);
  const places: number[] = [];
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) places.push(at);
  return places;
}

function textItem(atom: Extract<Atom, { kind: 'text' | 'bytes' }>, index: Value): Value {
  if (isHidden(index)) return hidden;
  const characters = atom.kind === 'text' ? Array.from(atom.text) : Array.from(atom.text);
  const open = atom.kind === 'text' && atom.open;
  const results = index.map((key): Value => {
    if (key.kind === 'int' || key.kind === 'bool') {
      const place = Number(key.value);
      if (open && (place < 0 || place >= characters.length)) return unknown;
      const character = characters[place < 0 ? characters.length + place : place];
      if (character === undefined) return unknown;
      return atom.kind === 'text' ? text(character) : int(character.charCodeAt(0));
    }
    if (key.kind === 'inst' && key.path === 'builtins.slice') {
      if (open) {
        const start = oneInt(key.data[0]);
        return start === undefined || start === 0n ? unknown : unknown;
      }
      const places = slicePlaces(characters.length, key.data);
      if (!places) return unknown;
      const picked = places.map((place) => characters[place] ?? '').join('');
      return atom.kind === 'text' ? text(picked) : bytes(picked);
    }
    return unknown;
  });
  return joinAll(results);
}

/** What a dict has under a key. */
export function dictItem(dict: DictAtom, index: Value): Value {
  const results: Value[] = [];
  for (const key of index) {
    const entry = dict.entries.get(key.key);
    if (entry) results.push(entry.value, dict.rest);
    else if (isConstantKey(key)) results.push(dict.rest);
    else results.push(...[...dict.entries.values()].map((other) => other.value), dict.rest);
  }
  const all = joinAll(results);
  return all.length === 0 ? unknown : all;
}

function isConstantKey(atom: Atom): boolean {
  switch (atom.kind) {
    case 'text':
      return !atom.open;
    case 'unknown':
    case 'method':
    case 'obj':
    case 'seq':
      return false;
    default:
      return true;
  }
}

/** globals()["x"], vars(os)["x"], obj.__dict__["x"]. */
export function namespaceItem(m: Machine, atom: NamespaceAtom, index: Value, node: SyntaxNode): Value {
  const { of } = atom;
  if ('path' in of || 'key' in of) return m.parts.attributeNamed([of], index, node);
  return joinAll(index.map((key) => scopeItem(m, of, key, node)));
}

function scopeItem(m: Machine, scope: Scope, key: Atom, node: SyntaxNode): Value {
  if (key.kind === 'text' && !key.open) {
    const value = scope.vars.get(key.text) ?? scope.ever.get(key.text);
    if (value) return value.filter((atom) => atom.kind !== 'unbound');
    return key.text.startsWith('__') ? m.parts.lookup(key.text, node) : unknown;
  }
  if (isHidden([key]))
    m.report('internals.dynamic', node, 'Looks up a name that is put together in a hidden way');
  const all = joinAll(
    [...scope.ever.values()].map((value) => value.filter((atom) => atom.kind !== 'unbound')),
  );
  // The mapping of builtins is among the names of every module.
  return joinAll([all.filter((atom) => atom.kind !== 'text'), lib('builtins'), unknown]);
}

function libraryItem(m: Machine, atom: LibAtom, index: Value, node: SyntaxNode): Value {
  switch (atom.path) {
    case 'sys.modules': {
      m.report('internals.modules', node, 'Takes a module out of `sys.modules`', atom.route);
      const results = index.map((key): Value =>
        key.kind === 'text' && !key.open ? lib(canonical(key.text)) : unknown,
      );
      return joinAll(results);
    }
    case 'builtins':
      return m.parts.attributeNamed([atom], index, node);
    case 'sys.path':
      // The first is the folder of the program; the others are those of the installation.
      return oneInt(index) === 0n || oneInt(index) === undefined ? unknown : text('/usr/lib/', true);
    case 'os.environ':
      return variable(m, index);
    case 'typing.Annotated':
      return inst(atom.path, index);
    default:
      if (isGuarded(atom.path)) return m.parts.attributeNamed([atom], index, node);
      // Types in brackets are annotations.
      if (
        /^(builtins|typing|typing_extensions|collections|types|asyncio|queue|weakref|ctypes)\./.test(
          atom.path,
        )
      )
        return [atom];
      m.parts.escape(argsOf(index), `\`${atom.path}\``, node);
      return unknown;
  }
}
