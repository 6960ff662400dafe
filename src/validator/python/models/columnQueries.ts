import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { isCallRule, isGuarded } from '../library/library.ts';
import { isHidden } from '../values/join.ts';
import { argsOf, int, text, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';

/**
 * The expressions of DataFrame.query and DataFrame.eval: plain names are columns, whatever they are
 * called. Only `@name` reaches the names of the program, and special names walk away from a column.
 */
export function checkColumnQuery(m: Machine, value: Value | undefined, node: SyntaxNode, what: string): void {
  if (value === undefined) return;
  const report = (shown: string): void => {
    m.report('code.template', node, `${what} evaluates ${shown}`);
  };
  if (isHidden(value)) report('text that is put together in a hidden way');
  for (const atom of value) {
    if (atom.kind !== 'text') continue;
    const query = atom.text.replace(/`[^`]*`/g, 'column');
    if (/(^|\W)__\w/.test(query) || bareCall.test(query) || reachesModule(query))
      report(`\`${atom.text.slice(0, 80)}\``);
    else for (const found of query.matchAll(/@\s*([A-Za-z_]\w*)/g)) follow(m, query, found, node);
  }
}

/** Columns cannot be called, so these are the builtins wherever something else than a frame evaluates. */
const bareCall = /(^|[^\w.@\s])\s*(eval|exec|compile|open|getattr|globals)\s*\(/;

/** `os.system(…)`: no column has a method of that name. */
function reachesModule(query: string): boolean {
  for (const [, module, name] of query.matchAll(/(?<![\w.@])(\w+)\s*\.\s*(\w+)\s*\(/g))
    if (module && name && isGuarded(module) && isCallRule(`${module}.${name}`)) return true;
  return false;
}

/** Takes `@name.attribute(…)` as the program would. */
function follow(m: Machine, query: string, found: RegExpExecArray, node: SyntaxNode): void {
  let value = m.parts.lookup(found[1] ?? '', node);
  let rest = query.slice(found.index + found[0].length);
  for (let step = 0; step < 16; step++) {
    const attribute = /^\s*\.\s*([A-Za-z_]\w*)/.exec(rest);
    const called = /^\s*\(((?:[^()'"]|'[^']*'|"[^"]*"|\([^()]*\))*)\)?/.exec(rest);
    if (attribute) value = m.parts.attribute(value, attribute[1] ?? '', node);
    else if (called) value = m.parts.call(value, argsOf(...argumentsIn(m, called[1] ?? '', node)), node);
    else return;
    rest = rest.slice((attribute ?? called)?.[0].length);
  }
}

function argumentsIn(m: Machine, list: string, node: SyntaxNode): Value[] {
  const parts = list.match(/(?:[^,'"]|'[^']*'|"[^"]*")+/g) ?? [];
  return parts.map((part): Value => {
    const [, quoted, number, name] =
      /^\s*(?:\w*\s*=\s*)?(?:(?:'([^']*)'|"[^"]*")|(\d{1,18})|@\s*(\w+))\s*$/.exec(part) ?? [];
    if (quoted !== undefined) return text(quoted);
    if (/^\s*(?:\w*\s*=\s*)?"[^"]*"\s*$/.test(part))
      return text(part.slice(part.indexOf('"') + 1, part.lastIndexOf('"')));
    if (number !== undefined) return int(BigInt(number));
    return name === undefined ? unknown : m.parts.lookup(name, node);
  });
}
