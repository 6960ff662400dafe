import type { SyntaxNode } from '../../parse/tree.ts';
import { checkPadding } from '../bombs/allocation.ts';
import { checkConsumed } from '../bombs/consumption.ts';
import { argument } from '../interpret/arguments.ts';
import type { Machine } from '../interpret/machine.ts';
import { isHidden, joinAll, oneInt, oneText, single } from '../values/join.ts';
import { bool, bytes, hidden, int, seq, text, unknown } from '../values/make.ts';
import type { Args, Atom, Value } from '../values/value.ts';
import { decodeBytes, encodeText, transcode } from './encodings.ts';
import { formatFields } from './formatFields.ts';
import { maketrans, stringOf, translate } from './textTables.ts';

type Stringy = Extract<Atom, { kind: 'text' | 'bytes' }>;

/** Methods of str and bytes on known values. Unknown arguments give unknown results. */
export function textMethod(
  m: Machine,
  self: Stringy,
  name: string,
  args: Args,
  node: SyntaxNode,
): Value | undefined {
  if (name === 'format') return formatFields(m, self, args, node);
  if (name === 'format_map') {
    const mapping = args.positional[0]?.[0];
    const keywords = new Map<string, Value>();
    if (mapping?.kind === 'dict')
      for (const entry of mapping.entries.values())
        if (entry.name.kind === 'text') keywords.set(entry.name.text, entry.value);
    return formatFields(m, self, { positional: [], keywords, rest: [], keywordRest: unknown }, node);
  }
  if (name === 'join') return joined(m, self, args.positional[0] ?? unknown, node);
  if (name === 'ljust' || name === 'rjust' || name === 'center' || name === 'zfill' || name === 'expandtabs')
    checkPadding(m, node, args.positional[0] ?? unknown);
  if (args.positional.some(isHidden)) return hidden;
  if (self.kind === 'text' && self.open) return openText(self.text, name);
  const again = (value: string): Value => (self.kind === 'text' ? text(value) : bytes(value));
  return pure(self, name, args, again);
}

/** What is known to begin so still does after some methods. */
function openText(start: string, name: string): Value | undefined {
  switch (name) {
    case 'lower':
      return text(start.toLowerCase(), true);
    case 'upper':
      return text(start.toUpperCase(), true);
    case 'strip':
    case 'lstrip':
      return text(start.trimStart(), true);
    case 'rstrip':
    case 'encode':
      return text(start, true);
    case 'replace':
    case 'format':
      return unknown;
    default:
      return undefined;
  }
}

function joined(m: Machine, self: Stringy, parts: Value, node: SyntaxNode): Value {
  const items = m.parts.iterate(parts, node);
  checkConsumed(m, node, items.size);
  if (isHidden(items.any)) return hidden;
  if (!items.exact) return unknown;
  let results: string[] = [''];
  for (const [at, item] of items.exact.entries()) {
    const next: string[] = [];
    for (const left of results) {
      const before = at === 0 ? left : left + self.text;
      for (const atom of item) {
        if (atom.kind === 'text' && !atom.open) next.push(before + atom.text);
        else if (atom.kind === 'bytes') next.push(before + atom.text);
        else return self.kind === 'text' ? (before === '' ? unknown : text(before, true)) : unknown;
      }
    }
    if (next.length === 0 || next.length > 16) return unknown;
    results = next;
  }
  return joinAll(results.map((value) => (self.kind === 'text' ? text(value) : bytes(value))));
}

function pure(self: Stringy, name: string, args: Args, again: (value: string) => Value): Value | undefined {
  const value = self.text;
  const first = stringOf(args.positional[0]);
  const second = stringOf(args.positional[1]);
  const count = oneInt(args.positional[0]);
  switch (name) {
    case 'lower':
    case 'casefold':
      return again(value.toLowerCase());
    case 'upper':
      return again(value.toUpperCase());
    case 'swapcase':
      return again(
        [...value].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join(''),
      );
    case 'title':
      return again(
        value.toLowerCase().replace(/(^|[^a-z])([a-z])/g, (_, a: string, b: string) => a + b.toUpperCase()),
      );
    case 'capitalize':
      return again(value.charAt(0).toUpperCase() + value.slice(1).toLowerCase());
    case 'strip':
    case 'lstrip':
    case 'rstrip':
      if (args.positional.length > 0 && first === undefined) return unknown;
      return again(strip(value, name, first));
    case 'removeprefix':
      return first === undefined
        ? unknown
        : again(value.startsWith(first) ? value.slice(first.length) : value);
    case 'removesuffix':
      return first === undefined
        ? unknown
        : again(first !== '' && value.endsWith(first) ? value.slice(0, -first.length) : value);
    case 'replace': {
      if (first === undefined || second === undefined) return unknown;
      const times = oneInt(args.positional[2]);
      if (times === undefined || times < 0n)
        return again(first === '' ? [...value].join(second) : value.replaceAll(first, second));
      let result = value;
      let from = 0;
      for (let n = 0n; n < times && n < 100n; n++) {
        const at = result.indexOf(first, from);
        if (at < 0) break;
        result = result.slice(0, at) + second + result.slice(at + first.length);
        from = at + second.length;
      }
      return again(result);
    }
    case 'split':
    case 'rsplit':
    case 'splitlines': {
      if (args.positional.length > 0 && first === undefined && single(args.positional[0])?.kind !== 'none')
        return unknown;
      return seq('list', splitText(value, name, first, argument(args, 1, 'maxsplit')).map(again));
    }
    case 'partition':
    case 'rpartition': {
      if (first === undefined) return unknown;
      const at = name === 'partition' ? value.indexOf(first) : value.lastIndexOf(first);
      if (at < 0)
        return seq(
          'tuple',
          name === 'partition' ? [again(value), again(''), again('')] : [again(''), again(''), again(value)],
        );
      return seq('tuple', [again(value.slice(0, at)), again(first), again(value.slice(at + first.length))]);
    }
    case 'startswith':
      return first === undefined ? unknown : bool(value.startsWith(first));
    case 'endswith':
      return first === undefined ? unknown : bool(value.endsWith(first));
    case 'find':
    case 'index':
      return first === undefined ? unknown : int(value.indexOf(first));
    case 'count':
      return first === undefined || first === '' ? unknown : int(value.split(first).length - 1);
    case 'zfill':
      return count === undefined || count > 4096n ? unknown : again(value.padStart(Number(count), '0'));
    case 'ljust':
    case 'rjust':
    case 'center':
      if (count === undefined || count > 4096n) return unknown;
      return again(
        name === 'ljust'
          ? value.padEnd(Number(count), second ?? ' ')
          : value.padStart(Number(count), second ?? ' '),
      );
    case 'translate':
      return translate(value, args.positional[0], again);
    case 'encode':
      return self.kind === 'text'
        ? encodeText(value, oneText(argument(args, 0, 'encoding')) ?? 'utf-8')
        : unknown;
    case 'decode':
      return self.kind === 'bytes'
        ? decodeBytes(value, oneText(argument(args, 0, 'encoding')) ?? 'utf-8')
        : unknown;
    case 'hex':
      return self.kind === 'bytes' ? transcode('hex', value) : unknown;
    case 'fromhex':
      return first === undefined ? hidden : transcode('unhex', first);
    case 'maketrans':
      return maketrans(args);
    case '__add__':
      return first === undefined ? unknown : again(value + first);
    case '__str__':
    case 'tobytes':
    case '__format__':
      return again(value);
    case '__len__':
      return int(value.length);
    default:
      return undefined;
  }
}

function strip(value: string, name: string, characters: string | undefined): string {
  const drop = (c: string | undefined): boolean =>
    c !== undefined && (characters === undefined ? /\s/.test(c) : characters.includes(c));
  let from = 0;
  let to = value.length;
  if (name !== 'rstrip') while (from < to && drop(value[from])) from++;
  if (name !== 'lstrip') while (to > from && drop(value[to - 1])) to--;
  return value.slice(from, to);
}

function splitText(
  value: string,
  name: string,
  separator: string | undefined,
  limit: Value | undefined,
): string[] {
  if (name === 'splitlines')
    return value.split(/\r\n|\n|\r/).filter((line, at, all) => line !== '' || at < all.length - 1);
  const max = oneInt(limit);
  const parts =
    separator === undefined ? value.split(/\s+/).filter((part) => part !== '') : value.split(separator);
  if (max === undefined || max < 0n || separator === undefined) return parts;
  const keep = Number(max);
  if (parts.length <= keep + 1) return parts;
  if (name === 'rsplit')
    return [parts.slice(0, parts.length - keep).join(separator), ...parts.slice(parts.length - keep)];
  return [...parts.slice(0, keep), parts.slice(keep).join(separator)];
}
