import { takenFrom, via } from '../routes.ts';
import { Flow, onlyText, text, unknown, unknownValue } from '../values.ts';
import type { ObjectValue, Value } from '../values.ts';
import { callBack, ofKind } from './callBack.ts';
import { textMethod } from './fold.ts';
import { listMethod, placesIn } from './lists.ts';
import { mayHave, readMember } from './members.ts';
import { elementsOf, storeInto } from './patterns.ts';
import { execPattern, patternMethod } from './textPatterns.ts';
import type { Call, Walk } from './walk.ts';

/** Calls a method by its name where the method is the language's own; undefined for all others. */
export function callMethod(walk: Walk, base: Flow, name: string, call: Call): Flow | undefined {
  switch (name) {
    case 'call':
      return walk.apply(base, { ...call, args: call.args.slice(1) }, call.args[0]);
    case 'apply':
      return walk.apply(base, { ...call, args: spreadOut(walk, call.args[1]) }, call.args[0]);
    case 'bind':
      if (!callable(base)) return undefined;
      walk.apply(base, { ...call, args: call.args.slice(1) }, call.args[0]);
      return via(walk.machine, base, 'bound', call.node);
    case 'then':
    case 'catch':
    case 'finally': {
      const result = callBack(walk, call.args, base);
      for (const argument of call.args) {
        const library = libraryIn(walk, argument, call);
        if (library.items.size > 0) result.addAll(walk.apply(library, { ...call, args: [base] }));
      }
      result.addAll(base);
      return result;
    }
  }
  if (name === '__defineGetter__' || name === '__defineSetter__') {
    const [names = unknown(), functions] = call.args;
    for (const fn of ofKind(functions, 'function')) {
      if (name === '__defineSetter__') walk.machine.setters.add(fn);
      for (const value of base) storeInto(walk, call.node, value, names, new Flow(fn, ...fn.returns));
    }
    return unknown();
  }
  const kinds = new Set([...base].map((value) => value.kind));
  if (!['object', 'text', 'number', 'pattern'].some((kind) => kinds.has(kind as Value['kind'])))
    return undefined;
  const result = new Flow();
  const inherited = mayHave(walk.machine, ofKind(base, 'object'), name);
  const others = new Flow();
  for (const value of base) {
    const found = onValue(walk, value, name, call, inherited);
    if (found === undefined) others.add(value);
    else result.addAll(found);
  }
  if (others.items.size > 0) {
    const member = readMember(walk.machine, call.node, others, new Flow(text(name)));
    result.addAll(walk.apply(member, call, others));
  }
  return result;
}

function callable(base: Flow): boolean {
  return [...base].some((value) => value.kind === 'function' || value.kind === 'ref');
}

function spreadOut(walk: Walk, list: Flow | undefined): Flow[] {
  const [only] = list ?? [];
  if (only?.kind === 'object' && only.rest.items.size === 0 && only.fields.size > 0) {
    return Array.from(
      { length: only.fields.size },
      (_, index) => only.fields.get(String(index)) ?? unknown(),
    );
  }
  return list === undefined ? [] : [elementsOf(walk, list)];
}

/** What the language's own method gives; undefined where the program or a module may have put another. */
function onValue(walk: Walk, value: Value, name: string, call: Call, inherited: boolean): Flow | undefined {
  if (value.kind === 'text') {
    const matched = value.open ? undefined : patternMethod(walk, name, value.text, call);
    if (matched !== undefined) {
      callBackWith(walk, { ...call, args: call.args.slice(1) }, unknown());
      return matched;
    }
    if (name === 'split') return new Flow(split(walk, value.text, call));
    const size = (name === 'repeat' ? value.text.length : 1) * (numberOf(call.args[0]) ?? 0);
    if (/^(repeat|padStart|padEnd)$/.test(name) && size >= 2 ** 30) {
      walk.machine.report(call.node, 'bomb.memory', 'This makes a text that fills memory');
    }
    const folded = textMethod(name, value, call.args);
    if (name.startsWith('replace')) callBack(walk, call.args.slice(1), unknown());
    return folded === undefined ? unknown() : new Flow(...folded);
  }
  if (value.kind === 'number' && name === 'toString') {
    const radix = numberOf(call.args[0]) ?? 10;
    return radix >= 2 && radix <= 36 ? new Flow(text(value.number.toString(radix))) : unknown();
  }
  if (value.kind === 'pattern' && name === 'exec') return execPattern(walk, value, call);
  if (value.kind !== 'object' || (inherited && mayHave(walk.machine, [value], name))) return undefined;
  return onObject(walk, value, name, call);
}

function numberOf(flow: Flow | undefined): number | undefined {
  const [value] = flow ?? [];
  return flow?.items.size === 1 && value?.kind === 'number' ? value.number : undefined;
}

function split(walk: Walk, whole: string, call: Call): ObjectValue {
  const array = walk.machine.objectAt(call.node, 'split', true);
  const separator = call.args[0] === undefined ? undefined : onlyText(call.args[0]);
  if (separator === undefined) walk.machine.store(array, undefined, unknown());
  else
    whole
      .split(separator, 200)
      .forEach((part, index) => walk.machine.store(array, String(index), new Flow(text(part))));
  return array;
}

const byElement = new Set(
  'every find findIndex findLast findLastIndex forEach reduce reduceRight some'.split(' '),
);

/** Arrays, maps, sets and generators: what goes in by one method comes out by another. */
function onObject(walk: Walk, object: ObjectValue, name: string, call: Call): Flow {
  const { machine } = walk;
  const all = via(machine, machine.contents(object), takenFrom(object), call.node);
  const listed = listMethod(walk, object, name, call);
  if (listed !== undefined) {
    callBackWith(walk, call, all);
    return listed;
  }
  switch (name) {
    case 'join':
      return unknown();
    case 'next': {
      const step = machine.objectAt(call.node, 'step');
      machine.store(step, 'value', all);
      return new Flow(step);
    }
    case 'push':
    case 'unshift':
    case 'add':
    case 'set':
    case 'fill':
    case 'splice':
      for (const argument of call.args) machine.store(object, undefined, argument);
      return new Flow(object, ...all);
    case 'slice':
    case 'concat':
    case 'filter':
    case 'sort':
    case 'toSorted':
    case 'reverse':
    case 'toReversed':
    case 'flat':
    case 'entries':
    case 'values':
    case 'keys': {
      const copy = machine.objectAt(call.node, 'copy', true);
      machine.store(copy, undefined, all);
      for (const argument of call.args) machine.store(copy, undefined, elementsOf(walk, argument));
      callBackWith(walk, call, all);
      return new Flow(copy);
    }
    case 'map':
    case 'flatMap': {
      const made = machine.objectAt(call.node, 'mapped', true);
      const library = libraryIn(walk, call.args[0] ?? unknown(), call);
      const places = library.items.size > 0 ? placesIn(object) : undefined;
      if (places !== undefined && library.items.size === call.args[0]?.items.size) {
        for (const [index, place] of places.entries())
          machine.store(made, String(index), walk.apply(library, { ...call, args: [place] }));
        return new Flow(made);
      }
      machine.store(made, undefined, callBackWith(walk, call, all));
      return new Flow(made);
    }
    default: {
      const given = new Flow(...all);
      // These give their function the elements and what follows it, but not the function itself.
      const from = byElement.has(name) ? 1 : 0;
      for (const argument of call.args.slice(from)) given.addAll(argument);
      const result = callBackWith(walk, call, given);
      result.addAll(all);
      result.add(unknownValue);
      return result;
    }
  }
}

/** Functions of the library that a method is given to call. */
function libraryIn(walk: Walk, argument: Flow, call: Call): Flow {
  return via(walk.machine, new Flow(...ofKind(argument, 'ref')), 'passed on as a callback', call.node);
}

/** Lets functions of the program and of the library have the elements. */
function callBackWith(walk: Walk, call: Call, given: Flow): Flow {
  const result = callBack(walk, call.args, given);
  for (const argument of call.args) {
    const library = libraryIn(walk, argument, call);
    if (library.items.size > 0) result.addAll(walk.apply(library, { ...call, args: [given], spread: true }));
  }
  return result;
}
