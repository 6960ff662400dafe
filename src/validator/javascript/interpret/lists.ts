import { childOf } from '../../parse/tree.ts';
import { Flow, longText, onlyText, text, textsOf, unknown } from '../values.ts';
import type { ObjectValue, Value } from '../values.ts';
import { ofKind } from './callBack.ts';
import { inlined, isConstant } from './inline.ts';
import type { Call, Walk } from './walk.ts';

/** A longer list says no more than what its elements may be. */
const mostPlaces = 64;

/** What stands at each place of a list that was written out; undefined where places are not known. */
export function placesIn(object: ObjectValue): Flow[] | undefined {
  if (!object.array || object.rest.items.size > 0 || object.fields.size > mostPlaces) return undefined;
  const places: Flow[] = [];
  for (let index = 0; index < object.fields.size; index++) {
    const field = object.fields.get(String(index));
    if (field === undefined) return undefined;
    places.push(field);
  }
  return places;
}

/** The same of the one list or text in a flow; letters are the places of a text. */
export function placesOf(values: Flow): Flow[] | undefined {
  const [only] = values;
  if (values.items.size !== 1) return undefined;
  const whole = only?.kind === 'text' ? onlyText(values) : undefined;
  if (whole !== undefined)
    return whole.length > mostPlaces ? undefined : [...whole].map((letter) => new Flow(text(letter)));
  return only?.kind === 'object' ? placesIn(only) : undefined;
}

/** A new list with these places. */
export function listOf(walk: Walk, call: Call, use: string, places: readonly Flow[]): Flow {
  const made = walk.machine.objectAt(call.node, use, true);
  places.forEach((place, index) => walk.machine.store(made, String(index), place));
  return new Flow(made);
}

function joined(walk: Walk, whole: string): Flow {
  walk.machine.spend(whole.length / 100);
  return new Flow(longText(whole));
}

/** What a method gives for a list whose places are known; undefined where that is not so. */
export function listMethod(walk: Walk, object: ObjectValue, name: string, call: Call): Flow | undefined {
  const places = placesIn(object);
  if (places === undefined) return undefined;
  walk.machine.spend(places.length);
  switch (name) {
    case 'join': {
      const separator = call.args[0] === undefined ? ',' : onlyText(call.args[0]);
      const texts = constants(places);
      return texts === undefined || separator === undefined ? undefined : joined(walk, texts.join(separator));
    }
    case 'reverse':
    case 'toReversed':
      return rearranged(walk, object, call, [...places].reverse());
    case 'slice': {
      const bounds = call.args.map(numberOf);
      return bounds.includes(undefined) ? undefined : listOf(walk, call, 'sliced', places.slice(...bounds));
    }
    case 'concat': {
      const more = call.args.map((given) => placesOfList(given) ?? [given]);
      return listOf(walk, call, 'joined', [...places, ...more.flat()].slice(0, mostPlaces));
    }
    case 'flat':
      return listOf(
        walk,
        call,
        'flat',
        flat(walk, places, call.args.length === 0 ? 1 : (numberOf(call.args[0]) ?? 4)),
      );
    case 'sort':
    case 'toSorted': {
      if (call.args.length > 0 || constants(places) === undefined) return undefined;
      const sorted = [...places].sort((a, b) => ((onlyText(a) ?? '') < (onlyText(b) ?? '') ? -1 : 1));
      return rearranged(walk, object, call, sorted);
    }
    case 'map': {
      const mapped = eachInlined(walk, places, call.args[0]);
      return mapped === undefined ? undefined : listOf(walk, call, 'each', mapped);
    }
    case 'reduce':
      return reduced(walk, places, call);
    default:
      return undefined;
  }
}

/**
 * A list in another order. `sort` and `reverse` change the list itself, too: where something else may
 * still read it, its places then hold either.
 */
function rearranged(walk: Walk, object: ObjectValue, call: Call, places: readonly Flow[]): Flow {
  const made = walk.machine.objectAt(call.node, 'rearranged', true);
  if (made.fields.size === 0)
    places.forEach((place, index) => made.fields.set(String(index), new Flow(...place)));
  const callee = childOf(call.node, 'function');
  const base = callee === undefined ? undefined : childOf(callee, 'object');
  if (!/^(array|call_expression)$/.test(base?.type ?? ''))
    for (const [name, place] of made.fields) walk.machine.store(object, name, place);
  return new Flow(made);
}

/** What a short function of the program gives for every place. */
export function eachInlined(
  walk: Walk,
  places: readonly Flow[],
  callee: Flow | undefined,
): Flow[] | undefined {
  const mapped: Flow[] = [];
  for (const [index, place] of places.entries()) {
    const number: Value = { kind: 'number', number: index };
    const given = isConstant(place) ? inlined(walk, callee, [place, new Flow(number)]) : undefined;
    if (given === undefined) return undefined;
    mapped.push(given);
  }
  return mapped;
}

function reduced(walk: Walk, places: readonly Flow[], call: Call): Flow | undefined {
  const [callee, start] = call.args;
  let sum = start ?? places[0];
  for (const place of start === undefined ? places.slice(1) : places) {
    if (sum === undefined || !isConstant(sum) || !isConstant(place)) return undefined;
    sum = inlined(walk, callee, [sum, place]);
  }
  return sum !== undefined && isConstant(sum) ? sum : undefined;
}

function placesOfList(values: Flow): Flow[] | undefined {
  return ofKind(values, 'object').length === 1 ? placesOf(values) : undefined;
}

function flat(walk: Walk, places: readonly Flow[], depth: number): Flow[] {
  const result: Flow[] = [];
  const add = (place: Flow, levels: number): void => {
    walk.machine.spend(1);
    const inner = levels < 1 ? undefined : placesOfList(place);
    if (inner === undefined) result.push(place);
    else for (const one of inner) if (result.length < mostPlaces) add(one, levels - 1);
  };
  for (const place of places) if (result.length < mostPlaces) add(place, Math.min(depth, 4));
  return result;
}

function constants(places: readonly Flow[]): string[] | undefined {
  const texts: string[] = [];
  for (const place of places) {
    const [only] = textsOf(place);
    if (place.items.size !== 1 || only === undefined) return undefined;
    texts.push(only);
  }
  return texts;
}

function numberOf(flow: Flow | undefined): number | undefined {
  const [value] = flow ?? unknown();
  return flow?.items.size === 1 && value?.kind === 'number' ? value.number : undefined;
}
