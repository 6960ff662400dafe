import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Scope } from '../scopes.ts';
import { lookUp, nameOf } from '../scopes.ts';
import type { Flow } from '../values.ts';
import type { Walk } from './walk.ts';
import type { Write } from './writes.ts';
import { functionAround, writesOf } from './writes.ts';

/** The variables of a condition; those that are compared by size have to be numbers or texts. */
interface Names {
  readonly all: Map<string, SyntaxNode>;
  readonly sized: Set<string>;
}

/**
 * Whether nothing can change what a condition says: it is made of plain variables of the program,
 * and neither the loop nor any other function gives them another value.
 */
export function staysTrue(walk: Walk, scope: Scope, loop: SyntaxNode, condition: SyntaxNode): boolean {
  const names: Names = { all: new Map(), sized: new Set() };
  if (!plain(walk, condition, names, false) || names.all.size === 0) return false;
  const first = new Map<string, string>();
  for (const name of names.all.keys()) {
    const flow = lookUp(scope, name);
    if (flow === undefined || holdsParts(flow)) return false;
    const writes = writesOf(walk.machine, name, flow);
    const home = homeOf(scope, name);
    if (writes.some((write) => mayRunMeanwhile(write, loop, home))) return false;
    if (names.sized.has(name) && !isPlainValue(flow, writes) && mentions(walk, loop, name)) return false;
    const [only] = writes;
    if (writes.length === 1 && only?.value !== undefined) first.set(name, walk.machine.textOf(only.value));
  }
  return !isFalse(walk, condition, first);
}

/** Members of exported or unknown things may stand behind a name that came from elsewhere. */
function holdsParts(flow: Flow): boolean {
  for (const value of flow) if (value.kind === 'ref') return true;
  return false;
}

function plain(walk: Walk, node: SyntaxNode, names: Names, sized: boolean): boolean {
  walk.machine.spend(1);
  switch (node.type) {
    case 'identifier':
    case 'undefined': {
      const name = nameOf(node, walk.machine.source);
      if (name === 'undefined') return true;
      names.all.set(name, node);
      if (sized) names.sized.add(name);
      return true;
    }
    case 'number':
    case 'string':
    case 'true':
    case 'false':
    case 'null':
      return true;
    case 'expression_statement':
    case 'parenthesized_expression':
      return node.children.every((child) => plain(walk, child, names, sized));
    case 'unary_expression':
    case 'binary_expression': {
      const operator = childOf(node, 'operator')?.type ?? '';
      if (!/^([!+-]|[!=]==?|&&|\|\||\?\?|[<>]=?|[*/%])$/.test(operator)) return false;
      const bySize = sized || !/^(!|[!=]==|&&|\|\||\?\?)$/.test(operator);
      return node.children.every((child) => child.field === 'operator' || plain(walk, child, names, bySize));
    }
    default:
      return false;
  }
}

/**
 * Whether a write may happen between two rounds: in the loop, or in a function that a call may run.
 * The function that declares the name waits at the loop, or for it.
 */
function mayRunMeanwhile(write: Write, loop: SyntaxNode, home: SyntaxNode | undefined): boolean {
  if (functionAround(write) !== home) return true;
  const start = childOf(loop, 'initializer')?.end ?? loop.start;
  return write.node.start >= start && write.node.end <= loop.end;
}

/** The function that declares a name; undefined for the top of the program. */
function homeOf(scope: Scope, name: string): SyntaxNode | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent)
    if (at.names.has(name)) return at.owner?.node;
  return undefined;
}

const literal = /^(number|string|template_string|true|false|null|undefined)$/;

function isPlainValue(flow: Flow, writes: readonly Write[]): boolean {
  const known = [...flow].every((value) => value.kind === 'number' || value.kind === 'text');
  if (known && flow.items.size > 0) return true;
  return writes.length > 0 && writes.every(({ value }) => value !== undefined && literal.test(value.type));
}

/** Whether a loop's body names a variable, which may be an object that changes inside. */
function mentions(walk: Walk, loop: SyntaxNode, name: string): boolean {
  const body = childOf(loop, 'body');
  const open = body === undefined ? [] : [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    walk.machine.spend(1);
    if (/identifier/.test(node.type) && walk.machine.textOf(node) === name) return true;
    open.push(...node.children);
  }
  return false;
}

/** Whether the loop is never entered: its one variable has one value, and that ends it. */
function isFalse(walk: Walk, condition: SyntaxNode, first: ReadonlyMap<string, string>): boolean {
  const source = walk.machine.textOf(condition).replace(/^\(|[);\s]+$/g, '');
  const value = first.get(source.replace(/^!\s*/, ''));
  if (value === undefined) return false;
  const off = /^(false|0|null|undefined|''|"")$/.test(value);
  return source.startsWith('!') ? !off && /^(true|[1-9]\d*)$/.test(value) : off;
}
