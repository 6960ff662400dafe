import type { SyntaxNode } from '../../parse/tree.ts';
import { describe, shortName } from '../library/describe.ts';
import { entryOf, isGuarded } from '../library/library.ts';
import { harmlessConsumer } from '../library/harmless.ts';
import { checkArgumentRules } from '../models/argumentChecks.ts';
import { methodModels, models } from '../models/models.ts';
import { binaryNames } from '../models/operatorModels.ts';
import { toBytesOf } from '../models/packed.ts';
import { containerMethod } from '../models/containers.ts';
import { textMethod } from '../models/text.ts';
import { genericMethod } from '../models/genericMethods.ts';
import { isHidden, joinAll } from '../values/join.ts';
import { argsOf, hidden, inst, objAtom, seq, unknown } from '../values/make.ts';
import { isException, subclassesOf } from './classes.ts';
import type { Args, LibAtom, MethodAtom, Value } from '../values/value.ts';
import { allArguments } from './arguments.ts';
import type { Machine } from './machine.ts';
import { allowed, checkDeniedCall } from './policyNames.ts';

/** Calls something that a library offers: the tables judge it, the models say what it gives. */
export function callLibrary(m: Machine, atom: LibAtom, args: Args, node: SyntaxNode): Value {
  const { path } = atom;
  const entry = entryOf(path);
  const free = allowed(m, path);
  checkDeniedCall(m, path, node, atom.route);
  if (entry.callRule !== undefined && !free)
    m.report(entry.callRule, node, describe(entry.callRule, path), atom.route);
  if (!free) checkArgumentRules(m, path, entry.paths, args, node, atom.route);
  if (harmlessConsumer(path)) escapeStreams(m, path, args, node);
  const model = models.get(path);
  const result = model?.({ m, path, args, node, route: atom.route });
  if (result !== undefined) return result;
  if (entry.callRule === undefined && !harmlessConsumer(path))
    m.parts.escape(args, `\`${shortName(path)}\``, node);
  if (entry.makes !== undefined) return inst(entry.makes);
  const last = path.slice(path.lastIndexOf('.') + 1);
  if (/^[A-Z]/.test(last)) return inst(path);
  return decodes(last) || allArguments(args).some(isHidden) ? hidden : unknown;
}

const streams = ['file', 'stream'];

/** Functions that only look at what they are given write to a stream, which is called to do so. */
function escapeStreams(m: Machine, path: string, args: Args, node: SyntaxNode): void {
  const given = streams.flatMap((name) => args.keywords.get(name) ?? []);
  if (path === 'logging.StreamHandler') given.push(...(args.positional[0] ?? []));
  if (given.length > 0) m.parts.escape(argsOf(given), `\`${shortName(path)}\``, node);
}

/** Names of functions that turn data into other text: what they give is suspicious where a name is expected. */
function decodes(name: string): boolean {
  return /^(a2b_|decompress|unhexlify|[ab]\d+decode|urlsafe_b64decode|standard_b64decode)/.test(name);
}

/** Values whose operators may be called by their special names. */
const plain = new Set(['int', 'float', 'bool', 'text', 'bytes', 'seq']);

/** Calls a method of a value that is not the program's own object. */
export function callMethod(m: Machine, atom: MethodAtom, args: Args, node: SyntaxNode): Value {
  const { self, name } = atom;
  if (name === '__getattribute__' || name === '__getattr__') return getAttribute(m, atom, args, node);
  const operator = /^__\w+__$/.test(name) ? binaryNames[name.slice(2, -2)] : undefined;
  if (operator !== undefined && args.positional[0] && plain.has(self.kind))
    return m.parts.binary(operator, [self], args.positional[0], node);
  switch (self.kind) {
    case 'inst': {
      const path = `${self.path}.${name}`;
      const entry = entryOf(path);
      const free = allowed(m, path);
      if (entry.callRule !== undefined && !free)
        m.report(entry.callRule, node, describe(entry.callRule, path));
      if (!free) checkArgumentRules(m, path, entry.paths, args, node, undefined);
      const result = methodModels.get(path)?.({ m, path, args, node, route: undefined, self });
      if (result !== undefined) return result;
      if (entry.makes !== undefined) return inst(entry.makes);
      return genericMethod(m, atom, args, node);
    }
    case 'int':
      if (name === 'to_bytes' && args.positional.length > 0) {
        genericMethod(m, atom, args, node);
        return toBytesOf(self.value, args);
      }
      return genericMethod(m, atom, args, node);
    case 'text':
    case 'bytes':
      return textMethod(m, self, name, args, node) ?? genericMethod(m, atom, args, node);
    case 'seq':
    case 'dict':
    case 'iter':
    case 'range':
    case 'namespace':
      return containerMethod(m, self, name, args, node) ?? genericMethod(m, atom, args, node);
    case 'lib':
      return libraryMethod(m, self, name, args, node);
    case 'class':
      if (name === '__subclasses__') return subclassesOf(m, self);
      if (name === 'mro') return m.parts.attribute([self], '__mro__', node);
      return genericMethod(m, atom, args, node);
    case 'super':
      if (name === '__new__') return [self.owner.any ?? self.self];
      if (name === '__setattr__') return genericMethod(m, { ...atom, self: self.self }, args, node);
      if (name === '__init__' && self.self.kind === 'obj') {
        self.self.attrs.set('args', seq('tuple', args.positional, args.rest));
        if (!isException(self.owner)) m.parts.escape(args, `the base of \`${self.owner.name}\``, node);
      }
      return unknown;
    case 'func':
      if (name === '__get__')
        return m.parts
          .attribute([self], '__call__', node)
          .map((f) =>
            f.kind === 'func' && args.positional[0]?.[0] ? { ...f, self: args.positional[0][0] } : f,
          );
      if (name === 'setter' || name === 'deleter' || name === 'getter') {
        if (name === 'setter' && args.positional[0]) self.attrs.set('setter', args.positional[0]);
        return [self];
      }
      return genericMethod(m, atom, args, node);
    default:
      return genericMethod(m, atom, args, node);
  }
}

function getAttribute(m: Machine, atom: MethodAtom, args: Args, node: SyntaxNode): Value {
  const unbound = args.positional.length >= 2;
  const object = unbound ? (args.positional[0] ?? unknown) : ([atom.self] as Value);
  const name = args.positional[unbound ? 1 : 0] ?? unknown;
  // object.__getattribute__(self, name) must not run the program's own hook again.
  const plain = object.flatMap((other): Value =>
    other.kind === 'obj' ? (other.attrs.size > 0 ? joinAll([...other.attrs.values()]) : unknown) : [],
  );
  const others = object.filter((other) => other.kind !== 'obj');
  return joinAll([
    plain,
    others.length > 0 ? m.parts.attributeNamed(others, name, node) : [],
    ...(plain.length === 0 && others.length === 0 ? [unknown] : []),
  ]);
}

/** Special methods of library functions and classes, called by name. */
function libraryMethod(m: Machine, self: LibAtom, name: string, args: Args, node: SyntaxNode): Value {
  switch (name) {
    case '__get__':
      return [self];
    case '__new__': {
      const made = (args.positional[0] ?? []).filter((atom) => atom.kind === 'class');
      if (made.length > 0) return made.map((cls) => objAtom(cls));
      return callLibrary(m, self, { ...args, positional: args.positional.slice(1) }, node);
    }
    case '__init__':
      return unknown;
    case '__getitem__':
      return m.parts.subscript([self], args.positional[0] ?? unknown, node);
    case '__setattr__':
    case '__delattr__': {
      const target = args.positional.length >= 3 ? (args.positional[0] ?? unknown) : ([self] as Value);
      const key = args.positional.length >= 3 ? args.positional[1] : args.positional[0];
      const value = args.positional.at(-1) ?? unknown;
      for (const atom of key ?? [])
        if (atom.kind === 'text' && !atom.open) m.parts.setAttribute(target, atom.text, value, node);
      return unknown;
    }
    default:
      if (isGuarded(self.path)) m.parts.escape(args, `\`${self.path}\``, node);
      return unknown;
  }
}
