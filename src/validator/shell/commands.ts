import type { SyntaxNode } from '../parse/tree.ts';
import { childOf } from '../parse/tree.ts';
import { checkArguments } from './argumentRules.ts';
import { commandRow, isHarmless, wrappers } from './commandTable.ts';
import { expand } from './expand.ts';
import type { Inside } from './expand.ts';
import { checkPrograms } from './programs.ts';
import { commandRoute } from './routes.ts';
import type { ShellState } from './shellState.ts';
import { fieldsOf, glue, textsOf, unknownWord, word } from './words.ts';
import type { Word } from './words.ts';

/** Checks one simple command: which program it runs, and what that is given. */
export function checkCommand(state: ShellState, node: SyntaxNode, inside: Inside): void {
  const nameNode = childOf(node, 'name');
  if (nameNode === undefined) return;
  const args = node.children
    .filter((child) => child.field === 'argument')
    .flatMap((child) => argumentWords(state, child, inside));
  const first = nameNode.children[0];
  const list = first === undefined ? undefined : listOf(state, first, inside);
  if (list !== undefined) {
    const words = [...list, ...args];
    // After a shift any of the arguments may be the command.
    const moves = inside !== undefined && state.shifting.has(inside) ? list.length : 1;
    words.slice(0, moves).forEach((name, at) => run(state, node, name, words.slice(at + 1), inside));
    if (words.length > 0) return;
  }
  // An expression in brackets, not a command.
  if (first?.type === 'arithmetic_expansion') return;
  run(state, node, expand(state, nameNode, inside, true), args, inside);
}

/** All parameters or all elements of an array, each a word of its own. */
function listOf(state: ShellState, node: SyntaxNode, inside: Inside): readonly Word[] | undefined {
  const [, name] =
    /^"?\$(?:\{?([@*])\}?|\{(\w+)\[[@*]\]\})"?$/
      .exec(state.textOf(node))
      ?.filter((part) => part !== undefined) ?? [];
  if (name === undefined) return undefined;
  const plain = name !== '@' && name !== '*';
  const list = plain ? state.arrays.get(name) : inside === undefined ? undefined : state.calls.get(inside);
  const [separator] = textsOf(state.variables.get('IFS') ?? unknownWord);
  if (list === undefined || separator === undefined || !/^"\$.*\*/.test(state.textOf(node))) return list;
  // In quotes a star makes one word of all, with the first separator between them.
  return [list.reduce((left, right) => glue(glue(left, word(separator.slice(0, 1))), right))];
}

function argumentWords(state: ShellState, node: SyntaxNode, inside: Inside): Word[] {
  const list = listOf(state, node, inside);
  if (list !== undefined) {
    state.spend(list.length);
    return [...list];
  }
  const value = expand(state, node, inside);
  const [only] = value.readings;
  // One argument that is split into several, as unquoted variables are.
  if (value.quoted || value.unknown || value.readings.length !== 1 || only === undefined || only.open)
    return [value];
  if (node.type === 'word') return [value];
  return fieldsOf(only.text, state.separators).map((field) => word(field));
}

function run(
  state: ShellState,
  node: SyntaxNode,
  name: Word,
  args: readonly Word[],
  inside: Inside,
  passesFunctions = false,
): void {
  state.spend(1 + args.length);
  if (name.readings.length === 0 || name.readings.some((reading) => reading.open)) {
    state.report(node, 'code.eval', 'This runs a command whose name is only known at run time');
  }
  for (const text of textsOf(name)) {
    const fields = name.quoted ? [text] : fieldsOf(text, state.separators);
    const [command, ...more] = fields;
    if (command !== undefined)
      runNamed(state, node, command, [...more.map((field) => word(field)), ...args], inside, passesFunctions);
    else if (name.unknown && args.length > 0 && !name.quoted)
      run(state, node, args[0] ?? name, args.slice(1), inside, passesFunctions);
  }
}

/** One command by its name; called again for the command inside a wrapper. */
export function runNamed(
  state: ShellState,
  node: SyntaxNode,
  command: string,
  args: readonly Word[],
  inside: Inside,
  passesFunctions = false,
): void {
  state.spend(args.reduce((steps, value) => steps + 1 + value.readings.length, 1));
  const own = state.functions.has(command) && !passesFunctions;
  if (own) state.call(command, args, node);
  const route = (): string[] => commandRoute(state, node, command, inside);
  if (command === 'shift' && inside !== undefined && !state.shifting.has(inside)) {
    state.shifting.add(inside);
    state.changed = true;
  }
  if (/[*?[]/.test(command) && command !== '[' && command !== '[[') {
    state.report(node, 'code.eval', 'This runs a command that a pattern picks from the disk');
    return;
  }
  const name = command.slice(command.lastIndexOf('/') + 1);
  const denied = state.options.deniedCalls?.includes(name) ?? false;
  if (denied) state.report(node, 'policy.denied', `This runs ${name}, which the policy denies`, route());
  if (state.options.allowedCalls?.includes(name) ?? false) return;
  const wrapper = wrappers.get(name);
  if (wrapper !== undefined) inner(state, node, name, wrapper, args, inside);
  const row = commandRow(name);
  if (row !== undefined && (!own || state.unsets) && !isOwnJob(name, args)) {
    if (!own && checkPrograms(state, node, command, args)) return;
    state.report(node, row.rule, `This ${row.what} with ${name}`, route());
    return;
  }
  checkArguments(state, node, name, args, (innerName, innerArgs) =>
    startedBy(state, name, () => runNamed(state, node, innerName, innerArgs, inside)),
  );
  const aliased = own || !state.aliases.has(command) ? undefined : state.aliases.get(command);
  if (aliased !== undefined) {
    runAlias(state, node, command, aliased.text, args, inside);
    return;
  }
  if (own || isHarmless(name) || wrapper !== undefined || row !== undefined) return;
  if (command.includes('/') && checkPrograms(state, node, command, args)) return;
  if (command.includes('/'))
    state.report(
      node,
      'process.spawn',
      `This runs the program file ${command}, which was not checked`,
      route(),
    );
  else state.report(node, 'process.unknown', `This runs ${name}, a program that is not known here`, route());
}

/** Looks at a command that another one starts. */
function startedBy(state: ShellState, name: string, look: () => void): void {
  const before = state.starters;
  state.starters = [...before, name];
  look();
  state.starters = before;
}

/** What an alias stands for; one that stands for itself with options is that command. */
function runAlias(
  state: ShellState,
  node: SyntaxNode,
  alias: string,
  text: string,
  args: readonly Word[],
  inside: Inside,
): void {
  const [name, ...more] = fieldsOf(text);
  if (name === undefined || name === alias || state.aliases.has(name)) return;
  runNamed(state, node, name, [...more.map((field) => word(field)), ...args], inside);
}

/** Ending a job that the script itself has started is fine. */
function isOwnJob(name: string, args: readonly Word[]): boolean {
  return (
    name === 'kill' &&
    args.length > 0 &&
    args.every((value) => /^(<own job>|%\d*|-(TERM|INT|HUP|15|9|KILL|0))$/.test(textsOf(value)[0] ?? ''))
  );
}

function inner(
  state: ShellState,
  node: SyntaxNode,
  name: string,
  takesValue: RegExp,
  args: readonly Word[],
  inside: Inside,
): void {
  let at = 0;
  const textAt = (index: number): string => textsOf(args[index] ?? word(''))[0] ?? '';
  if (name === 'command' && /^-[vV]/.test(textAt(0))) return;
  if (name === 'env' && /^(-S|--split-string)/.test(textAt(0))) {
    state.report(node, 'code.eval', 'This makes a command out of text with env -S');
  }
  while (at < args.length) {
    const text = textAt(at);
    if (takesValue.test(text)) at += 2;
    else if (/^-./.test(text) || (name === 'env' && /^\w+=/.test(text))) at++;
    else break;
  }
  if (name === 'timeout' || (name === 'coproc' && textAt(at + 1) === '{')) at++;
  const rest = args.slice(at);
  const [command, ...more] = rest;
  // Only the time keyword starts functions of the script, too.
  if (command !== undefined)
    startedBy(state, name, () => run(state, node, command, more, inside, name !== 'time' && name !== '{'));
}
