import type { SyntaxNode } from '../../parse/tree.ts';
import { hidden, nothing, unknown } from '../values/make.ts';
import { join, joinAll } from '../values/join.ts';
import type { Args, Atom, Value } from '../values/value.ts';
import { findMember, instantiate } from './classes.ts';
import { callLibrary, callMethod } from './libraryCalls.ts';
import type { Machine } from './machine.ts';
import { checkDeniedMethod } from './policyNames.ts';

const maxNesting = 60;
let nesting = 0;

/** Calls whatever the callee may be. */
export function call(m: Machine, callee: Value, args: Args, node: SyntaxNode): Value {
  if (nesting > maxNesting) return unknown;
  nesting++;
  try {
    if (callee.length === 1 && callee[0]) return callAtom(m, callee[0], args, node);
    let result: Value = nothing;
    for (const atom of callee) {
      if (atom.kind === 'unbound') continue;
      m.inFork(() => {
        result = join(result, callAtom(m, atom, args, node));
      });
    }
    return result.length === 0 ? unknown : result;
  } finally {
    nesting--;
  }
}

/** Calls one thing. */
export function callAtom(m: Machine, atom: Atom, args: Args, node: SyntaxNode): Value {
  m.steps++;
  switch (atom.kind) {
    case 'func':
      return m.parts.callFunction(atom, args, node);
    case 'class':
      return instantiate(m, atom, args, node);
    case 'obj': {
      const hook = findMember(atom.cls, '__call__');
      if (hook) return m.parts.call(m.parts.attribute([atom], '__call__', node), args, node);
      m.parts.escape(args, 'an object', node);
      return unknown;
    }
    case 'lib':
      return callLibrary(m, atom, args, node);
    case 'method':
      checkDeniedMethod(m, atom, node);
      return callMethod(m, atom, args, node);
    case 'partial':
      return m.parts.call(atom.target, mergeArgs(atom.args, args), node);
    case 'inst':
      if (/^builtins\.(static|class)method$/.test(atom.path))
        return m.parts.call(atom.data[0] ?? unknown, args, node);
      return callMethod(
        m,
        { kind: 'method', key: `${atom.key}.__call__`, self: atom, name: '__call__' },
        args,
        node,
      );
    case 'unknown':
      m.parts.escape(args, 'a function that is not known', node);
      return atom.hidden ? hidden : unknown;
    default:
      m.parts.escape(args, 'something that is not known', node);
      return unknown;
  }
}

/** The arguments of a partial followed by those of the call. */
export function mergeArgs(first: Args, then: Args): Args {
  return {
    positional: first.rest.length > 0 ? first.positional : [...first.positional, ...then.positional],
    keywords: new Map([...first.keywords, ...then.keywords]),
    rest: joinAll([first.rest, ...(first.rest.length > 0 ? then.positional : []), then.rest]),
    keywordRest: join(first.keywordRest, then.keywordRest),
  };
}
