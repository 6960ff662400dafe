import { Flow, unknown } from '../values.ts';
import type { FunctionValue } from '../values.ts';
import { callBack } from './callBack.ts';
import { callLibrary } from './library.ts';
import type { Call, Walk } from './walk.ts';

/** Calls whatever the callee may be. */
export function apply(walk: Walk, callee: Flow, call: Call, self?: Flow): Flow {
  const result = new Flow();
  handOn(walk, callee, call);
  for (const value of callee) {
    if (value.kind === 'function') result.addAll(applyFunction(walk, value, call, self));
    else if (value.kind === 'ref') result.addAll(callLibrary(walk, value, call));
    else callBack(walk, call.args, unknown());
  }
  return result.items.size === 0 ? unknown() : result;
}

/** What matters only when it is called is called by whoever gets it. */
function handOn(walk: Walk, callee: Flow, call: Call): void {
  const own = [...callee].every((value) => value.kind === 'function');
  if (own && callee.items.size > 0) return;
  for (const argument of call.args) {
    for (const value of argument) {
      if (value.kind !== 'ref') continue;
      const sink = walk.machine.sinkOf(value.path);
      if (sink?.when === 'call') walk.machine.report(call.node, sink.rule, `This ${sink.what}`, value.route);
      if (value.path === 'require') {
        walk.machine.report(call.node, 'import.dynamic', 'This hands the import function on', value.route);
      }
    }
  }
}

function applyFunction(walk: Walk, fn: FunctionValue, call: Call, self: Flow | undefined): Flow {
  const { machine } = walk;
  if (fn.node.type.includes('class')) {
    for (const made of constructors(fn, 0)) passArguments(walk, made, call);
    return new Flow(fn.instance);
  }
  passArguments(walk, fn, call);
  if (call.isNew) {
    machine.join(fn.self, new Flow(fn.instance));
    const result = new Flow(fn.instance);
    for (const value of fn.returns) if (value.kind !== 'unknown') result.add(value);
    return result;
  }
  if (self !== undefined) {
    for (const value of self) {
      if (value.kind === 'object' || value.kind === 'function') machine.join(fn.self, new Flow(value));
    }
  }
  return fn.returns.items.size === 0 ? unknown() : new Flow(...fn.returns);
}

function constructors(fn: FunctionValue, depth: number): FunctionValue[] {
  const found: FunctionValue[] = [];
  for (const value of fn.instance.fields.get('constructor') ?? [])
    if (value.kind === 'function') found.push(value);
  if (found.length > 0 || depth > 8) return found;
  for (const parent of fn.instance.parents) {
    if (parent.kind !== 'object') continue;
    for (const value of parent.fields.get('constructor') ?? [])
      if (value.kind === 'function') found.push(value);
  }
  return found;
}

function passArguments(walk: Walk, fn: FunctionValue, call: Call): void {
  call.args.forEach((values, index) => {
    // After an unpacked list an argument may stand in any place.
    const places = call.spread ? Array.from({ length: 8 }, (_, place) => place) : [index];
    for (const place of places) walk.machine.join((fn.params[place] ??= new Flow()), values);
  });
}
