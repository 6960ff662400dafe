import type { SyntaxNode } from '../parse/tree.ts';
import { childOf, childOfType } from '../parse/tree.ts';
import { Flow } from './values.ts';
import type { FunctionValue } from './values.ts';

/** The names bound in one function or block, with what they may hold. */
export interface Scope {
  readonly names: Map<string, Flow>;
  readonly parent: Scope | undefined;
  /** The function that this scope is part of; undefined at the top. */
  readonly owner: FunctionValue | undefined;
}

export function makeScope(parent: Scope | undefined, owner: FunctionValue | undefined): Scope {
  return { names: new Map(), parent, owner };
}

export function declare(scope: Scope, name: string): Flow {
  let flow = scope.names.get(name);
  if (flow === undefined) scope.names.set(name, (flow = new Flow()));
  return flow;
}

/** The flow of a name, from the innermost scope outwards. */
export function lookUp(scope: Scope, name: string): Flow | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const flow = at.names.get(name);
    if (flow !== undefined) return flow;
  }
  return undefined;
}

const functions = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_expression',
  'generator_function',
  'arrow_function',
  'method_definition',
]);

export function isFunction(node: SyntaxNode): boolean {
  return functions.has(node.type);
}

/** An identifier as the language reads it: escapes in names mean the letters themselves. */
export function nameOf(node: SyntaxNode, source: string): string {
  const raw = source.slice(node.start, node.end);
  if (!raw.includes('\\')) return raw;
  return raw.replace(/\\u(?:\{([0-9a-f]+)\}|([0-9a-f]{4}))/gi, (_, long: string, short: string) =>
    String.fromCodePoint(Math.min(parseInt(long ?? short, 16), 0x10ffff)),
  );
}

/** Binds what `let`, `const`, `class`, `function` and imports declare directly in a block. */
export function declareBlock(scope: Scope, block: SyntaxNode, source: string): void {
  for (const child of block.children) {
    const node = child.type === 'export_statement' ? (childOf(child, 'declaration') ?? child) : child;
    switch (node.type) {
      case 'lexical_declaration':
        for (const one of node.children) declarePattern(scope, childOf(one, 'name'), source);
        break;
      case 'function_declaration':
      case 'generator_function_declaration':
      case 'class_declaration':
      case 'abstract_class_declaration':
      case 'enum_declaration': {
        const name = childOf(node, 'name');
        if (name !== undefined) declare(scope, nameOf(name, source));
        break;
      }
      case 'import_alias':
        declarePattern(scope, node.children[0], source);
        break;
      case 'expression_statement':
      case 'internal_module': {
        // A namespace; of `A.B` only the first part is a name here.
        const module = node.type === 'internal_module' ? node : childOfType(node, 'internal_module');
        const name = module === undefined ? undefined : childOf(module, 'name');
        const [first] = name === undefined ? [] : source.slice(name.start, name.end).split('.', 1);
        if (first !== undefined) declare(scope, first.trim());
        break;
      }
    }
  }
}

/** Binds every `var` below a node, without going into functions. */
export function declareVars(scope: Scope, node: SyntaxNode, source: string): void {
  for (const child of node.children) {
    if (isFunction(child)) continue;
    if (child.type === 'variable_declaration') {
      for (const one of child.children) declarePattern(scope, childOf(one, 'name'), source);
    }
    if (child.type === 'for_in_statement' && child.children[0]?.type === 'var') {
      declarePattern(scope, childOf(child, 'left'), source);
    }
    declareVars(scope, child, source);
  }
}

/** Binds every name in a pattern. */
export function declarePattern(scope: Scope, node: SyntaxNode | undefined, source: string): void {
  if (node === undefined) return;
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      declare(scope, nameOf(node, source));
      return;
    case 'assignment_pattern':
    case 'object_assignment_pattern':
      declarePattern(scope, childOf(node, 'left'), source);
      return;
    case 'pair_pattern':
      declarePattern(scope, childOf(node, 'value'), source);
      return;
    default:
      for (const child of node.children) declarePattern(scope, child, source);
  }
}
