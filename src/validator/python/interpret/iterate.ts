import type { SyntaxNode } from '../../parse/tree.ts';
import { neverStops } from '../bombs/endlessIterator.ts';
import { isGuarded } from '../library/library.ts';
import { join, joinAll } from '../values/join.ts';
import { argsOf, int, nothing, text, unknown } from '../values/make.ts';
import type { Atom, RangeAtom, Value } from '../values/value.ts';
import { findMember } from './classes.ts';
import type { Items, Machine } from './machine.ts';

const maxItems = 4096;
const maxRange = 256n;

/** What a value gives when it is iterated. */
export function iterate(m: Machine, value: Value, node: SyntaxNode): Items {
  if (value.length === 1 && value[0]) return iterateAtom(m, value[0], node);
  let any: Value = nothing;
  let size: number | undefined = 0;
  for (const atom of value) {
    const items = iterateAtom(m, atom, node);
    any = join(any, items.any);
    size = size === undefined || items.size === undefined ? undefined : Math.max(size, items.size);
  }
  return {
    exact: undefined,
    any: value.length === 0 ? unknown : any,
    size: value.length === 0 ? undefined : size,
  };
}

/** Items that are all known. Who has each of them seldom asks for all together. */
class KnownItems implements Items {
  readonly exact: readonly Value[] | undefined;
  readonly size: number;
  readonly #items: readonly Value[];
  #any: Value | undefined;

  constructor(items: readonly Value[]) {
    this.exact = items.length <= maxItems ? items : undefined;
    this.size = items.length;
    this.#items = items;
  }

  get any(): Value {
    return (this.#any ??= joinAll(this.#items.slice(0, maxItems)));
  }
}

function exactly(items: readonly Value[]): Items {
  return new KnownItems(items);
}

function iterateAtom(m: Machine, atom: Atom, node: SyntaxNode): Items {
  switch (atom.kind) {
    case 'text':
      return atom.open ? loose(unknown) : exactly(Array.from(atom.text, (character) => text(character)));
    case 'bytes':
      return exactly(Array.from(atom.text, (character) => int(character.charCodeAt(0))));
    case 'seq':
      if (atom.rest.length === 0) return exactly([...atom.items]);
      return loose(joinAll([...atom.items, atom.rest]));
    case 'dict':
      if (atom.rest.length === 0)
        return exactly([...atom.entries.values()].map((entry): Value => [entry.name]));
      return loose(
        join(
          joinAll([...atom.entries.values()].map((entry): Value => [entry.name])),
          atom.restKeys.length > 0 ? atom.restKeys : unknown,
        ),
      );
    case 'iter':
      for (const record of m.tries) record.finished = join(record.finished, atom.result);
      return { exact: atom.items, any: atom.item, size: atom.size };
    case 'range':
      return iterateRange(atom);
    case 'obj':
      return iterateObject(m, atom, node);
    case 'class': {
      const results: Value[] = [];
      for (const meta of atom.meta) {
        const hook = meta.kind === 'class' ? findMember(meta, '__iter__') : undefined;
        if (hook)
          results.push(
            m.parts.call(
              hook.map((h): Atom => (h.kind === 'func' ? { ...h, self: atom } : h)),
              argsOf(),
              node,
            ),
          );
      }
      return results.length > 0 ? iterate(m, joinAll(results), node) : loose(unknown);
    }
    case 'lib':
      if (atom.path === 'sys.modules')
        m.report('internals.modules', node, 'Goes through `sys.modules`', atom.route);
      return loose(unknown);
    case 'namespace': {
      if ('path' in atom.of && isGuarded(atom.of.path))
        m.report('internals.dynamic', node, `Goes through the namespace of \`${atom.of.path}\``);
      return loose(unknown);
    }
    case 'unknown':
      return loose([atom]);
    default:
      return loose(unknown);
  }
}

function loose(any: Value): Items {
  return { exact: undefined, any: any.length === 0 ? unknown : any, size: undefined };
}

function iterateRange(range: RangeAtom): Items {
  const size = rangeSize(range);
  if (size > maxRange) return { exact: undefined, any: unknown, size: Number(size) };
  const items: Value[] = [];
  for (let n = 0n; n < size; n++) items.push(int(range.start + n * range.step));
  return exactly(items);
}

/** How many numbers a range has. */
export function rangeSize(range: RangeAtom): bigint {
  const span = range.step > 0n ? range.stop - range.start : range.start - range.stop;
  const step = range.step > 0n ? range.step : -range.step;
  return span <= 0n ? 0n : (span + step - 1n) / step;
}

function iterateObject(m: Machine, atom: Extract<Atom, { kind: 'obj' }>, node: SyntaxNode): Items {
  const call = (name: string, args: Value[] = []): Value =>
    m.parts.call(m.parts.attribute([atom], name, node), argsOf(...args), node);
  for (const name of ['__iter__', '__aiter__']) {
    if (!findMember(atom.cls, name)) continue;
    const made = call(name);
    const others = made.filter((other) => other.kind !== 'obj' || other.cls !== atom.cls);
    if (others.length > 0 && made.every((other) => other !== atom)) return iterate(m, others, node);
    break;
  }
  for (const name of ['__next__', '__anext__', '__getitem__']) {
    if (!findMember(atom.cls, name)) continue;
    const any = call(name, name === '__getitem__' ? [unknown] : []);
    const items = loose(
      joinAll(
        any.map((other): Value =>
          other.kind === 'inst' && other.path === 'coroutine' ? (other.data[0] ?? unknown) : [other],
        ),
      ),
    );
    const endless = name === '__next__' && neverStops(m, findMember(atom.cls, name) ?? []);
    return endless ? { ...items, size: Infinity } : items;
  }
  if (findMember(atom.cls, '__len__')) call('__len__');
  return loose(unknown);
}
