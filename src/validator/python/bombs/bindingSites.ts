import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import { identifier } from '../interpret/scopes.ts';
import type { Machine } from '../interpret/machine.ts';

/** A place where a name is bound. */
interface Site {
  /** The function that holds the place; undefined for the module. */
  readonly within: SyntaxNode | undefined;
  /** The function binds the name of a scope around it. */
  readonly outer: boolean;
}

const programs = new WeakMap<SyntaxNode, ReadonlyMap<string, readonly Site[]>>();
const functionLike = new Set(['function_definition', 'lambda']);

/**
 * Whether code beside the loop may bind the name while the loop runs: a callback or a thread that
 * declares it `global` or `nonlocal`, or the module, for a name that a function only reads.
 */
export function boundElsewhere(m: Machine, name: string): boolean {
  let sites = programs.get(m.parsed.root);
  if (sites === undefined) programs.set(m.parsed.root, (sites = collect(m)));
  const here = m.frame.code?.node;
  const all = sites.get(name) ?? [];
  const others = all.filter((site) => site.within !== here);
  if (others.some((site) => site.outer)) return true;
  if (here === undefined || m.frame.scope.vars.get(name) !== undefined) return false;
  return others.length > 1;
}

/** Identifiers that a statement or expression binds. */
export function targetsOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.type) {
    case 'assignment':
    case 'augmented_assignment':
    case 'for_statement':
    case 'for_in_clause':
      return names(childOf(node, 'left'));
    case 'named_expression':
      return names(childOf(node, 'name'));
    case 'as_pattern':
      return names(childOf(node, 'alias'));
    case 'delete_statement':
      return node.children.flatMap(names);
    default:
      return noTargets;
  }
}

const noTargets: readonly SyntaxNode[] = [];

function names(target: SyntaxNode | undefined): SyntaxNode[] {
  if (target === undefined || target.type === 'attribute' || target.type === 'subscript') return [];
  if (target.type === 'identifier') return [target];
  return target.children.flatMap(names);
}

function collect(m: Machine): Map<string, Site[]> {
  const sites = new Map<string, Site[]>();
  const functions: SyntaxNode[] = [];
  const walk = (root: SyntaxNode, within: SyntaxNode | undefined, outer: ReadonlySet<string>): void => {
    const open = [...root.children];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const target of targetsOf(node)) {
        const name = identifier(m.text(target));
        const known = sites.get(name);
        const site = { within, outer: outer.has(name) };
        if (known === undefined) sites.set(name, [site]);
        else known.push(site);
      }
      if (functionLike.has(node.type)) functions.push(node);
      else for (const child of node.children) if (child.children.length > 0) open.push(child);
    }
  };
  walk(m.parsed.root, undefined, new Set());
  for (let node = functions.pop(); node !== undefined; node = functions.pop())
    walk(node, node, declared(m, node));
  return sites;
}

/** Names that a function declares as those of scopes around it. */
function declared(m: Machine, definition: SyntaxNode): Set<string> {
  const found = new Set<string>();
  if (!m.declares) return found;
  const open = [...definition.children];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (functionLike.has(node.type)) continue;
    if (node.type === 'global_statement' || node.type === 'nonlocal_statement')
      for (const name of node.children) found.add(identifier(m.text(name)));
    else open.push(...node.children);
  }
  return found;
}
