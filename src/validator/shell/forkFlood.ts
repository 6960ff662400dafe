import type { SyntaxNode } from '../parse/tree.ts';
import { childOf, childrenOf } from '../parse/tree.ts';
import type { ShellState } from './shellState.ts';
import { textsOf } from './words.ts';

/** So many jobs at once are more processes than a sandbox has room for. */
const mostJobs = 1000;

/** Tells a loop that starts a job in the background in each of very many rounds. */
export function checkForkFlood(state: ShellState, loop: SyntaxNode): void {
  if (!/[^&>]&(?![&>])/.test(state.textOf(loop)) && state.functions.size === 0) return;
  if (jobsIn(state, loop, 1, new Set()) >= mostJobs)
    state.report(loop, 'bomb.threads', 'This loop starts very many processes at once');
}

/** How many jobs a part of the script starts without waiting for any. */
function jobsIn(state: ShellState, node: SyntaxNode, rounds: number, seen: Set<string>): number {
  state.spend(1);
  if (rounds === 0 || node.type === 'function_definition') return 0;
  const body = childOf(node, 'body');
  if (body !== undefined && /^(for|c_style_for)_statement$/.test(node.type)) {
    // Whoever waits in a round, or counts the jobs, has them end.
    return /\b(wait|jobs)\b/.test(state.textOf(body))
      ? 0
      : jobsIn(state, body, rounds * roundsOf(state, node), seen);
  }
  let jobs = 0;
  if (node.type === 'command') {
    const name = childOf(node, 'name');
    const called = name === undefined ? '' : state.textOf(name);
    const own = state.functions.get(called);
    const inner = own === undefined || seen.has(called) ? undefined : childOf(own, 'body');
    if (inner !== undefined && !/\bwait\b/.test(state.textOf(inner)))
      jobs += jobsIn(state, inner, rounds, seen.add(called));
  }
  for (const child of node.children) jobs += child.type === '&' ? rounds : jobsIn(state, child, rounds, seen);
  return jobs;
}

/** How often a loop goes round, as far as the script says; 1 where it does not. */
function roundsOf(state: ShellState, loop: SyntaxNode): number {
  if (loop.type === 'c_style_for_statement') return countedRounds(state, loop);
  const values = childrenOf(loop, 'value');
  return Math.max(
    1,
    values.map((value) => wordsOf(state, state.textOf(value))).reduce((a, b) => a + b, 0),
  );
}

/** How many words a word of the script becomes. */
function wordsOf(state: ShellState, written: string): number {
  const seq = /^"?\$\(\s*seq\s+([^()]*)\)"?$/.exec(written);
  if (seq !== null) {
    const numbers = inNumbers(state, seq[1] ?? '').filter((number) => !Number.isNaN(number));
    const [first, step, last] =
      numbers.length > 2 ? numbers : [numbers.length > 1 ? numbers[0] : 1, 1, numbers.at(-1)];
    return between(first, last, step);
  }
  let words = 1;
  for (const [, first, last, step] of written.matchAll(/\{(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?\}/g))
    words *= between(Number(first), Number(last), Number(step ?? 1));
  return words;
}

function countedRounds(state: ShellState, loop: SyntaxNode): number {
  const text = (field: string): string =>
    childrenOf(loop, field)
      .map((child) => state.textOf(child))
      .join(' ');
  const [, start] = /=\s*(\S+)\s*$/.exec(text('initializer')) ?? [];
  const [, limit] = /(?:[<>]=?|!=|-[lg][te])\s*(\S+)\s*$/.exec(text('condition')) ?? [];
  const [first = 0] = inNumbers(state, start ?? '0');
  const [last] = inNumbers(state, limit ?? '');
  const [, step] = /[-+]=\s*(\d+)/.exec(text('update')) ?? [];
  return between(first, last, Number(step ?? 1));
}

function between(first: number | undefined, last: number | undefined, step: number | undefined): number {
  const rounds = Math.floor(Math.abs((last ?? 0) - (first ?? 0)) / Math.abs(step || 1)) + 1;
  return Number.isNaN(rounds) ? 1 : rounds;
}

/** Numbers that are written out, or that variables are known to hold. */
function inNumbers(state: ShellState, text: string): number[] {
  return text
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part) => {
      const name = /^"?\$?\{?([A-Za-z_]\w*)\}?"?$/.exec(part)?.[1];
      const value = name === undefined ? undefined : state.variables.get(name);
      return name === undefined
        ? Number(part)
        : Math.max(...(value === undefined ? [NaN] : textsOf(value).map(Number)));
    });
}
