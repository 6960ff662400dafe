import type { SyntaxNode } from '../../parse/tree.ts';
import { globalName, memberPath } from '../modules.ts';
import { isSensitive } from '../sinks.ts';
import { Flow, maybeOther, ref, text, textsOf, unknown, unknownValue } from '../values.ts';
import type { ObjectValue, RefValue, Value } from '../values.ts';
import type { Machine } from './machine.ts';

/** A member of every value in `base`, by every name that `names` may be. */
export function readMember(machine: Machine, node: SyntaxNode, base: Flow, names: Flow): Flow {
  const result = new Flow();
  for (const name of textsOf(names)) {
    for (const value of base) result.addAll(readNamed(machine, node, value, name, 0));
  }
  if (maybeOther(names)) for (const value of base) result.addAll(readAny(machine, node, value));
  return result.items.size === 0 ? unknown() : result;
}

function readNamed(machine: Machine, node: SyntaxNode, value: Value, name: string, depth: number): Flow {
  switch (value.kind) {
    case 'ref':
      if (value.path === 'process.env' && /^(HOME|USERPROFILE)$/.test(name)) return new Flow(text('~'));
      return referred(machine, node, value, name);
    case 'function':
      if (name === 'constructor') return new Flow(ref('Function'));
      if (name === '__proto__') return new Flow(ref('Function.prototype'));
      if (name === 'prototype') return new Flow(value.instance);
      return readObject(machine, node, value.statics, name, 'Function', depth);
    case 'object':
      return readObject(machine, node, value, name, value.array ? 'Array' : 'Object', depth);
    case 'text':
      if (/^\d+$/.test(name)) return new Flow({ ...value, text: value.text[Number(name)] ?? '' });
      return onPrototype('String', name);
    case 'number':
      return onPrototype('Number', name);
    case 'unknown':
      if (name === 'constructor') return new Flow(ref('constructor'));
      return name === '__proto__' ? new Flow(ref('constructor.prototype')) : unknown();
  }
}

/** Names deeper than anything in the tables: a program that walks a chain would make them for ever. */
const deepest = 6;

function referred(machine: Machine, node: SyntaxNode, value: RefValue, name: string): Flow {
  const path = memberPath(value.path, name);
  if (path.length > 120 || path.split('.').length > deepest) return unknown();
  return new Flow(machine.mention(node, ref(path, value.route)));
}

function readObject(
  machine: Machine,
  node: SyntaxNode,
  object: ObjectValue,
  name: string,
  kind: string,
  depth: number,
): Flow {
  const result = new Flow(...object.rest);
  const own = object.fields.get(name);
  if (own !== undefined) result.addAll(own);
  // Parents may be a ring when a program says so.
  if (depth < 8) {
    for (const parent of object.parents) {
      const found = readNamed(machine, node, parent, name, depth + 1);
      if (parent.kind !== 'unknown') result.addAll(found);
    }
  }
  return result.items.size === 0 ? onPrototype(kind, name) : result;
}

function onPrototype(kind: string, name: string): Flow {
  if (name === 'constructor') return new Flow(ref(kind));
  if (name === '__proto__') return new Flow(ref(`${kind}.prototype`));
  return new Flow(ref(`${kind}.prototype.${name}`), unknownValue);
}

/** A member under a name that only the run knows. */
function readAny(machine: Machine, node: SyntaxNode, value: Value): Flow {
  switch (value.kind) {
    case 'ref':
      if (isSensitive(value.path) && machine.sinkOf(value.path)?.when !== 'touch') {
        const what = value.path.replace(/^node:/, '');
        machine.report(
          node,
          'internals.dynamic',
          `This takes a member of ${what} whose name is only known at run time`,
          value.route,
        );
      }
      return unknown();
    case 'object':
      return machine.contents(value);
    case 'function':
      return machine.contents(value.statics);
    default:
      return unknown();
  }
}

/** The value of a name that nothing in the program binds. */
export function readGlobal(machine: Machine, node: SyntaxNode, name: string): Flow {
  if (name === '__dirname') return new Flow({ kind: 'text', text: '.', open: false });
  if (name === '__filename') return new Flow({ kind: 'text', text: './program.js', open: false });
  if (name === 'undefined' || name === 'NaN') return unknown();
  const value: RefValue = ref(globalName(name));
  return new Flow(machine.mention(node, value));
}
