import type { SyntaxNode } from '../parse/tree.ts';
import type { ShellState } from './shellState.ts';
import { textsOf, unknownWord } from './words.ts';
import type { Word } from './words.ts';

/** Tells `rm` of everything, or of what may turn out to be everything. */
export function removal(state: ShellState, node: SyntaxNode, texts: readonly string[]): void {
  const deep = texts.some((text) => /^-\w*[rR]|^--recursive$/.test(text));
  const all = texts.some((text) =>
    /^(\/|\/\*|~|~\/|~\/\*|\*|\.|\.\/|\.\/\*|(\.\/)?(\.\*|\.\.\?\*|\.\[^\.\]\*|\.\[!\.\]\*)|\.\.)$/.test(
      text,
    ),
  );
  if (deep && all) state.report(node, 'destroy.files', 'This removes everything');
  if (deep && node.children.some((child) => child.field === 'argument' && mayBeRoot(state, child))) {
    state.report(node, 'destroy.files', 'With an empty variable this removes everything');
  }
}

/** Whether a word is a slash, or all below it, should the variable before the slash be empty. */
function mayBeRoot(state: ShellState, node: SyntaxNode): boolean {
  const [, name] = /^"?\$\{?(\w+)\}?"?\/+("?\*)?"?$/.exec(state.textOf(node)) ?? [];
  if (name === undefined) return false;
  const value = state.variables.get(name);
  return value === undefined || textsOf(value).includes('');
}

/** The commands that `find` runs: what stands between each `-exec` and its `;` or `+`. */
export function found(
  state: ShellState,
  node: SyntaxNode,
  args: readonly Word[],
  runInner: (name: string, args: readonly Word[]) => void,
): void {
  const is = (value: Word | undefined, pattern: RegExp): boolean =>
    value !== undefined && textsOf(value).some((text) => pattern.test(text));
  const removes = args.some(
    (value, at) =>
      is(value, /^-delete$/) || (is(value, /^(rm|shred|unlink)$/) && is(args[at - 1], /^-(exec|ok)/)),
  );
  if (removes && listsEverything(state.textOf(node)))
    state.report(node, 'destroy.files', 'This removes everything that is found');
  for (let at = 0; at < args.length; at++) {
    if (!is(args[at], /^-(exec|execdir|ok|okdir)$/)) continue;
    let end = at + 1;
    while (end < args.length && !is(args[end], /^[;+]$/)) end++;
    const [name, ...rest] = args.slice(at + 1, end);
    for (const text of textsOf(name ?? unknownWord)) runInner(text, rest);
    if (name === undefined || name.readings.length === 0) runInner('eval', []);
    at = end;
  }
}

/** Whether `ls` or `find` is told of no choice: no pattern, no folder of its own, no test. */
export function listsEverything(command: string): boolean {
  if (/^ls(\s+(-\S+|\.\/?|\*))*$/.test(command)) return true;
  return (
    /^find(\s+(\.\/?|\*|"?\$PWD"?))?(\s+-|$)/.test(command) &&
    !/\s-(i?name|i?path|i?wholename|i?regex|i?lname|[acm]?(time|min)|newer\w*|size|empty|user|group|perm|links|inum|samefile|prune)\b/.test(
      command,
    )
  );
}
