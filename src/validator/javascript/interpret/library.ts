import { importPlace } from '../modules.ts';
import { required, via } from '../routes.ts';
import { isSensitive, isShared } from '../sinks.ts';
import { Flow, maybeOther, textsOf, unknown } from '../values.ts';
import type { ObjectValue, RefValue } from '../values.ts';
import { callBack, ofKind } from './callBack.ts';
import { checkPaths } from './filePlaces.ts';
import { foldCall } from './foldCall.ts';
import { readMember } from './members.ts';
import { eachInlined, listOf, placesOf } from './lists.ts';
import { checkMemory } from './memory.ts';
import { elementsOf, storeInto } from './patterns.ts';
import type { Call, Walk } from './walk.ts';
import { noteFiles, noteRun } from './writtenFiles.ts';

/** Calls something of the language or a module. */
export function callLibrary(walk: Walk, callee: RefValue, call: Call): Flow {
  const { machine } = walk;
  const { path } = callee;
  const sink = machine.sinkOf(path);
  if (sink?.when === 'call') machine.report(call.node, sink.rule, `This ${sink.what}`, callee.route);
  if (sink !== undefined) return unknown();
  if (/^(import|require|process\.getBuiltinModule|module\.require)$/.test(path))
    return importing(walk, callee, call);
  checkPaths(walk, callee, call);
  noteFiles(walk, path, call);
  checkMemory(walk, callee, call);
  const folded = foldCall(path, call.args);
  if (folded !== undefined) return folded;
  switch (path) {
    case 'Symbol':
      // Every symbol is a name of its own.
      return new Flow({ kind: 'text', text: `symbol at ${call.node.start}`, open: false });
    case 'node:os.userInfo':
      return new Flow(callee);
    case 'setTimeout':
    case 'setInterval':
    case 'setImmediate':
      if (ofKind(call.args[0], 'text').length > 0)
        machine.report(call.node, 'code.eval', `This runs text as code with ${path}`);
      break;
    case 'Object.assign':
    case 'Object.defineProperty':
    case 'Object.defineProperties':
    case 'Object.setPrototypeOf':
    case 'Reflect.set':
    case 'Reflect.defineProperty':
    case 'Reflect.setPrototypeOf':
      return changeObject(walk, path, call);
    case 'Object.getOwnPropertyDescriptor':
    case 'Reflect.getOwnPropertyDescriptor':
    case 'Reflect.get':
      return property(walk, path, call);
    case 'Object.values':
    case 'Object.entries':
    case 'Object.getOwnPropertyDescriptors':
    case 'Object.getOwnPropertyNames':
    case 'Reflect.ownKeys':
      return listing(walk, call);
    case 'Object.getPrototypeOf':
    case 'Reflect.getPrototypeOf':
      return readMember(
        machine,
        call.node,
        call.args[0] ?? unknown(),
        new Flow({ kind: 'text', text: '__proto__', open: false }),
      );
    case 'Object.create': {
      const made = machine.objectAt(call.node, 'created');
      machine.join(made.parents, call.args[0] ?? unknown());
      return new Flow(made);
    }
    case 'Reflect.apply':
    case 'Reflect.construct':
      return walk.apply(call.args[0] ?? unknown(), {
        ...call,
        args: [elementsOf(walk, call.args[path === 'Reflect.apply' ? 2 : 1] ?? unknown())],
        spread: true,
      });
    case 'Proxy': {
      const result = new Flow(...(call.args[0] ?? []));
      for (const handler of ofKind(call.args[1], 'object')) result.addAll(trapped(walk, handler, call));
      return result;
    }
    case 'Promise.resolve':
    case 'Object.freeze':
    case 'Object.seal':
    case 'structuredClone':
    case 'node:assert.ok':
      return call.args[0] ?? unknown();
    case 'node:util.promisify':
    case 'node:util.callbackify':
    case 'node:util.deprecate':
      return via(machine, call.args[0] ?? unknown(), `wrapped by \`${path.slice(10)}\``, call.node);
    case 'Promise.all':
    case 'Promise.allSettled':
    case 'Array.from':
    case 'Array.of':
    case 'Map':
    case 'Set':
    case 'WeakMap':
    case 'Object.fromEntries':
      return collection(walk, path, call);
    case 'Promise.race':
    case 'Promise.any':
      return elementsOf(walk, call.args[0] ?? unknown());
  }
  const given = new Flow();
  for (const argument of call.args)
    for (const object of ofKind(argument, 'object')) given.addAll(machine.contents(object));
  const result = callBack(walk, call.args, given.items.size === 0 ? unknown() : given);
  return result;
}

/** What a proxy gives for any member: whatever its handler for that returns. */
function trapped(walk: Walk, handler: ObjectValue, call: Call): Flow {
  callBack(walk, [walk.machine.contents(handler)], call.args[0] ?? unknown());
  const given = new Flow();
  for (const trap of ofKind(handler.fields.get('get'), 'function')) given.addAll(trap.returns);
  const made = walk.machine.objectAt(call.node, 'proxy');
  for (const value of given)
    if (value.kind !== 'unknown') walk.machine.store(made, undefined, new Flow(value));
  return made.rest.items.size === 0 ? new Flow() : new Flow(made);
}

function importing(walk: Walk, callee: RefValue, call: Call): Flow {
  const { machine } = walk;
  const names = call.args[0] ?? unknown();
  const result = new Flow();
  for (const name of textsOf(names)) {
    const place = importPlace(name, machine.options.allowedPaths);
    if (place.kind === 'refused') machine.report(call.node, place.rule, `This ${place.what}`, callee.route);
    else noteRun(machine, name, call.node);
    if (place.kind === 'module')
      result.add(machine.mention(call.node, required(machine, place.value, name, call.node)));
  }
  if (maybeOther(names)) {
    machine.report(
      call.node,
      'import.dynamic',
      'This imports a module whose name is only known at run time',
      callee.route,
    );
  }
  return result.items.size === 0 ? unknown() : result;
}

function changeObject(walk: Walk, path: string, call: Call): Flow {
  const [target = unknown(), names = unknown(), values = unknown()] = call.args;
  for (const value of target) {
    if (value.kind === 'ref' && isShared(value.path)) {
      walk.machine.report(
        call.node,
        'prototype.tamper',
        `This changes ${value.path} for all code`,
        value.route,
      );
    }
    if (value.kind === 'ref') changeNamed(walk, path, call, value);
    if (value.kind !== 'object' && value.kind !== 'function') continue;
    const object = value.kind === 'object' ? value : value.statics;
    if (path === 'Object.assign')
      for (const source of call.args.slice(1)) walk.machine.join(object.parents, source);
    else if (path.endsWith('setPrototypeOf')) walk.machine.join(object.parents, names);
    else if (path === 'Reflect.set') storeInto(walk, call.node, value, names, values);
    else
      for (const one of ofKind(values, 'object'))
        storeInto(walk, call.node, value, names, walk.machine.contents(one));
  }
  return target;
}

/** Changes to something of the language or a module, under the names that are given. */
function changeNamed(walk: Walk, path: string, call: Call, value: RefValue): void {
  const [, names = unknown(), values = unknown()] = call.args;
  if (path === 'Reflect.set' || path.endsWith('.defineProperty')) {
    storeInto(walk, call.node, value, names, values);
    return;
  }
  for (const source of call.args.slice(1).flatMap((argument) => ofKind(argument, 'object'))) {
    for (const [name, field] of source.fields) {
      walk.machine.spend(1);
      storeInto(walk, call.node, value, new Flow({ kind: 'text', text: name, open: false }), field);
    }
  }
}

function property(walk: Walk, path: string, call: Call): Flow {
  const [target = unknown(), names = unknown()] = call.args;
  const got = readMember(walk.machine, call.node, target, names);
  if (path === 'Reflect.get') return got;
  const descriptor = walk.machine.objectAt(call.node, 'descriptor');
  walk.machine.store(descriptor, 'value', got);
  return new Flow(descriptor);
}

function listing(walk: Walk, call: Call): Flow {
  for (const value of ofKind(call.args[0], 'ref')) {
    if (!isSensitive(value.path)) continue;
    const what = value.path.replace(/^node:/, '');
    walk.machine.report(call.node, 'internals.dynamic', `This lists everything in ${what}`, value.route);
  }
  return collection(walk, 'values', call);
}

/** A new array or map that holds what was given, also two levels down as pairs are. */
function collection(walk: Walk, path: string, call: Call): Flow {
  const made = walk.machine.objectAt(call.node, 'collection', true);
  for (const argument of path === 'Array.of' ? call.args : call.args.slice(0, 1)) {
    const elements = elementsOf(walk, argument);
    walk.machine.store(made, undefined, path === 'Array.of' ? argument : elements);
    for (const pair of ofKind(elements, 'object'))
      if (pair.array) walk.machine.store(made, undefined, walk.machine.contents(pair));
  }
  const places = placesOf(call.args[0] ?? unknown());
  if (path === 'Array.from' && places !== undefined) {
    const each = call.args.length < 2 ? places : eachInlined(walk, places, call.args[1]);
    if (call.args.length > 1) callBack(walk, call.args.slice(1), elementsOf(walk, call.args[0] ?? unknown()));
    if (each !== undefined) return listOf(walk, call, 'from', each);
  }
  const mapped = callBack(walk, call.args.slice(1), elementsOf(walk, call.args[0] ?? unknown()));
  if (mapped.items.size > 0) walk.machine.store(made, undefined, mapped);
  return new Flow(made);
}
