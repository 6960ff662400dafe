import type { SyntaxNode } from '../parse/tree.ts';
import { childOf } from '../parse/tree.ts';
import { further, routeText } from '../route.ts';
import type { Route } from '../route.ts';
import type { ShellState } from './shellState.ts';

const shownLength = 60;
const readLength = 400;

/** By which way a command came to be the one that is run; empty where the script spells it out. */
export function commandRoute(
  state: ShellState,
  node: SyntaxNode,
  command: string,
  inside: string | undefined,
): string[] {
  const name = childOf(node, 'name');
  const written = name === undefined ? '' : beginning(state, name);
  let route: Route | undefined;
  const [starter] = state.starters;
  if (starter === undefined && written !== command) {
    route = variablesIn(state, written, command, inside, new Set());
    const alias = state.aliases.get(written);
    if (alias !== undefined) {
      const line = state.lineOf(alias.node);
      route = further(route, { name: written, path: command, how: 'made an alias', line });
    } else if (route === undefined && written !== '') {
      const how = `put together from \`${shown(written)}\``;
      route = further(route, { path: command, how, line: state.lineOf(node) });
    }
  }
  for (const by of state.starters)
    route = further(route, { path: command, how: `started by \`${by}\``, line: state.lineOf(node) });
  return routeText(route);
}

/** The variables out of which a path comes. */
export function pathRoute(state: ShellState, node: SyntaxNode, path: string): string[] {
  const written = beginning(state, node);
  if (written.includes(path)) return [];
  let route: Route | undefined;
  for (const variable of namesIn(written)) {
    const source = state.sources.get(variable);
    const part = state.variables
      .get(variable)
      ?.readings.find(({ text }) => text !== '' && path.includes(text));
    if (source === undefined || part === undefined) continue;
    const step = { name: `$${variable}`, path: shown(part.text), how: source.how };
    route = further(route, { ...step, line: state.lineOf(source.node) });
  }
  return routeText(route);
}

/** The way of the first variable in a text, from where its value was written. */
function variablesIn(
  state: ShellState,
  written: string,
  command: string,
  inside: string | undefined,
  seen: Set<string>,
): Route | undefined {
  const [variable] = namesIn(written);
  if (variable === undefined || seen.has(variable)) return undefined;
  seen.add(variable);
  if (/^(\d+|[@*])$/.test(variable)) {
    const call = inside === undefined ? undefined : state.callers.get(inside);
    if (call === undefined || inside === undefined) return undefined;
    const step = { name: `$${variable}`, path: command, how: `passed to \`${shown(inside)}\`` };
    return further(undefined, { ...step, line: state.lineOf(call) });
  }
  const source = state.sources.get(variable);
  if (source === undefined) return undefined;
  const value = childOf(source.node, 'value') ?? source.node;
  const before = variablesIn(state, beginning(state, value), command, inside, seen);
  const step = { name: `$${variable}`, path: command, how: source.how };
  return further(before, { ...step, line: state.lineOf(source.node) });
}

function namesIn(written: string): string[] {
  return [...written.matchAll(/\$\{?!?(\w+|[@*])/g)].map(([, name = '']) => name);
}

function beginning(state: ShellState, node: SyntaxNode): string {
  return state.source.slice(node.start, Math.min(node.end, node.start + readLength));
}

function shown(text: string): string {
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
