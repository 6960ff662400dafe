import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf, childOfType } from '../../parse/tree.ts';
import { join, joinAll } from '../values/join.ts';
import { argsOf, inst, nothing, unknown } from '../values/make.ts';
import { awaited } from './awaiting.ts';
import { Bindings } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import type { Machine, TryRecord } from './machine.ts';
import { branch, identifier, unbind } from './scopes.ts';

/** `try`: handlers see the names in any state that the body can leave them in. */
export function tryStatement(m: Machine, node: SyntaxNode): void {
  const body = childOf(node, 'body');
  const handlers = node.children.filter((child) => child.type.startsWith('except'));
  const otherwise = childOfType(node, 'else_clause');
  const finale = childOfType(node, 'finally_clause');
  const record: TryRecord = {
    raised: nothing,
    scope: m.frame.scope,
    assigned: new Map(),
    touched: nothing,
    finished: nothing,
  };
  const { scope } = m.frame;
  const before = scope.vars;
  const tried = new Bindings(before);
  scope.vars = tried;
  m.tries.push(record);
  if (body) m.parts.execute(body);
  m.tries.pop();
  scope.vars = before;
  const ending = m.frame.ending;
  m.frame.ending = undefined;

  const arms: (() => void)[] = handlers.map((handler) => () => {
    for (const [name, value] of record.assigned)
      scope.vars.set(name, join(before.get(name) ?? [{ kind: 'unbound', key: '-' }], value));
    handle(m, handler, record);
  });
  arms.unshift(() => {
    for (const [name, value] of tried.own) scope.vars.set(name, value);
    m.frame.ending = ending;
    const block = otherwise && childOf(otherwise, 'body');
    if (block && ending === undefined) m.parts.execute(block);
  });
  if (arms.length === 1) arms[0]?.();
  else branch(m, arms);

  const last = finale && childOfType(finale, 'block');
  if (last) {
    const left = m.frame.ending;
    m.frame.ending = undefined;
    m.parts.execute(last);
    m.frame.ending ??= left;
  }
}

function handle(m: Machine, handler: SyntaxNode, record: TryRecord): void {
  const block = childOfType(handler, 'block');
  let caughtName: string | undefined;
  const caught = handler.children.find((child) => child !== block);
  if (caught?.type === 'as_pattern') {
    const [type, target] = caught.children;
    const kinds = type ? m.parts.evaluate(type) : unknown;
    const name = target?.children[0] ?? target;
    const libraries = kinds.filter((atom) => atom.kind === 'lib');
    const exception = join(
      record.raised,
      joinAll([
        ...libraries.map((atom) => inst('exception', record.touched, record.finished, [atom])),
        inst('exception', record.touched, record.finished),
      ]),
    );
    if (name) m.parts.assign(name, exception);
    caughtName = name && identifier(m.text(name));
  } else if (caught) {
    m.parts.evaluate(caught);
  }
  if (block) m.parts.execute(block);
  // The name of the exception is gone after its handler.
  if (caughtName !== undefined) unbind(m, caughtName);
}

/** `with a as b, c`: what `__enter__` gives is bound. */
export function withStatement(m: Machine, node: SyntaxNode): void {
  const clause = childOfType(node, 'with_clause');
  const body = childOf(node, 'body');
  const managers: Value[] = [];
  for (const item of clause?.children ?? []) {
    const value = childOf(item, 'value') ?? item.children[0];
    if (!value) continue;
    const target = value.type === 'as_pattern' ? childOfType(value, 'as_pattern_target') : undefined;
    const source = value.type === 'as_pattern' ? value.children[0] : value;
    if (!source) continue;
    const manager = m.parts.evaluate(source);
    managers.push(manager);
    const entered = enter(m, manager, source);
    if (target) for (const name of target.children) m.parts.assign(name, entered);
  }
  if (body) m.parts.execute(body);
  for (const manager of managers.reverse()) exit(m, manager, node);
}

function enter(m: Machine, manager: Value, node: SyntaxNode): Value {
  const entered: Value[] = [];
  for (const atom of manager) {
    if (atom.kind === 'obj') {
      const asynchronous = m.parts.attribute([atom], '__aenter__', node);
      entered.push(m.parts.call(m.parts.attribute([atom], '__enter__', node), argsOf(), node));
      if (asynchronous.some((other) => other.kind === 'func'))
        entered.push(awaited(m, m.parts.call(asynchronous, argsOf(), node), node));
    } else if (atom.kind === 'iter') {
      entered.push(atom.item);
    } else if (atom.kind === 'inst' && atom.path === 'contextmanager') {
      entered.push(...atom.data);
    } else {
      entered.push([atom]);
    }
  }
  const all = joinAll(entered);
  return all.length === 0 ? unknown : all;
}

function exit(m: Machine, manager: Value, node: SyntaxNode): void {
  for (const atom of manager) {
    if (atom.kind !== 'obj') continue;
    for (const name of ['__exit__', '__aexit__']) {
      const method = m.parts.attribute([atom], name, node);
      const callable = method.filter((other) => other.kind !== 'unknown');
      if (callable.length > 0) m.parts.call(callable, argsOf(unknown, unknown, unknown), node);
    }
  }
}
