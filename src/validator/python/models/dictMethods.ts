import type { SyntaxNode } from '../../parse/tree.ts';
import { argument } from '../interpret/arguments.ts';
import type { Machine } from '../interpret/machine.ts';
import { join, joinAll, single } from '../values/join.ts';
import { dictAtom, none, nothing, seq, text, unknown } from '../values/make.ts';
import type { Args, DictAtom, Value } from '../values/value.ts';

export function dictMethod(
  m: Machine,
  self: DictAtom,
  name: string,
  args: Args,
  node: SyntaxNode,
): Value | undefined {
  const first = args.positional[0] ?? unknown;
  const values = (): Value[] => [...self.entries.values()].map((entry) => entry.value);
  const exact = self.rest.length === 0;
  switch (name) {
    case 'get':
    case 'pop':
    case 'setdefault': {
      const fallback = argument(args, 1, 'default');
      if (name === 'setdefault' && fallback) {
        const before = entriesAt(self, first);
        if (before.length === 0) m.parts.setSubscript([self], first, fallback, node);
      }
      const found = present(self, first)
        ? m.parts.subscript([self], first, node)
        : join(self.rest, unknownKey(first) ? joinAll(values()) : nothing);
      const key = single(first);
      if (key && self.entries.has(key.key) && exact) return found;
      const all = joinAll([found, fallback ?? none]);
      return all;
    }
    case 'values':
      return exact ? seq('list', values()) : seq('list', [], joinAll([...values(), self.rest]));
    case 'keys':
      return exact
        ? seq(
            'list',
            [...self.entries.values()].map((entry): Value => [entry.name]),
          )
        : seq('list', [], unknown);
    case 'items': {
      const pairs = [...self.entries.values()].map((entry) => seq('tuple', [[entry.name], entry.value]));
      if (exact) return seq('list', pairs);
      return seq('list', [], seq('tuple', [unknown, joinAll([...values(), self.rest])]));
    }
    case 'popitem':
      return seq('tuple', [unknown, joinAll([...values(), self.rest])]);
    case 'update':
    case '__ior__': {
      m.writes++;
      for (const atom of first) {
        if (atom.kind === 'dict') {
          for (const entry of atom.entries.values())
            m.parts.setSubscript([self], [entry.name], entry.value, node);
          self.rest = join(self.rest, atom.rest);
        } else if (args.positional.length > 0) {
          const pairs = m.parts.iterate([atom], node);
          for (const pair of pairs.exact ?? [pairs.any]) {
            const parts = m.parts.iterate(pair, node).exact;
            m.parts.setSubscript([self], parts?.[0] ?? unknown, parts?.[1] ?? unknown, node);
          }
        }
      }
      for (const [key, value] of args.keywords) m.parts.setSubscript([self], text(key), value, node);
      return [self];
    }
    case 'copy': {
      const copy = dictAtom();
      for (const [key, entry] of self.entries) copy.entries.set(key, { ...entry });
      copy.rest = self.rest;
      copy.restKeys = self.restKeys;
      return [copy];
    }
    case 'fromkeys': {
      const made = dictAtom();
      const names = m.parts.iterate(first, node);
      for (const key of names.exact ?? [names.any])
        m.parts.setSubscript([made], key, args.positional[1] ?? none, node);
      return [made];
    }
    case 'clear':
      m.writes++;
      return none;
    case 'move_to_end':
      return none;
    default:
      return undefined;
  }
}

function present(self: DictAtom, key: Value): boolean {
  return entriesAt(self, key).length > 0;
}

function entriesAt(self: DictAtom, key: Value): Value[] {
  return key.flatMap((atom) => {
    const entry = self.entries.get(atom.key);
    return entry ? [entry.value] : [];
  });
}

function unknownKey(key: Value): boolean {
  return key.some(
    (atom) => atom.kind === 'unknown' || atom.kind === 'method' || (atom.kind === 'text' && atom.open),
  );
}
