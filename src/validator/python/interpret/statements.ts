import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf, childrenOf } from '../../parse/tree.ts';
import { isUnknown, join, truth } from '../values/join.ts';
import { inst, none, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import { assignStatement, augmentedAssign, deleteTargets } from './assignment.ts';
import { defineClass } from './classes.ts';
import { defineFunction } from './functions.ts';
import { importFrom, importModules } from './imports.ts';
import { forStatement, whileStatement } from './loops.ts';
import type { Ending, Machine } from './machine.ts';
import { matchStatement } from './matching.ts';
import { branch, declare, flatten, identifier, skip } from './scopes.ts';
import { tryStatement, withStatement } from './tries.ts';

/** Walks the statements of a block. What comes after a certain end is put aside for later. */
export function execute(m: Machine, block: SyntaxNode): void {
  for (const statement of block.children) {
    if (m.frame.ending !== undefined) {
      skip(m, statement);
      continue;
    }
    m.visited.add(statement);
    m.current = statement;
    executeStatement(m, statement);
  }
}

function executeStatement(m: Machine, node: SyntaxNode): void {
  const { parts } = m;
  switch (node.type) {
    case 'expression_statement':
      for (const child of node.children) expressionStatement(m, child);
      return;
    case 'if_statement':
      ifStatement(m, node);
      return;
    case 'for_statement':
      forStatement(m, node);
      return;
    case 'while_statement':
      whileStatement(m, node);
      return;
    case 'function_definition':
      parts.bind(nameOf(m, node), [defineFunction(m, node)]);
      return;
    case 'class_definition':
      parts.bind(nameOf(m, node), defineClass(m, node));
      return;
    case 'decorated_definition':
      decorated(m, node);
      return;
    case 'return_statement': {
      const value = node.children[0] ? parts.evaluate(node.children[0]) : none;
      m.frame.returns = join(m.frame.returns, value);
      end(m, 'return');
      return;
    }
    case 'raise_statement':
      raise(m, node);
      return;
    case 'assert_statement': {
      const [condition, message] = node.children;
      if (condition) parts.evaluate(condition);
      if (!message) return;
      const carried = inst('exception', [], [], parts.evaluate(message));
      for (const record of m.tries) record.raised = join(record.raised, carried);
      return;
    }
    case 'break_statement':
      end(m, 'break');
      return;
    case 'continue_statement':
      end(m, 'continue');
      return;
    case 'import_statement':
      importModules(m, node);
      return;
    case 'import_from_statement':
      importFrom(m, node);
      return;
    case 'try_statement':
      tryStatement(m, node);
      return;
    case 'with_statement':
      withStatement(m, node);
      return;
    case 'match_statement':
      matchStatement(m, node);
      return;
    case 'global_statement':
      for (const name of node.children) declare(m.frame.scope, 'globals', identifier(m.text(name)));
      return;
    case 'nonlocal_statement':
      for (const name of node.children) declare(m.frame.scope, 'nonlocals', identifier(m.text(name)));
      return;
    case 'delete_statement':
      for (const target of node.children) deleteTargets(m, target);
      return;
    case 'type_alias_statement':
      typeAlias(m, node);
      return;
    case 'print_statement':
    case 'exec_statement':
      m.report('syntax', node, 'This is a statement of Python 2');
      for (const child of node.children) parts.evaluate(child);
      return;
    case 'future_import_statement':
    case 'pass_statement':
      return;
    case 'block':
      execute(m, node);
      return;
    default:
      for (const child of node.children) parts.evaluate(child);
  }
}

function nameOf(m: Machine, node: SyntaxNode): string {
  const name = childOf(node, 'name');
  return name ? identifier(m.text(name)) : '';
}

function expressionStatement(m: Machine, node: SyntaxNode): void {
  if (node.type === 'assignment') assignStatement(m, node);
  else if (node.type === 'augmented_assignment') augmentedAssign(m, node);
  else m.parts.evaluate(node);
}

/** Leaves the block; where that is not certain, what was bound so far may be seen after the loop. */
export function end(m: Machine, ending: Ending): void {
  m.frame.ending = ending;
  if (ending !== 'break' && ending !== 'continue') return;
  const loop = m.frame.loops.at(-1);
  if (loop && loop.leaks.length < 16) loop.leaks.push(flatten(m.frame.scope.vars, loop.base));
}

function ifStatement(m: Machine, node: SyntaxNode): void {
  const arms: { condition: SyntaxNode | undefined; block: SyntaxNode | undefined }[] = [
    { condition: childOf(node, 'condition'), block: childOf(node, 'consequence') },
  ];
  for (const clause of childrenOf(node, 'alternative')) {
    if (clause.type === 'elif_clause')
      arms.push({ condition: childOf(clause, 'condition'), block: childOf(clause, 'consequence') });
    else arms.push({ condition: undefined, block: childOf(clause, 'body') });
  }
  ifArms(m, arms, 0);
}

/** Follows a chain of conditions: certain ones choose, others fork. */
function ifArms(
  m: Machine,
  arms: readonly { condition: SyntaxNode | undefined; block: SyntaxNode | undefined }[],
  from: number,
): void {
  const possible: SyntaxNode[] = [];
  let open = true;
  for (let at = from; at < arms.length; at++) {
    const arm = arms[at];
    if (arm?.block === undefined) continue;
    if (!open) {
      skip(m, arm.block);
      continue;
    }
    const known = arm.condition === undefined ? true : truth(m.parts.evaluate(arm.condition));
    if (known === false) {
      skip(m, arm.block);
      continue;
    }
    possible.push(arm.block);
    if (known === true) open = false;
  }
  const first = possible[0];
  if (first && possible.length === 1 && !open) {
    m.visited.add(first);
    execute(m, first);
    return;
  }
  const walks = possible.map((block) => () => {
    m.visited.add(block);
    execute(m, block);
  });
  if (open) walks.push(() => undefined);
  branch(m, walks);
}

function decorated(m: Machine, node: SyntaxNode): void {
  const definition = childOf(node, 'definition');
  if (!definition) return;
  const decorators = node.children.filter((child) => child.type === 'decorator');
  const callees = decorators.map((decorator) =>
    decorator.children[0] ? m.parts.evaluate(decorator.children[0]) : unknown,
  );
  let value: Value =
    definition.type === 'class_definition' ? defineClass(m, definition) : [defineFunction(m, definition)];
  for (let at = decorators.length - 1; at >= 0; at--) {
    const decorator = decorators[at];
    if (!decorator) continue;
    const args = { positional: [value], keywords: new Map(), rest: [], keywordRest: [] };
    const result = m.parts.call(callees[at] ?? unknown, args, decorator);
    // A decorator that is not known mostly gives back what it was given.
    value = isUnknown(result) || result.length === 0 ? join(value, result) : result;
  }
  m.parts.bind(nameOf(m, definition), value);
}

function raise(m: Machine, node: SyntaxNode): void {
  const [first, ...others] = node.children;
  let value: Value = unknown;
  if (first) value = m.parts.evaluate(first);
  for (const other of others) m.parts.evaluate(other);
  const raised = value.flatMap((atom): Value =>
    atom.kind === 'class'
      ? m.parts.callAtom(atom, { positional: [], keywords: new Map(), rest: [], keywordRest: [] }, node)
      : [atom],
  );
  for (const record of m.tries) record.raised = join(record.raised, raised);
  end(m, 'raise');
}

function typeAlias(m: Machine, node: SyntaxNode): void {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const value = right
    ? m.parts.evaluate(right.type === 'type' ? (right.children[0] ?? right) : right)
    : unknown;
  const name = left && identifier(m.text(left).replace(/\[.*$/s, ''));
  if (name !== undefined) m.parts.bind(name, inst('typing.TypeAliasType', value));
}
