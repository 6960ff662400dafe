import type { SyntaxNode } from '../../parse/tree.ts';
import { globalName, memberPath } from '../modules.ts';
import { byName, takenFrom, via } from '../routes.ts';
import { isSensitive } from '../sinks.ts';
import { Flow, maybeOther, ref, text, textsOf, unknown, unknownValue } from '../values.ts';
import type { ObjectValue, RefValue, Value } from '../values.ts';
import type { Machine } from './machine.ts';

/** A member of every value in `base`, by every name that `names` may be. */
export function readMember(machine: Machine, node: SyntaxNode, base: Flow, names: Flow): Flow {
  const result = new Flow();
  for (const name of textsOf(names)) readNamed(machine, node, base, name, result);
  if (maybeOther(names)) for (const value of base) result.addAll(readAny(machine, node, value));
  return result.items.size === 0 ? unknown() : result;
}

/** Looks a name up in all values and what they inherit from; each object is visited once. */
function readNamed(machine: Machine, node: SyntaxNode, base: Flow, name: string, result: Flow): void {
  const seen = new Set<Value>();
  const waiting: Value[] = [...base];
  const take = (found: Flow): void => {
    machine.spend(found.items.size);
    result.addAll(found);
  };
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    machine.spend(1);
    if (seen.has(value)) continue;
    seen.add(value);
    const object = objectOf(value, name);
    if (object === undefined) {
      take(readPlain(machine, node, value, name));
      continue;
    }
    const own = object.fields.get(name);
    take(via(machine, object.rest, takenFrom(object), node));
    if (own !== undefined) take(via(machine, own, takenFrom(object), node));
    const before = waiting.length;
    machine.spend(object.parents.items.size);
    // Parents may be a ring when a program says so.
    for (const parent of object.parents)
      if (parent.kind !== 'unknown' && !seen.has(parent)) waiting.push(parent);
    const empty = own === undefined && object.rest.items.size === 0 && waiting.length === before;
    if (!empty) continue;
    const kind = value.kind === 'function' ? 'Function' : object.array ? 'Array' : 'Object';
    const found = onPrototype(kind, name);
    for (const one of found) if (one.kind === 'ref') machine.mention(node, one);
    take(found);
  }
}

/** The object in which a member of the value is looked up; undefined where it has none. */
function objectOf(value: Value, name: string): ObjectValue | undefined {
  if (value.kind === 'object') return value;
  const special = name === 'constructor' || name === '__proto__' || name === 'prototype';
  return value.kind === 'function' && !special ? value.statics : undefined;
}

/** Whether one of the objects, or anything that they inherit from, may have a member of that name. */
export function mayHave(machine: Machine, objects: readonly ObjectValue[], name: string): boolean {
  const seen = new Set<ObjectValue>();
  const waiting = [...objects];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    machine.spend(1);
    if (seen.has(at)) continue;
    seen.add(at);
    machine.spend(at.parents.items.size);
    if (at.fields.has(name)) return true;
    for (const parent of at.parents) {
      if (parent.kind !== 'object') return true;
      if (!seen.has(parent)) waiting.push(parent);
    }
  }
  return false;
}

function readPlain(machine: Machine, node: SyntaxNode, value: Value, name: string): Flow {
  switch (value.kind) {
    case 'ref':
      if (value.path === 'process.env' && /^(HOME|USERPROFILE)$/.test(name)) return new Flow(text('~'));
      return constantOf(memberPath(value.path, name)) ?? referred(machine, node, value, name);
    case 'function':
      if (name === 'constructor') return new Flow(ref('Function'));
      if (name === '__proto__') return new Flow(ref('Function.prototype'));
      return new Flow(value.instance);
    case 'text':
      if (/^\d+$/.test(name)) return new Flow({ ...value, text: value.text[Number(name)] ?? '' });
      return onPrototype('String', name);
    case 'number':
      return onPrototype('Number', name);
    case 'pattern':
      return onPrototype('RegExp', name);
    case 'object':
    case 'unknown':
      if (name === 'constructor') return new Flow(ref('constructor'));
      return name === '__proto__' ? new Flow(ref('constructor.prototype')) : unknown();
  }
}

/** Members of the library that are texts. */
function constantOf(path: string): Flow | undefined {
  switch (path) {
    case 'node:path.sep':
      return new Flow(text('/'));
    case 'node:os.userInfo.homedir':
      return new Flow(text('~'));
    case 'process.execPath':
    case 'process.argv0':
      return new Flow(text('/usr/local/bin/node'));
    case 'import.meta.dirname':
      return new Flow(text('.'));
    case 'import.meta.filename':
      return new Flow(text('./program.js'));
    default:
      return undefined;
  }
}

/** Names deeper than anything in the tables: a program that walks a chain would make them for ever. */
const deepest = 6;
const ofPrototypes = /^\w+\.prototype\.(?!constructor$)/;
const ofFunctions = new Set(['apply', 'arguments', 'bind', 'call', 'caller', 'constructor', '__proto__']);

function referred(machine: Machine, node: SyntaxNode, value: RefValue, name: string): Flow {
  const path = memberPath(value.path, name);
  // What a program puts below a prototype's members is none of the library's.
  if (ofPrototypes.test(value.path) && !ofFunctions.has(name)) return unknown();
  if (path.length > 120 || path.split('.').length > deepest) return unknown();
  return new Flow(machine.mention(node, byName(machine, ref(path, value.route), name, node)));
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
      return readInherited(machine, node, value);
    case 'function':
      return readInherited(machine, node, value.statics);
    default:
      return unknown();
  }
}

/** All that an object and what it inherits from may hold. */
function readInherited(machine: Machine, node: SyntaxNode, object: ObjectValue): Flow {
  const result = new Flow();
  const seen = new Set<ObjectValue>();
  const waiting = [object];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    machine.spend(1 + at.parents.items.size);
    if (seen.has(at)) continue;
    seen.add(at);
    result.addAll(via(machine, machine.contents(at), takenFrom(at), node));
    for (const parent of at.parents) {
      if (parent.kind === 'object') waiting.push(parent);
      else if (parent.kind === 'ref') readAny(machine, node, parent);
    }
  }
  return result;
}

/** The value of a name that nothing in the program binds. */
export function readGlobal(machine: Machine, node: SyntaxNode, name: string): Flow {
  if (name === '__dirname') return new Flow({ kind: 'text', text: '.', open: false });
  if (name === '__filename') return new Flow({ kind: 'text', text: './program.js', open: false });
  if (name === 'undefined' || name === 'NaN') return unknown();
  const value: RefValue = ref(globalName(name));
  return new Flow(machine.mention(node, value));
}
