import { passed, via } from '../routes.ts';
import { nameOf } from '../scopes.ts';
import { childOf } from '../../parse/tree.ts';
import { Flow, unknown } from '../values.ts';
import type { FunctionValue, ObjectValue } from '../values.ts';
import { callBack, ofKind } from './callBack.ts';
import { callLibrary } from './library.ts';
import type { Call, Walk } from './walk.ts';

/** Calls whatever the callee may be. */
export function apply(walk: Walk, callee: Flow, call: Call, self?: Flow): Flow {
  const result = new Flow();
  walk.machine.spend(call.args.reduce((steps, values) => steps + 1 + values.items.size, 1));
  handOn(walk, callee, call);
  for (const value of callee) {
    let given: Flow | undefined;
    if (value.kind === 'function') given = applyFunction(walk, value, call, self);
    else if (value.kind === 'ref') given = callLibrary(walk, value, call);
    else callBack(walk, call.args, unknown());
    walk.machine.spend(1 + call.args.length + (given?.items.size ?? 0));
    if (given !== undefined) result.addAll(given);
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
      if (sink?.when !== 'call' && value.path !== 'require') continue;
      const { route } = passed(walk.machine, value, 'passed on as a callback', call.node);
      if (sink?.when === 'call') walk.machine.report(call.node, sink.rule, `This ${sink.what}`, route);
      if (value.path === 'require') {
        walk.machine.report(call.node, 'import.dynamic', 'This hands the import function on', route);
      }
    }
  }
}

function applyFunction(walk: Walk, fn: FunctionValue, call: Call, self: Flow | undefined): Flow {
  const { machine } = walk;
  if (fn.node.type.includes('class')) {
    for (const made of constructors(walk, fn)) passArguments(walk, made, call);
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
      if (value.kind === 'object' || value.kind === 'function' || value.kind === 'ref')
        machine.join(fn.self, new Flow(value));
    }
  }
  return fn.returns.items.size === 0
    ? unknown()
    : new Flow(...via(machine, fn.returns, `returned by ${calledName(walk, fn)}`, call.node));
}

function calledName(walk: Walk, fn: FunctionValue): string {
  const name = childOf(fn.node, 'name');
  return name === undefined ? 'a function' : `\`${nameOf(name, walk.machine.source).slice(0, 60)}\``;
}

/** The nearest constructors: the class's own, or those that it inherits. */
function constructors(walk: Walk, fn: FunctionValue): FunctionValue[] {
  const found: FunctionValue[] = [];
  const seen = new Set<ObjectValue>();
  const waiting: ObjectValue[] = [fn.instance];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    walk.machine.spend(1 + at.parents.items.size);
    if (seen.has(at)) continue;
    seen.add(at);
    const own = ofKind(at.fields.get('constructor'), 'function');
    found.push(...own);
    if (own.length === 0) waiting.push(...ofKind(at.parents, 'object'));
  }
  return found;
}

function passArguments(walk: Walk, fn: FunctionValue, call: Call): void {
  call.args.forEach((argument, index) => {
    const values = via(walk.machine, argument, 'passed on as an argument', call.node);
    // After an unpacked list an argument may stand in any place.
    const places = call.spread ? Array.from({ length: 8 }, (_, place) => place) : [index];
    for (const place of places) walk.machine.join((fn.params[place] ??= new Flow()), values);
  });
}
