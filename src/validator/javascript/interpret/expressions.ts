import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Scope } from '../scopes.ts';
import { isFunction, lookUp, nameOf } from '../scopes.ts';
import { isShared } from '../sinks.ts';
import { Flow, longText, ref, text, unknown } from '../values.ts';
import type { ObjectValue } from '../values.ts';
import { callExpression, newExpression, taggedTemplate } from './calls.ts';
import { binary, escaped, joinTexts } from './fold.ts';
import { functionAt, walkClass } from './functions.ts';
import { readGlobal, readMember } from './members.ts';
import { placesOf } from './lists.ts';
import { assign, elementsOf, propertyNames, storeInto } from './patterns.ts';
import { decorate } from './typescript.ts';
import type { Walk } from './walk.ts';

/** Types are erased before the program runs. */
const erased =
  /^(type_(?!assertion)|predefined_type|interface_declaration|ambient_declaration|accessibility_modifier|implements_clause|asserts|function_type|object_type|union_type|generic_type|array_type|tuple_type|literal_type|optional_chain|comment|null)/;

/** What an expression may be; every mention in it that matters is reported on the way. */
export function evaluate(walk: Walk, scope: Scope, node: SyntaxNode | undefined): Flow {
  if (node === undefined || erased.test(node.type)) return unknown();
  const { machine } = walk;
  const inner = (field: string): Flow => walk.expression(scope, childOf(node, field));
  if (isFunction(node)) return new Flow(functionAt(walk, scope, node));
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier': {
      const name = nameOf(node, machine.source);
      const flow = lookUp(scope, name);
      if (flow === undefined)
        return name === 'arguments' ? argumentsOf(walk, scope) : readGlobal(machine, node, name);
      for (const value of flow) if (value.kind === 'ref') machine.mention(node, value);
      return flow;
    }
    case 'this':
      return scope.owner === undefined ? new Flow(ref('this')) : thisOf(scope);
    case 'super':
      return thisOf(scope);
    case 'string':
    case 'template_string':
      return template(walk, scope, node);
    case 'regex': {
      const part = (field: string): string =>
        machine.textOf(childOf(node, field) ?? { ...node, end: node.start });
      return new Flow({ kind: 'pattern', source: part('pattern'), flags: part('flags') });
    }
    case 'number': {
      const number = Number(machine.textOf(node).replaceAll('_', '').replace(/n$/, ''));
      return Number.isNaN(number) ? unknown() : new Flow({ kind: 'number', number });
    }
    case 'parenthesized_expression':
    case 'as_expression':
    case 'satisfies_expression':
    case 'non_null_expression':
    case 'await_expression':
    case 'spread_element':
    case 'instantiation_expression':
      return walk.expression(scope, node.children[0]);
    case 'type_assertion':
      return walk.expression(scope, node.children.at(-1));
    case 'sequence_expression': {
      let last = unknown();
      for (const child of node.children) last = walk.expression(scope, child);
      return last;
    }
    case 'member_expression': {
      const property = childOf(node, 'property');
      const name = property === undefined ? '' : nameOf(property, machine.source);
      return readMember(machine, node, inner('object'), new Flow(text(name)));
    }
    case 'subscript_expression':
      return readMember(machine, node, inner('object'), inner('index'));
    case 'call_expression': {
      const args = childOf(node, 'arguments');
      return args?.type === 'template_string'
        ? taggedTemplate(walk, scope, node, args)
        : callExpression(walk, scope, node);
    }
    case 'new_expression':
      return newExpression(walk, scope, node);
    case 'assignment_expression': {
      const values = inner('right');
      assign(walk, scope, childOf(node, 'left'), values);
      return values;
    }
    case 'augmented_assignment_expression':
    case 'binary_expression':
      return operation(walk, scope, node);
    case 'unary_expression': {
      // Asking for the type of a name does not use what it names.
      const argument = childOf(node, 'argument');
      const operator = childOf(node, 'operator')?.type;
      if (operator === 'typeof' && argument?.type === 'identifier') return unknown();
      walk.expression(scope, argument);
      if (operator === 'delete' && argument !== undefined) {
        for (const value of walk.expression(scope, childOf(argument, 'object')))
          if (value.kind === 'ref' && isShared(value.path))
            storeInto(walk, node, value, unknown(), unknown());
      }
      return unknown();
    }
    case 'update_expression':
      assign(walk, scope, childOf(node, 'argument'), unknown());
      return unknown();
    case 'ternary_expression': {
      inner('condition');
      const either = new Flow(...inner('consequence'));
      either.addAll(inner('alternative'));
      return either;
    }
    case 'object':
      return new Flow(objectLiteral(walk, scope, node));
    case 'array':
      return new Flow(arrayLiteral(walk, scope, node));
    case 'class':
    case 'class_declaration':
    case 'abstract_class_declaration':
      return new Flow(walkClass(walk, scope, node));
    case 'yield_expression': {
      const values = walk.expression(scope, node.children[0]);
      if (scope.owner !== undefined) {
        const given = machine.objectAt(scope.owner.node, 'yields', true);
        machine.store(given, undefined, values);
        machine.store(given, undefined, elementsOf(walk, values));
        machine.join(scope.owner.returns, new Flow(given));
      }
      return scope.owner?.params[0] ?? unknown();
    }
    case 'decorator':
      return decorate(walk, scope, node, unknown());
    case 'true':
    case 'false':
      return new Flow({ kind: 'number', number: node.type === 'true' ? 1 : 0 });
    case 'meta_property':
      return machine.textOf(node).startsWith('import') ? new Flow(ref('import.meta')) : unknown();
    default:
      for (const child of node.children) walk.expression(scope, child);
      return unknown();
  }
}

/** The list of arguments; at the top of a file it holds what Node gives to every module. */
function argumentsOf(walk: Walk, scope: Scope): Flow {
  const { machine } = walk;
  let at: Scope | undefined = scope;
  while (at?.owner?.node.type === 'arrow_function') at = at.parent;
  const owner = at?.owner;
  const list = machine.objectAt(owner?.node ?? machine.thrown, 'arguments', true);
  if (owner === undefined) {
    [unknown(), new Flow(ref('require')), new Flow(ref('module'))].forEach((given, index) =>
      machine.store(list, String(index), given),
    );
  } else {
    owner.params.forEach((given, index) => machine.store(list, String(index), given));
    machine.store(list, 'callee', new Flow(owner));
  }
  return new Flow(list);
}

function thisOf(scope: Scope): Flow {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const owner = at.owner;
    if (owner === undefined) break;
    if (owner.node.type === 'arrow_function') continue;
    if (owner.self.items.size > 0) return owner.self;
    // A plain function called without an object sees the global object.
    return new Flow(ref('this'), owner.instance);
  }
  return new Flow(ref('this'));
}

function template(walk: Walk, scope: Scope, node: SyntaxNode): Flow {
  let parts: Flow | undefined;
  let written = '';
  for (const child of node.children) {
    if (child.type === 'string_fragment') written += walk.machine.textOf(child);
    else if (child.type === 'escape_sequence') written += escaped(walk.machine.textOf(child));
    else if (child.type === 'template_substitution') {
      const before = joinTexts(parts ?? new Flow(text('')), new Flow(longText(written)));
      parts = joinTexts(before, walk.expression(scope, child.children[0]));
      written = '';
    }
  }
  const end = new Flow(longText(written));
  return parts === undefined ? end : joinTexts(parts, end);
}

function operation(walk: Walk, scope: Scope, node: SyntaxNode): Flow {
  const operator = childOf(node, 'operator')?.type ?? '';
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const a = walk.expression(scope, left);
  const b = walk.expression(scope, right);
  const result = binary(operator.replace(/=$/, ''), operator, a, b);
  if (node.type === 'augmented_assignment_expression') assign(walk, scope, left, result);
  return result;
}

function objectLiteral(walk: Walk, scope: Scope, node: SyntaxNode): ObjectValue {
  const { machine } = walk;
  const object = machine.objectAt(node, 'literal');
  for (const part of node.children) {
    if (part.type === 'spread_element') {
      machine.join(object.parents, walk.expression(scope, part.children[0]));
    } else if (part.type === 'method_definition') {
      const method = functionAt(walk, scope, part);
      machine.join(method.self, new Flow(object));
      const word = machine.source.slice(part.start, part.start + 4);
      const getter = /^get\b/.test(word);
      if (/^set\b/.test(word)) machine.setters.add(method);
      const names = propertyNames(walk, scope, childOf(part, 'name'));
      storeInto(walk, part, object, names, getter ? new Flow(method, ...method.returns) : new Flow(method));
    } else {
      const value = walk.expression(scope, part.type === 'pair' ? childOf(part, 'value') : part);
      const key = part.type === 'pair' ? childOf(part, 'key') : part;
      storeInto(walk, part, object, propertyNames(walk, scope, key), value);
      for (const one of value) if (one.kind === 'function') machine.join(one.self, new Flow(object));
    }
  }
  return object;
}

function arrayLiteral(walk: Walk, scope: Scope, node: SyntaxNode): ObjectValue {
  const { machine } = walk;
  const array = machine.objectAt(node, 'literal', true);
  const spread = node.children.some((part) => part.type === 'spread_element');
  node.children.forEach((part, index) => {
    const values = walk.expression(scope, part);
    const places =
      part.type === 'spread_element' && node.children.length === 1 ? placesOf(values) : undefined;
    if (places !== undefined) places.forEach((given, place) => machine.store(array, String(place), given));
    else if (part.type === 'spread_element') machine.store(array, undefined, elementsOf(walk, values));
    else machine.store(array, spread ? undefined : String(index), values);
  });
  return array;
}
