import type { SyntaxNode } from '../../parse/tree.ts';
import { checkSelfExtension } from '../bombs/doubling.ts';
import type { Machine } from '../interpret/machine.ts';
import { isGuarded } from '../library/library.ts';
import { join, joinAll, oneInt } from '../values/join.ts';
import { heap, iter, none, nothing, seq, text, unbound, unknown } from '../values/make.ts';
import type { Args, Atom, SeqAtom, Value } from '../values/value.ts';
import { dictMethod } from './dictMethods.ts';

type Container = Extract<Atom, { kind: 'seq' | 'dict' | 'iter' | 'range' | 'namespace' }>;

/** Methods of lists, tuples, sets, dicts, generators and namespaces. */
export function containerMethod(
  m: Machine,
  self: Container,
  name: string,
  args: Args,
  node: SyntaxNode,
): Value | undefined {
  const first = args.positional[0];
  switch (name) {
    case '__getitem__':
      return m.parts.subscript([self], first ?? unknown, node);
    case '__setitem__':
      m.parts.setSubscript([self], first ?? unknown, args.positional[1] ?? unknown, node);
      return none;
    case '__iter__':
      return [self];
    case '__next__':
      return self.kind === 'seq' ? joinAll([...self.items, self.rest]) : undefined;
    case '__contains__':
    case '__len__':
      return unknown;
    default:
  }
  switch (self.kind) {
    case 'seq':
      return sequenceMethod(m, self, name, args, node);
    case 'dict':
      return dictMethod(m, self, name, args, node);
    case 'iter':
      if (name === 'send' || name === 'asend') sent(m, args, node);
      return name === 'send' ||
        name === '__next__' ||
        name === 'throw' ||
        name === 'asend' ||
        name === '__anext__'
        ? self.item
        : undefined;
    case 'namespace':
      return namespaceMethod(m, self, name, args, node);
    default:
      return undefined;
  }
}

function sequenceMethod(
  m: Machine,
  self: SeqAtom,
  name: string,
  args: Args,
  node: SyntaxNode,
): Value | undefined {
  const first = args.positional[0] ?? unknown;
  const certain = self.fork === heap.fork && self.rest.length === 0 && self.items.length < 4096;
  switch (name) {
    case 'append':
    case 'add':
    case 'appendleft':
      m.writes++;
      if (certain && name === 'append') self.items.push(first);
      else if (certain && name === 'appendleft') self.items.unshift(first);
      else self.rest = join(self.rest, first);
      return none;
    case 'extend':
    case 'update':
    case '__iadd__':
    case 'extendleft': {
      m.writes++;
      if (first.some((atom) => atom === self)) checkSelfExtension(m, node);
      const items = m.parts.iterate(first, node);
      if (certain && items.exact && name !== 'extendleft') self.items.push(...items.exact);
      else self.rest = join(self.rest, items.any);
      return name === '__iadd__' ? [self] : none;
    }
    case 'insert': {
      m.writes++;
      const at = oneInt(args.positional[0]);
      const value = args.positional[1] ?? unknown;
      if (certain && at !== undefined) self.items.splice(Number(at), 0, value);
      else self.rest = join(self.rest, value);
      return none;
    }
    case 'pop':
    case 'popleft': {
      m.writes++;
      const all = joinAll([...self.items, self.rest]);
      if (certain && self.items.length > 0) {
        const at = name === 'popleft' ? 0n : args.positional.length === 0 ? -1n : oneInt(args.positional[0]);
        const index = at === undefined ? -1 : Number(at < 0n ? at + BigInt(self.items.length) : at);
        if (at !== undefined && index >= 0 && index < self.items.length)
          return self.items.splice(index, 1)[0] ?? unknown;
      }
      if (self.fork !== heap.fork) self.rest = join(self.rest, joinAll(self.items.splice(0)));
      return all.length === 0 ? unknown : all;
    }
    case 'reverse':
      m.writes++;
      if (certain) self.items.reverse();
      else loosen(self);
      return none;
    case 'sort': {
      m.writes++;
      const key = args.keywords.get('key');
      const any = joinAll([...self.items, self.rest]);
      if (key)
        m.parts.call(
          key,
          { positional: [any.length === 0 ? unknown : any], keywords: new Map(), rest: [], keywordRest: [] },
          node,
        );
      loosen(self);
      return none;
    }
    case 'remove':
    case 'discard':
    case 'rotate':
      loosen(self);
      return none;
    case 'clear':
      m.writes++;
      if (certain) self.items = [];
      return none;
    case 'copy':
      return seq(self.type, self.items, self.rest);
    case 'union':
    case 'difference':
    case 'intersection':
    case 'symmetric_difference':
      return seq(
        'set',
        [],
        joinAll([
          ...self.items,
          self.rest,
          ...args.positional.map((other) => m.parts.iterate(other, node).any),
        ]),
      );
    case 'index':
    case 'count':
      return unknown;
    default:
      return undefined;
  }
}

/** What a generator does with a module that is sent into it is out of sight. */
function sent(m: Machine, args: Args, node: SyntaxNode): void {
  for (const atom of args.positional.flat())
    if (atom.kind === 'lib' && isGuarded(atom.path))
      m.report('internals.dynamic', node, `Sends \`${atom.path}\` into a generator`, atom.route);
  m.parts.escape(args, 'a generator', node);
}

/** Forgets the order. */
function loosen(self: SeqAtom): void {
  self.rest = join(self.rest, joinAll(self.items.splice(0)));
}

function namespaceMethod(
  m: Machine,
  self: Extract<Atom, { kind: 'namespace' }>,
  name: string,
  args: Args,
  node: SyntaxNode,
): Value | undefined {
  const first = args.positional[0] ?? unknown;
  const { of } = self;
  switch (name) {
    case 'get':
    case 'pop':
    case 'setdefault': {
      const found = joinAll([m.parts.subscript([self], first, node), args.positional[1] ?? nothing]);
      if (name === 'pop' && 'vars' in of) {
        for (const key of first) {
          if (key.kind !== 'text') continue;
          of.vars.set(key.text, unbound);
          of.ever.set(key.text, join(of.ever.get(key.text) ?? [], unbound));
        }
      }
      return found;
    }
    case 'update': {
      for (const atom of first)
        if (atom.kind === 'dict')
          for (const entry of atom.entries.values())
            m.parts.setSubscript([self], [entry.name], entry.value, node);
      for (const [key, value] of args.keywords) m.parts.setSubscript([self], text(key), value, node);
      return none;
    }
    case 'values':
    case 'items':
    case 'copy': {
      if ('path' in of && isGuarded(of.path)) {
        m.report('internals.dynamic', node, `Goes through the namespace of \`${of.path}\``);
        return unknown;
      }
      if (name === 'copy') return [self];
      const any =
        'vars' in of
          ? m.parts.subscript([self], unknown, node)
          : 'attrs' in of
            ? joinAll([...of.attrs.values(), unknown])
            : unknown;
      return iter(undefined, name === 'items' ? seq('tuple', [unknown, any]) : any);
    }
    default:
      return undefined;
  }
}
