import type { SyntaxNode } from '../../parse/tree.ts';
import { identifier } from '../interpret/scopes.ts';
import type { Machine } from '../interpret/machine.ts';
import { single } from '../values/join.ts';
import { boundElsewhere, targetsOf } from './bindingSites.ts';

const constants = new Set(['int', 'float', 'bool', 'none', 'bytes', 'range', 'lib', 'unbound']);

/**
 * The names that decide whether a loop goes on: those of its condition, and whatever the statements that
 * bind one of them read or hang upon. Undefined where something else may decide.
 */
export function loopNames(
  m: Machine,
  condition: SyntaxNode,
  body: SyntaxNode,
): readonly string[] | undefined {
  const deciding = new Set(namesIn(m, condition));
  const bindings = bindingsIn(m, body);
  if (bindings === undefined) return undefined;
  for (let before = -1; before !== deciding.size;) {
    before = deciding.size;
    for (const { targets, reads } of bindings)
      if (targets.some((name) => deciding.has(name))) for (const name of reads) deciding.add(name);
  }
  const names = [...deciding];
  return names.length === 0 || names.some((name) => boundElsewhere(m, name)) ? undefined : names;
}

/** What the names are now, if each is one constant: the same again after a round means for ever. */
export function loopState(m: Machine, names: readonly string[], node: SyntaxNode): string | undefined {
  const keys: string[] = [];
  for (const name of names) {
    const value = m.frame.scope.vars.get(name) ?? m.parts.lookup(name, node);
    const atom = single(value);
    if (atom === undefined) return undefined;
    if (!constants.has(atom.kind) && !(atom.kind === 'text' && !atom.open)) return undefined;
    keys.push(atom.key);
  }
  return keys.join(',');
}

interface Binding {
  readonly targets: readonly string[];
  readonly reads: readonly string[];
}

/** Every binding in a loop body with the names that it depends on; undefined if that cannot be told. */
function bindingsIn(m: Machine, body: SyntaxNode): Binding[] | undefined {
  const found: Binding[] = [];
  let jumps = false;
  const open: { node: SyntaxNode; guards: readonly SyntaxNode[] }[] = [{ node: body, guards: [] }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, guards } = at;
    if (opaque.has(node.type) || (node.type === 'call' && callsOwn(m, node))) return undefined;
    if (node.type === 'continue_statement' || node.type === 'try_statement') jumps = true;
    const targets = targetsOf(node).map((target) => identifier(m.text(target)));
    if (targets.length > 0) found.push({ targets, reads: [node, ...guards].flatMap((n) => namesIn(m, n)) });
    const heads =
      node.type === 'conditional_expression'
        ? node.children
        : node.children.filter((child) => headFields.has(child.field ?? ''));
    const inner = heads.length > 0 && node.type !== 'assignment' ? [...guards, ...heads] : guards;
    for (const child of node.children) open.push({ node: child, guards: inner });
  }
  if (!jumps) return found;
  // After a `continue` or in a handler, everything hangs upon everything.
  const all = namesIn(m, body);
  return found.map(({ targets }) => ({ targets, reads: all }));
}

const opaque = new Set([
  'function_definition',
  'class_definition',
  'lambda',
  'match_statement',
  'import_statement',
  'import_from_statement',
  'exec_statement',
]);
const headFields = new Set(['condition', 'right', 'left']);

/** Names that an expression or statement reads; names of attributes and keywords are none. */
function namesIn(m: Machine, root: SyntaxNode): string[] {
  const found: string[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'identifier') found.push(identifier(m.text(node)));
    for (const child of node.children) if (!isLabel(child)) open.push(child);
  }
  return found;
}

function isLabel(node: SyntaxNode): boolean {
  return node.type === 'identifier' && (node.field === 'attribute' || node.field === 'name');
}

/** Whether a call is one of a function of the program. */
export function callsOwn(m: Machine, node: SyntaxNode): boolean {
  const callee = node.children.find((child) => child.field === 'function');
  if (callee?.type !== 'identifier') return false;
  return m.parts.lookup(identifier(m.text(callee)), callee).some((atom) => atom.kind === 'func');
}
