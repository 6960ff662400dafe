import type { SyntaxNode } from '../parse/tree.ts';
import { childOf } from '../parse/tree.ts';
import { further } from '../route.ts';
import type { Machine } from './interpret/machine.ts';
import { Flow, ref } from './values.ts';
import type { ObjectValue, RefValue, Value } from './values.ts';

/** The same thing of the language, with one more step on the way to it. */
export function passed(
  machine: Machine,
  value: RefValue,
  how: string,
  node: SyntaxNode,
  name?: string,
): RefValue {
  const step = { path: plain(value.path), how, line: machine.lineOf(node) };
  return ref(value.path, further(value.route, name === undefined ? step : { ...step, name }));
}

/** Notes on all that is of the language in a flow by what way it came here. */
export function via(machine: Machine, flow: Flow, how: string, node: SyntaxNode): Flow {
  return eachRef(flow, (value) => passed(machine, value, how, node));
}

/** Notes by which name it goes on. */
export function named(machine: Machine, flow: Flow, name: string, node: SyntaxNode): Flow {
  return eachRef(flow, (value) =>
    value.route?.name === name || (value.route === undefined && says(value.path, name))
      ? value
      : passed(machine, value, 'assigned', node, name),
  );
}

/** What an import statement binds to a name. */
export function imported(machine: Machine, flow: Flow, name: string, node: SyntaxNode): Flow {
  return eachRef(flow, (value) => passed(machine, value, 'imported', node, name));
}

/** A module that a call gives; a name that the call does not spell out is shown. */
export function required(machine: Machine, value: RefValue, name: string, call: SyntaxNode): RefValue {
  const how = childOf(call, 'function')?.type === 'import' ? 'imported' : 'required';
  const spelled = isSpelled(machine, childOf(call, 'arguments') ?? call, name);
  return passed(machine, value, spelled ? how : `${how} by the text \`${shown(name)}\``, call);
}

/** A member; a name that the code does not spell out is shown. */
export function byName(machine: Machine, value: RefValue, name: string, node: SyntaxNode): RefValue {
  if (isSpelled(machine, childOf(node, 'index') ?? node, name)) return value;
  return passed(machine, value, `named by the text \`${shown(name)}\``, node);
}

/** In the words of a route. */
export function takenFrom(object: ObjectValue): string {
  return object.array ? 'taken from the list' : 'taken from the object';
}

function eachRef(flow: Flow, change: (value: RefValue) => RefValue): Flow {
  let found = false;
  for (const value of flow.items.values()) if (value.kind === 'ref') found = true;
  if (!found) return flow;
  const changed = (value: Value): Value => (value.kind === 'ref' ? change(value) : value);
  return new Flow(...[...flow].map(changed));
}

/** Looked for near the beginning alone: what is nested deeply must not be read at every level. */
function isSpelled(machine: Machine, node: SyntaxNode, name: string): boolean {
  return machine.source.slice(node.start, Math.min(node.end, node.start + 400)).includes(name);
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function says(path: string, name: string): boolean {
  return path === name || path.endsWith(`.${name}`);
}

function plain(path: string): string {
  return path.replace(/^node:/, '');
}
