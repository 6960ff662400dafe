import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Scope } from '../scopes.ts';
import { nameOf } from '../scopes.ts';
import { Flow, maybeOther, onlyText, ref, text, textsOf, unknown } from '../values.ts';
import { callMethod } from './methods.ts';
import { readMember } from './members.ts';
import { elementsOf } from './patterns.ts';
import type { Call, Walk } from './walk.ts';

export function callExpression(walk: Walk, scope: Scope, node: SyntaxNode): Flow {
  const callee = childOf(node, 'function');
  const call = callOf(walk, scope, node, false);
  if (callee?.type === 'import') return walk.apply(new Flow(ref('import')), call);
  if (callee?.type === 'super') {
    const parents = scopeParents(scope);
    return walk.apply(parents, { ...call, isNew: true });
  }
  if (callee?.type === 'member_expression' || callee?.type === 'subscript_expression') {
    const base = walk.expression(scope, childOf(callee, 'object'));
    const property = childOf(callee, 'property');
    const names =
      property === undefined
        ? walk.expression(scope, childOf(callee, 'index'))
        : new Flow(text(nameOf(property, walk.machine.source)));
    if (maybeOther(names) && call.args.some((given) => textsOf(given).length > 0))
      checkTwice(walk, scope, callee);
    const name = onlyText(names);
    const handled = name === undefined ? undefined : callMethod(walk, base, name, call);
    if (handled !== undefined) return handled;
    return walk.apply(readMember(walk.machine, callee, base, names), call, base);
  }
  return walk.apply(walk.expression(scope, callee), call);
}

/**
 * A member of an empty list, a text or a number under a name that only the run knows is one of the
 * language's own; such a member of it in turn may be what makes code of the text that it is given.
 */
function checkTwice(walk: Walk, scope: Scope, callee: SyntaxNode): void {
  const inner = childOf(callee, 'object');
  if (inner?.type !== 'subscript_expression') return;
  const names = walk.expression(scope, childOf(inner, 'index'));
  if (!maybeOther(names) || [...names].some((name) => name.kind === 'number')) return;
  for (const value of walk.expression(scope, childOf(inner, 'object'))) {
    const empty = value.kind === 'object' && value.array && value.fields.size + value.rest.items.size === 0;
    if (!empty && value.kind !== 'text' && value.kind !== 'number') continue;
    const message = 'This calls a member of a member, both under names that are only known at run time';
    walk.machine.report(callee, 'internals.dynamic', message);
  }
}

function scopeParents(scope: Scope): Flow {
  const result = new Flow();
  for (const self of scope.owner?.self ?? []) {
    if (self.kind !== 'object') continue;
    for (const parent of self.parents) {
      if (parent.kind === 'object')
        for (const made of parent.fields.get('constructor') ?? []) result.add(made);
    }
  }
  return result;
}

export function newExpression(walk: Walk, scope: Scope, node: SyntaxNode): Flow {
  const made = walk.expression(scope, childOf(node, 'constructor'));
  return walk.apply(made, callOf(walk, scope, node, true));
}

export function taggedTemplate(walk: Walk, scope: Scope, node: SyntaxNode, template: SyntaxNode): Flow {
  const whole = walk.expression(scope, template);
  const tag = walk.expression(scope, childOf(node, 'function'));
  const parts = walk.machine.objectAt(template, 'parts', true);
  walk.machine.store(parts, undefined, whole);
  const values = template.children
    .filter((child) => child.type === 'template_substitution')
    .map((child) => walk.expression(scope, child.children[0]));
  const result = walk.apply(tag, { node, args: [new Flow(parts), ...values], spread: false, isNew: false });
  return [...tag].some((value) => value.kind === 'ref' && value.path === 'String.raw') ? whole : result;
}

/** A longer list is spread as a whole: a program that spreads its own lists would make them for ever. */
const mostPlaces = 64;

function callOf(walk: Walk, scope: Scope, node: SyntaxNode, isNew: boolean): Call {
  const args: Flow[] = [];
  let spread = false;
  for (const argument of childOf(node, 'arguments')?.children ?? []) {
    const values = walk.expression(scope, argument);
    if (argument.type !== 'spread_element') {
      args.push(values);
      continue;
    }
    // An array written out is spread by place; of others only the elements are known.
    const [only] = values;
    const listed = only?.kind === 'object' && only.array && only.rest.items.size === 0;
    if (listed && values.items.size === 1 && only.fields.size <= mostPlaces) {
      for (let index = 0; index < only.fields.size; index++) {
        args.push(only.fields.get(String(index)) ?? unknown());
      }
    } else {
      spread = true;
      args.push(elementsOf(walk, values));
    }
  }
  return { node, args, spread, isNew };
}
