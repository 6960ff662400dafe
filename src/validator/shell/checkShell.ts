import type { CheckOptions } from '../options.ts';
import type { Parsed, SyntaxNode } from '../parse/tree.ts';
import { childOf } from '../parse/tree.ts';
import type { LoadedCheck, Sighting, WrittenCode } from '../sighting.ts';
import { StepBudget, TooComplex } from '../stepBudget.ts';
import { checkCommand } from './commands.ts';
import { isHijacked } from './commandTable.ts';
import { expand } from './expand.ts';
import type { Inside } from './expand.ts';
import { findStreams, readsEndless } from './endlessInput.ts';
import { keepFolder } from './folders.ts';
import { checkForkBomb, checkLoop } from './loops.ts';
import { checkForkFlood } from './forkFlood.ts';
import { checkWritten } from './gitRules.ts';
import { checkPath } from './pathRules.ts';
import { checkRecursion } from './recursion.ts';
import { readScriptFiles } from './scriptFiles.ts';
import { ShellState } from './shellState.ts';
import { checkSubscripts } from './subscripts.ts';
import { either, expandBraces, glue, unescaped, unknownWord, word } from './words.ts';
import type { Word } from './words.ts';

const operators = ['&', '|', '>', '>>', '<', '&>', '&>>', '>&', '<&', '>|', 'while', 'until'];
const deepest = 1200;
const mostPasses = 12;

/** The check for shell scripts. */
export const shellCheck: LoadedCheck = { check, keep: new Set(operators) };

function check(parsed: Parsed, options: CheckOptions, written?: WrittenCode): readonly Sighting[] {
  return checkScript(parsed, options, new StepBudget(400_000 + 60 * parsed.nodeCount), written);
}

/** Checks a script with a budget of the caller's, which tells afterwards how much work it was. */
export function checkScript(
  parsed: Parsed,
  options: CheckOptions,
  budget: StepBudget,
  written?: WrittenCode,
): readonly Sighting[] {
  if (parsed.depth > deepest) {
    const message = 'The script is nested too deeply to be checked';
    return [{ rule: 'too-complex', start: 0, end: Math.min(parsed.text.length, 1), message, route: [] }];
  }
  const state = new ShellState(parsed.text, options, budget);
  try {
    findFunctions(state, parsed.root);
    findStreams(state, parsed.root);
    state.written = written;
    state.spelled = readScriptFiles(state, parsed.root);
    if (settle(state, parsed.root)) return [...state.sightings.values()];
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
  }
  state.report(parsed.root, 'too-complex', 'Values are handed on too often to be followed');
  return [...state.sightings.values()];
}

/** Variables and arguments are gathered first; what is told counts only once all are known. */
function settle(state: ShellState, root: SyntaxNode): boolean {
  for (let pass = 0; pass < mostPasses; pass++) {
    state.changed = false;
    state.sightings.clear();
    state.folders = ['.'];
    state.current.clear();
    walk(state, root, undefined);
    if (!state.changed) return true;
  }
  return false;
}

function findFunctions(state: ShellState, node: SyntaxNode): void {
  if (node.type === 'function_definition') {
    const name = childOf(node, 'name');
    if (name !== undefined) state.functions.set(state.textOf(name), node);
  }
  for (const child of node.children) findFunctions(state, child);
}

function walk(state: ShellState, node: SyntaxNode, inside: Inside): void {
  let within = inside;
  state.spend(1);
  checkSubscripts(state, node);
  switch (node.type) {
    case 'command':
      checkCommand(state, node, inside);
      readInto(state, node);
      break;
    case 'variable_assignment':
      assignment(state, node, inside);
      break;
    case 'for_statement': {
      const name = childOf(node, 'variable');
      const values = node.children.filter((child) => child.field === 'value');
      const value = values
        .map((child) => expand(state, child, inside))
        .reduce(either, values.length === 0 ? unknownWord : neverSet);
      if (name !== undefined) state.set(state.textOf(name), value, { how: 'taken from the list', node });
      checkForkFlood(state, node);
      break;
    }
    case 'file_redirect':
      redirect(state, node, inside);
      break;
    case 'function_definition': {
      const name = childOf(node, 'name');
      if (name !== undefined) within = state.textOf(name);
      checkForkBomb(state, node);
      checkRecursion(state, node);
      break;
    }
    case 'while_statement':
    case 'c_style_for_statement':
      checkLoop(state, node);
      checkForkFlood(state, node);
      break;
    case 'pipeline':
      node.children.forEach((child, index) => {
        const before = node.children[index - 1];
        if (before !== undefined) state.piped.set(child, before);
      });
      break;
    case 'command_substitution': {
      const [last] = node.children.slice(-1);
      const said = last?.type === 'pipeline' ? last.children.at(-1) : last;
      if (said !== undefined) state.captured.add(said);
      // `$(< file)` is the file itself.
      if (last?.type === 'file_redirect' && readsEndless(state, last))
        state.report(node, 'bomb.memory', 'This reads a file that has no end');
      break;
    }
    case 'brace_expression':
    case 'word': {
      const range = /\{(-?\d+)\.\.(-?\d+)/.exec(state.textOf(node));
      if (range !== null && Math.abs(Number(range[2]) - Number(range[1])) > 1e7) {
        state.report(node, 'bomb.memory', 'This list of numbers does not fit into memory');
      }
      break;
    }
    case 'declaration_command':
      if (/^(declare|local|typeset)\s+(-\w+\s+)*-\w*n/.test(state.textOf(node))) {
        state.report(
          node,
          'code.eval',
          'This makes a name stand for a variable that is only known at run time',
        );
      }
      break;
  }
  keepFolder(state, node, () => {
    for (const child of node.children) walk(state, child, within);
  });
}

const neverSet: Word = { readings: [], unknown: false, quoted: false };

function assignment(state: ShellState, node: SyntaxNode, inside: Inside): void {
  const target = childOf(node, 'name');
  const plain = target?.type === 'subscript' ? childOf(target, 'name') : target;
  if (plain === undefined) return;
  const name = state.textOf(plain);
  const value = childOf(node, 'value');
  if (isHijacked(name)) {
    state.report(node, 'shell.environment', `Setting ${name} changes what commands mean`);
  }
  if (value?.type === 'array') {
    const elements = value.children.map((child) => expand(state, child, inside));
    for (const element of elements) state.set(name, element, { how: 'put into an array', node });
    state.arrays.set(
      name,
      [...(state.source[plain.end] === '+' ? (state.arrays.get(name) ?? []) : []), ...elements].slice(0, 64),
    );
  } else {
    const appends = state.source[plain.end] === '+';
    const added = value === undefined ? word('') : expand(state, value, inside);
    const now = appends ? glue(state.current.get(name) ?? word(''), added) : added;
    state.current.set(name, now);
    state.set(name, now, { how: 'assigned', node });
    // How often text is appended only the run knows.
    if (appends) state.set(name, unknownWord);
  }
}

/** `read x` and the like fill variables with what only the run knows. */
function readInto(state: ShellState, node: SyntaxNode): void {
  const name = childOf(node, 'name');
  const command = name === undefined ? '' : state.textOf(name);
  if (!/^(read|mapfile|readarray|getopts|printf|let)$/.test(command)) return;
  for (const child of node.children) {
    const text = state.textOf(child);
    if (child.field === 'argument' && /^\w+$/.test(text)) {
      if (command !== 'printf' || /-v/.test(state.textOf(node)))
        state.set(text, unknownWord, { how: `filled by \`${command}\``, node });
      if (isHijacked(text) && command === 'read')
        state.report(node, 'shell.environment', `Setting ${text} changes what commands mean`);
    }
  }
}

function redirect(state: ShellState, node: SyntaxNode, inside: Inside): void {
  const destination = childOf(node, 'destination');
  if (destination === undefined || destination.type === 'number') return;
  const raw = state.textOf(destination);
  const value =
    destination.type === 'word'
      ? expandBraces(raw)
          .map((part) => word(unescaped(part)))
          .reduce(either)
      : expand(state, destination, inside);
  const writes = node.children.some((child) => /^(>|>>|>\||&>|&>>)$/.test(child.type));
  for (const reading of value.readings) {
    checkPath(state, node, reading.text, reading.open);
    if (writes) checkWritten(state, node, reading.text);
  }
}
