import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import { importPlace } from '../modules.ts';
import type { Scope } from '../scopes.ts';
import { imported, via } from '../routes.ts';
import { declare, declareBlock, declarePattern, lookUp, makeScope, nameOf } from '../scopes.ts';
import { Flow, text, unknown } from '../values.ts';
import { functionAt, walkClass } from './functions.ts';
import { checkLoop } from './loops.ts';
import { readMember } from './members.ts';
import { assign, elementsOf } from './patterns.ts';
import { importAlias, walkEnum, walkNamespace } from './typescript.ts';
import type { Walk } from './walk.ts';

/** Walks one statement; all branches are taken. */
export function walkStatement(walk: Walk, scope: Scope, node: SyntaxNode): void {
  const { machine } = walk;
  switch (node.type) {
    case 'import_statement':
      importStatement(walk, scope, node);
      return;
    case 'lexical_declaration':
    case 'variable_declaration':
      for (const one of node.children) {
        const value = childOf(one, 'value');
        if (value !== undefined) assign(walk, scope, childOf(one, 'name'), walk.expression(scope, value));
      }
      return;
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'class_declaration':
    case 'abstract_class_declaration': {
      const made = node.type.includes('class') ? walkClass(walk, scope, node) : functionAt(walk, scope, node);
      const name = childOf(node, 'name');
      if (name !== undefined) machine.join(declare(scope, nameOf(name, machine.source)), new Flow(made));
      return;
    }
    case 'enum_declaration':
      walkEnum(walk, scope, node);
      return;
    case 'internal_module':
    case 'module':
      walkNamespace(walk, scope, node);
      return;
    case 'import_alias':
      importAlias(walk, scope, node);
      return;
    case 'export_statement':
      exportStatement(walk, scope, node);
      return;
    case 'return_statement': {
      const values = walk.expression(scope, node.children[0]);
      if (scope.owner !== undefined) machine.join(scope.owner.returns, values);
      return;
    }
    case 'for_in_statement':
      forIn(walk, scope, node);
      return;
    case 'labeled_statement': {
      const [label, body] = node.children;
      if (label !== undefined && body !== undefined) machine.labels.set(body, machine.textOf(label));
      break;
    }
    case 'with_statement':
      machine.report(node, 'internals.dynamic', 'With `with`, names mean what only the run can tell');
      break;
    case 'while_statement':
    case 'do_statement':
    case 'for_statement':
      checkLoop(walk, innerScope(walk, scope, node), node);
      break;
    case 'catch_clause': {
      const inner = innerScope(walk, scope, node);
      const parameter = childOf(node, 'parameter');
      declarePattern(inner, parameter, machine.source);
      const caught = machine.contents(machine.objectAt(machine.thrown, 'thrown'));
      assign(walk, inner, parameter, via(machine, caught, 'thrown and caught', node));
      break;
    }
    case 'throw_statement':
      machine.store(
        machine.objectAt(machine.thrown, 'thrown'),
        undefined,
        walk.expression(scope, node.children[0]),
      );
      return;
    case 'expression_statement':
    case 'sequence_expression':
      for (const child of node.children)
        if (child.type === 'internal_module') walk.statement(scope, child);
        else walk.expression(scope, child);
      return;
  }
  if (!/statement|clause|switch|block|program|module$|case|default|declaration/.test(node.type)) {
    walk.expression(scope, node);
    return;
  }
  const inner = innerScope(walk, scope, node);
  for (const child of node.children)
    if (child.field !== 'operator' && child.field !== 'label') walkStatement(walk, inner, child);
}

/** The scope of a block, a loop or a clause; the same one in every pass. */
function innerScope(walk: Walk, scope: Scope, node: SyntaxNode): Scope {
  let inner = walk.machine.scopes.get(node);
  if (inner === undefined) {
    inner = makeScope(scope, scope.owner);
    walk.machine.scopes.set(node, inner);
    declareBlock(inner, node, walk.machine.source);
  }
  return inner;
}

function forIn(walk: Walk, scope: Scope, node: SyntaxNode): void {
  const inner = innerScope(walk, scope, node);
  const left = childOf(node, 'left');
  if (childOf(node, 'kind') !== undefined) declarePattern(inner, left, walk.machine.source);
  const over = walk.expression(scope, childOf(node, 'right'));
  const keys = childOf(node, 'operator')?.type === 'in';
  assign(
    walk,
    inner,
    left,
    keys ? unknown() : via(walk.machine, elementsOf(walk, over), 'taken from the list', node),
  );
  const body = childOf(node, 'body');
  if (body !== undefined) walkStatement(walk, inner, body);
}

function importStatement(walk: Walk, scope: Scope, node: SyntaxNode): void {
  const { machine } = walk;
  // Types are erased before the program runs, and with them this import.
  if (/^import\s+type\s+(?:[{*]|(?!from\b)[\w$])/.test(machine.textOf(node))) return;
  const clause = node.children.find(
    (child) => child.type.startsWith('import_') && child.type.endsWith('clause'),
  );
  const module = moduleOf(
    walk,
    scope,
    childOf(node, 'source') ?? (clause && childOf(clause, 'source')),
    node,
  );
  const bind = (name: SyntaxNode | undefined, values: Flow): void => {
    if (name === undefined) return;
    const plain = nameOf(name, machine.source);
    declare(scope, plain);
    assign(walk, scope, name, imported(machine, values, plain, node));
  };
  for (const part of clause?.children ?? []) {
    if (part.type === 'identifier') bind(part, module);
    else if (part.type === 'namespace_import') bind(part.children[0], module);
    else if (part.type === 'named_imports') {
      for (const one of part.children) {
        const name = childOf(one, 'name');
        if (name === undefined) continue;
        const plain = name.type === 'string' ? (name.children[0] ?? name) : name;
        const member = readMember(machine, one, module, new Flow(text(nameOf(plain, machine.source))));
        bind(childOf(one, 'alias') ?? name, member);
      }
    }
  }
}

function moduleOf(walk: Walk, scope: Scope, source: SyntaxNode | undefined, node: SyntaxNode): Flow {
  const result = new Flow();
  for (const value of walk.expression(scope, source)) {
    if (value.kind !== 'text') continue;
    const place = importPlace(value.text, walk.machine.options.allowedPaths);
    if (place.kind === 'refused') walk.machine.report(node, place.rule, `This ${place.what}`);
    else result.add(walk.machine.mention(node, place.value));
  }
  return result.items.size === 0 ? unknown() : result;
}

function exportStatement(walk: Walk, scope: Scope, node: SyntaxNode): void {
  const source = childOf(node, 'source');
  if (source !== undefined) {
    const module = moduleOf(walk, scope, source, node);
    for (const clause of node.children.filter((child) => child.type === 'export_clause')) {
      for (const one of clause.children) {
        const name = childOf(one, 'name');
        if (name !== undefined)
          readMember(walk.machine, one, module, new Flow(text(nameOf(name, walk.machine.source))));
      }
    }
    return;
  }
  for (const child of node.children) {
    if (child.type === 'export_clause') {
      for (const one of child.children) {
        const name = childOf(one, 'name');
        if (name !== undefined && lookUp(scope, nameOf(name, walk.machine.source)) !== undefined)
          walk.expression(scope, name);
      }
    } else walkStatement(walk, scope, child);
  }
}
