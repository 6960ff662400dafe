import path from 'node:path';
import type { SyntaxNode } from '../parse/tree.ts';
import { childOf, childOfType } from '../parse/tree.ts';
import { onlyReads } from './commandTable.ts';
import type { ShellState } from './shellState.ts';
import { SpelledPrograms } from './spelledPrograms.ts';
import { inputOf, lastCommand, literalText, outputOf, redirectsOf } from './writtenTexts.ts';

const codeEnding = /\.(py|pyc|pyw|pth|so|js|cjs|mjs|node|ts|mts|cts|sh|bash)$|(^|\/)package\.json$/;

const startsProgram = /(^|[\s/])(python[\d.]*|node(js)?|(ba|da)?sh)(\s|$)|(^|\s)\.{0,2}\/\S/;

/** Reads which programs a script spells out. */
export function readScriptFiles(state: ShellState, root: SyntaxNode): SpelledPrograms {
  const found = new SpelledPrograms();
  const written = new Set<string>();
  const open: { readonly node: SyntaxNode; readonly always: boolean }[] = [{ node: root, always: true }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, always } = at;
    state.spend(1);
    if (node.type === 'command') noteCommand(state, node, found);
    if (node.type === 'redirected_statement') noteStatement(state, node, always, found, written);
    else if (childOfType(node, 'file_redirect') !== undefined && node.type !== 'heredoc_redirect')
      noteStatement(state, node, false, found, written);
    // What stands behind a condition may not happen.
    const straight = always && /^(program|redirected_statement)$/.test(node.type);
    for (const child of node.children) open.push({ node: child, always: straight });
  }
  return found;
}

function noteCommand(state: ShellState, command: SyntaxNode, found: SpelledPrograms): void {
  const name = childOf(command, 'name');
  const called = name === undefined ? '' : state.textOf(name);
  if (startsProgram.test(state.textOf(command))) found.starts.push(command);
  if (!state.functions.has(called) && !onlyReads(called, state.textOf(command))) found.uncertain = true;
  const text = childOfType(command, 'herestring_redirect')?.children[0];
  const given = text === undefined ? undefined : literalText(state, text);
  if (given !== undefined) found.inputs.set(command, `${given}\n`);
}

function noteStatement(
  state: ShellState,
  statement: SyntaxNode,
  always: boolean,
  found: SpelledPrograms,
  written: Set<string>,
): void {
  const command = lastCommand(childOf(statement, 'body'));
  const input = inputOf(state, statement);
  if (command !== undefined && input !== undefined) found.inputs.set(command, input);
  const redirects = redirectsOf(statement);
  for (const redirect of redirects) {
    const way = state.textOf(redirect);
    const target = childOf(redirect, 'destination');
    if (!/^\d*&?>/.test(way) || target === undefined || target.type === 'number') continue;
    const name = literalText(state, target);
    if (name === undefined) {
      // The ending is often written out, and then says that this is no code.
      const ending = /\.\w+(?=["']?$)/.exec(state.textOf(target))?.[0];
      if (ending === undefined || codeEnding.test(ending)) found.uncertain = true;
      continue;
    }
    const file = path.posix.normalize(name);
    const once =
      always &&
      childOf(statement, 'body')?.type === 'command' &&
      redirects.length === 1 &&
      /^1?>(?![>&|])/.test(way);
    const text =
      once && command !== undefined && !written.has(file) ? outputOf(state, command, input) : undefined;
    if (text === undefined) {
      found.files.delete(file);
      if (codeEnding.test(file)) found.uncertain = true;
    } else found.files.set(file, { text, node: statement });
    written.add(file);
  }
}
