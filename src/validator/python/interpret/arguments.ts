import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import { checkConsumed } from '../bombs/consumption.ts';
import { join } from '../values/join.ts';
import { argsOf, noArgs, nothing, unknown } from '../values/make.ts';
import type { Args, Value } from '../values/value.ts';
import type { Machine } from './machine.ts';
import { identifier } from './scopes.ts';

/** Evaluates the arguments of a call, stars included. */
export function evaluateArguments(m: Machine, node: SyntaxNode): Args {
  if (node.type === 'generator_expression') return argsOf(m.parts.evaluate(node));
  const positional: Value[] = [];
  let keywords: Map<string, Value> | undefined;
  let rest: Value = nothing;
  let keywordRest: Value = nothing;
  for (const child of node.children) {
    const inner = child.children[0];
    switch (child.type) {
      case 'keyword_argument': {
        const name = childOf(child, 'name');
        const value = childOf(child, 'value');
        if (!name || !value) break;
        keywords ??= new Map();
        keywords.set(identifier(m.text(name)), m.parts.evaluate(value));
        break;
      }
      case 'list_splat':
      case 'parenthesized_list_splat': {
        if (!inner) break;
        const items = m.parts.iterate(m.parts.evaluate(inner), child);
        checkConsumed(m, child, items.size);
        if (items.exact && rest.length === 0) positional.push(...items.exact);
        else rest = join(rest, items.any.length === 0 ? unknown : items.any);
        break;
      }
      case 'dictionary_splat': {
        if (!inner) break;
        for (const atom of m.parts.evaluate(inner)) {
          if (atom.kind === 'dict') {
            keywords ??= new Map();
            for (const entry of atom.entries.values())
              if (entry.name.kind === 'text') keywords.set(entry.name.text, entry.value);
            keywordRest = join(keywordRest, atom.rest);
          } else {
            keywordRest = join(keywordRest, m.parts.subscript([atom], unknown, child));
          }
        }
        break;
      }
      default: {
        const value = m.parts.evaluate(child);
        if (rest.length === 0) positional.push(value);
        else rest = join(rest, value);
      }
    }
  }
  return { positional, keywords: keywords ?? noArgs.keywords, rest, keywordRest };
}

/** An argument by place or by name; undefined when it is not given for certain. */
export function argument(args: Args, at: number, ...names: string[]): Value | undefined {
  for (const name of names) {
    const named = args.keywords.get(name);
    if (named) return named;
  }
  if (at < 0) return args.keywordRest.length > 0 ? args.keywordRest : undefined;
  const given = args.positional[at];
  if (given) return given;
  if (args.rest.length > 0) return args.rest;
  return args.keywordRest.length > 0 ? args.keywordRest : undefined;
}

/** Everything that is handed over, by whatever way. */
export function allArguments(args: Args): Value[] {
  return [...args.positional, ...args.keywords.values(), args.rest, args.keywordRest];
}
