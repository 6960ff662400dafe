import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import { checkConsumed } from '../bombs/consumption.ts';
import { join } from '../values/join.ts';
import { dictAtom, inst, int, none, nothing, seqOf, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import type { Machine } from './machine.ts';

export function integer(spelled: string): Value {
  const digit = spelled.length === 1 ? spelled.charCodeAt(0) - 48 : -1;
  if (digit >= 0 && digit <= 9) return int(digit);
  if (/[jJ]$/.test(spelled)) return unknown;
  const digits = spelled.replaceAll('_', '').replace(/[lL]$/, '');
  if (digits.length > 4000) return unknown;
  try {
    return int(BigInt(/^0\d+$/.test(digits) ? digits.replace(/^0+(?=\d)/, '') : digits));
  } catch {
    return unknown;
  }
}

export function collection(m: Machine, node: SyntaxNode, type: 'list' | 'tuple' | 'set'): Value {
  const items: Value[] = [];
  let rest: Value = nothing;
  for (const child of node.children) {
    if (child.type === 'list_splat' || child.type === 'parenthesized_list_splat') {
      const inner = child.children[0];
      if (!inner) continue;
      const spread = m.parts.iterate(m.parts.evaluate(inner), child);
      checkConsumed(m, child, spread.size);
      if (spread.exact && rest.length === 0) items.push(...spread.exact);
      else rest = join(rest, spread.any);
    } else if (rest.length === 0) {
      items.push(m.parts.evaluate(child));
    } else {
      rest = join(rest, m.parts.evaluate(child));
    }
  }
  return seqOf(type, items, rest);
}

export function dictionary(m: Machine, node: SyntaxNode): Value {
  const dict = dictAtom();
  for (const child of node.children) {
    if (child.type === 'dictionary_splat') {
      const inner = child.children[0] ? m.parts.evaluate(child.children[0]) : unknown;
      for (const atom of inner) {
        if (atom.kind === 'dict') {
          for (const [key, entry] of atom.entries) dict.entries.set(key, { ...entry });
          dict.rest = join(dict.rest, atom.rest);
          dict.restKeys = join(dict.restKeys, atom.restKeys);
        } else {
          dict.rest = join(dict.rest, m.parts.subscript([atom], unknown, child));
          dict.restKeys = unknown;
        }
      }
      continue;
    }
    const key = childOf(child, 'key');
    const value = childOf(child, 'value');
    if (!key || !value) continue;
    const name = m.parts.evaluate(key);
    m.parts.setSubscript([dict], name, m.parts.evaluate(value), child);
  }
  return [dict];
}

export function slice(m: Machine, node: SyntaxNode): Value {
  const source = m.text(node);
  const bounds: Value[] = [none, none, none];
  let place = 0;
  let from = node.start;
  for (const child of node.children) {
    place += count(source.slice(from - node.start, child.start - node.start));
    bounds[place] = m.parts.evaluate(child);
    from = child.end;
  }
  return inst('builtins.slice', ...bounds);
}

function count(between: string): number {
  return between.replace(/#.*/g, '').split(':').length - 1;
}
