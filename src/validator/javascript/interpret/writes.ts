import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Scope } from '../scopes.ts';
import { isFunction, lookUp, nameOf } from '../scopes.ts';
import type { Flow } from '../values.ts';
import type { Machine } from './machine.ts';

/** A node with what stands around it. */
interface Around {
  readonly node: SyntaxNode;
  readonly outer: Around | undefined;
}

/** A place where a name is given a value. */
export interface Write {
  /** The identifier. */
  readonly node: SyntaxNode;
  readonly around: Around | undefined;
  /** What it is given, where that is written out and is all that is given. */
  readonly value: SyntaxNode | undefined;
}

const programs = new WeakMap<SyntaxNode, ReadonlyMap<string, readonly Write[]>>();

/** Every place that gives a value to the variable behind a name. */
export function writesOf(machine: Machine, name: string, flow: Flow): readonly Write[] {
  let writes = programs.get(machine.thrown);
  if (writes === undefined) programs.set(machine.thrown, (writes = collect(machine)));
  const named = writes.get(name) ?? [];
  machine.spend(named.length);
  return named.filter((write) => flowAt(machine, name, write.around) === flow);
}

/** The innermost function around a place. */
export function functionAround(write: Write): SyntaxNode | undefined {
  for (let at = write.around; at !== undefined; at = at.outer) if (isFunction(at.node)) return at.node;
  return undefined;
}

function flowAt(machine: Machine, name: string, around: Around | undefined): Flow | undefined {
  for (let at = around; at !== undefined; at = at.outer) {
    const scope: Scope | undefined = machine.scopes.get(at.node);
    if (scope !== undefined) return lookUp(scope, name);
  }
  return lookUp(machine.top, name);
}

function collect(machine: Machine): ReadonlyMap<string, readonly Write[]> {
  const found = new Map<string, Write[]>();
  const add = (target: SyntaxNode | undefined, around: Around | undefined, value?: SyntaxNode): void => {
    for (const node of namesIn(target)) {
      const name = nameOf(node, machine.source);
      const write = { node, around, value: node === target ? value : undefined };
      const all = found.get(name);
      if (all === undefined) found.set(name, [write]);
      else all.push(write);
    }
  };
  const open: Around[] = [{ node: machine.thrown, outer: undefined }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node } = at;
    machine.spend(1);
    switch (node.type) {
      case 'assignment_expression':
        add(childOf(node, 'left'), at, childOf(node, 'right'));
        break;
      case 'augmented_assignment_expression':
      case 'for_in_statement':
        add(childOf(node, 'left'), at);
        break;
      case 'update_expression':
        add(childOf(node, 'argument'), at);
        break;
      case 'variable_declarator': {
        const value = childOf(node, 'value');
        if (value !== undefined) add(childOf(node, 'name'), at, value);
        break;
      }
    }
    for (const child of node.children) open.push({ node: child, outer: at });
  }
  return found;
}

/** The identifiers in a target; the ones inside members are not given anything themselves. */
function namesIn(target: SyntaxNode | undefined): SyntaxNode[] {
  if (target === undefined || /^(member|subscript)_expression$/.test(target.type)) return [];
  if (/^(identifier|shorthand_property_identifier_pattern)$/.test(target.type)) return [target];
  return target.children.flatMap(namesIn);
}
