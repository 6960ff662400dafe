import { via } from '../routes.ts';
import { Flow } from '../values.ts';
import type { Value } from '../values.ts';
import type { Walk } from './walk.ts';

/** Functions of the program that library code or unknown code will call, with what it gives them. */
export function callBack(walk: Walk, args: readonly Flow[], given: Flow): Flow {
  const result = new Flow();
  for (const argument of args) {
    for (const value of argument) {
      if (value.kind !== 'function') continue;
      const handed = via(walk.machine, given, 'passed on to a callback', value.node);
      for (const place of [0, 1, 2]) walk.machine.join((value.params[place] ??= new Flow()), handed);
      walk.machine.spend(value.returns.items.size);
      result.addAll(value.returns);
    }
  }
  return result;
}

/** The values of a flow that are of one kind. */
export function ofKind<K extends Value['kind']>(
  flow: Flow | undefined,
  kind: K,
): Extract<Value, { kind: K }>[] {
  return [...(flow ?? [])].filter((value): value is Extract<Value, { kind: K }> => value.kind === kind);
}
