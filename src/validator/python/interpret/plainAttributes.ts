import type { SyntaxNode } from '../../parse/tree.ts';
import { dangerousNames } from '../library/library.ts';
import { lib, method, text } from '../values/make.ts';
import type { Atom, Value } from '../values/value.ts';
import { instanceAttribute } from './instanceAttributes.ts';
import { internalRule } from './internals.ts';
import type { Machine } from './machine.ts';

/** Values that are not the program's own objects: what they offer is called by name. */
export function plainAttribute(m: Machine, atom: Atom, name: string, node: SyntaxNode): Value {
  if (atom.kind === 'inst') {
    const known = instanceAttribute(m, atom, name, node);
    if (known) return known;
  }
  const rule = internalRule(name);
  if (rule !== undefined && !(isWalk(name) && mayWalk(atom))) m.report(rule, node, `Reads \`${name}\``);
  if (name === '__class__') return classOf(atom);
  if (name === '__doc__') return text('', true);
  if (name === '__self__' && atom.kind === 'method') return [atom.self];
  if (name === '__call__' && atom.kind === 'method') return [atom];
  if (m.lost.size > 0 && (atom.kind === 'unknown' || atom.kind === 'method')) checkLost(m, name, node);
  return [method(atom.kind === 'method' ? { kind: 'unknown', key: '?', hidden: false } : atom, name)];
}

/** Bases of a class that is only known at run time may be looked at; walking on from there is caught later. */
export function isWalk(name: string): boolean {
  return name === '__mro__' || name === '__bases__' || name === '__base__' || name === 'mro';
}

function mayWalk(atom: Atom): boolean {
  return atom.kind === 'unknown' && !atom.hidden;
}

function classOf(atom: Atom): Value {
  switch (atom.kind) {
    case 'text':
      return lib('builtins.str');
    case 'seq':
      return lib(`builtins.${atom.type}`);
    case 'int':
    case 'float':
    case 'bytes':
    case 'bool':
    case 'dict':
      return lib(`builtins.${atom.kind}`);
    case 'none':
      return lib('types.NoneType');
    case 'unknown':
    case 'method':
      return [{ kind: 'unknown', key: '?', hidden: false }];
    default:
      return lib('builtins.object');
  }
}

/** A module that went out of sight comes back under a name that only it would have. */
function checkLost(m: Machine, name: string, node: SyntaxNode): void {
  for (const module of m.lost) {
    // Models and data frames have methods of these names.
    if (module === 'builtins' && (name === 'eval' || name === 'compile')) continue;
    if (dangerousNames(module)(name))
      m.report(
        'internals.dynamic',
        node,
        `\`${name}\` may be that of \`${module}\`, which was handed on out of sight`,
      );
  }
}
