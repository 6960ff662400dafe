import type { Route } from '../../route.ts';
import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { isHidden } from '../values/join.ts';
import type { Value } from '../values/value.ts';

/**
 * Expression languages of libraries (DataFrame.query, sympify, numexpr, templates): plain names,
 * numbers and operators are fine; special names, calls through `@` and imports are code.
 */
export function checkQuery(
  m: Machine,
  value: Value | undefined,
  node: SyntaxNode,
  what: string,
  route?: Route,
): void {
  if (value === undefined) return;
  if (isHidden(value))
    m.report('code.template', node, `${what} evaluates text that is put together in a hidden way`, route);
  for (const atom of value) {
    if (atom.kind !== 'text') continue;
    if (suspicious.test(atom.text))
      m.report('code.template', node, `${what} evaluates \`${atom.text.slice(0, 80)}\``, route);
  }
}

const suspicious =
  /__|@\s*\w+\s*(\.\s*\w+\s*)*\(|\bimport\b|\b(eval|exec|open|getattr|globals|compile|lambda|system|popen)\b\s*[(:.]|\|\s*attr\s*\(|\bos\s*\.|\bself\._|cycler|lipsum/;
