import { further, type Route } from '../../route.ts';
import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf, childOfType, childrenOf } from '../../parse/tree.ts';
import { canonical, entryOf, importRule } from '../library/library.ts';
import { libAtom, unknown } from '../values/make.ts';
import { libraryAttribute } from './libraryAttributes.ts';
import type { Machine } from './machine.ts';
import { checkDeniedModule } from './policyNames.ts';
import { identifier } from './scopes.ts';

/** `import a.b, c as d`. */
export function importModules(m: Machine, node: SyntaxNode): void {
  for (const name of childrenOf(node, 'name')) {
    const aliased = name.type === 'aliased_import';
    const dotted = aliased ? childOf(name, 'name') : name;
    const alias = aliased ? childOf(name, 'alias') : undefined;
    if (!dotted) continue;
    const path = dottedName(m, dotted);
    imported(m, path, name);
    const top = path.split('.')[0] ?? path;
    if (alias) {
      const bound = identifier(m.text(alias));
      m.parts.bind(bound, [libAtom(canonical(path), importRoute(m, path, bound, name))]);
    } else {
      m.parts.bind(top, [libAtom(canonical(top), importRoute(m, top, top, name))]);
    }
  }
}

/** `from a import b as c` and `from a import *`; relative imports are the person's own files. */
export function importFrom(m: Machine, node: SyntaxNode): void {
  const module = childOf(node, 'module_name');
  if (!module) return;
  const relative = module.type === 'relative_import';
  const path = relative ? '' : dottedName(m, module);
  if (!relative) imported(m, path, module);
  if (childOfType(node, 'wildcard_import')) {
    if (!relative) starImport(m, canonical(path), node);
    return;
  }
  for (const name of childrenOf(node, 'name')) {
    const aliased = name.type === 'aliased_import';
    const dotted = aliased ? childOf(name, 'name') : name;
    const alias = aliased ? childOf(name, 'alias') : undefined;
    if (!dotted) continue;
    const member = dottedName(m, dotted);
    const bound = alias ? identifier(m.text(alias)) : member;
    if (relative) {
      m.parts.bind(bound, unknown);
      continue;
    }
    imported(m, `${path}.${member}`, name);
    const route = importRoute(m, `${path}.${member}`, bound, name);
    m.parts.bind(bound, libraryAttribute(m, libAtom(canonical(path), route), member, name));
  }
}

/** `from x import *` hides what has these names already. */
function starImport(m: Machine, module: string, node: SyntaxNode): void {
  m.starred.push({ module, line: m.line(node) });
  for (const name of m.frame.scope.vars.names()) {
    const entry = entryOf(`${module}.${name}`);
    if (entry.callRule !== undefined || entry.paths.length > 0)
      m.parts.bind(name, libraryAttribute(m, libAtom(module), name, node));
  }
}

function dottedName(m: Machine, node: SyntaxNode): string {
  if (node.children.length === 0) return identifier(m.text(node));
  return node.children.map((part) => identifier(m.text(part))).join('.');
}

function importRoute(m: Machine, path: string, name: string, node: SyntaxNode): Route | undefined {
  return further(undefined, { name, path, how: 'imported', line: m.line(node) });
}

/** Modules that act by being imported, and those that the policy denies. */
function imported(m: Machine, path: string, node: SyntaxNode): void {
  const top = path.split('.')[0] ?? path;
  if (m.written.has(top))
    m.report('import.dynamic', node, `Imports \`${top}\`, which the program itself wrote`);
  const rule = importRule(canonical(path));
  if (rule !== undefined) m.report(rule, node, `Imports \`${path}\``);
  checkDeniedModule(m, path, node, 'Imports');
}
