import path from 'node:path';
import type { SyntaxNode } from '../parse/tree.ts';
import type { ShellState } from './shellState.ts';
import type { Word } from './words.ts';

const start: readonly string[] = ['.'];
const most = 8;

/** Follows `cd` into the folders that it names; a folder that is not known leaves us where we are. */
export function changeFolder(state: ShellState, args: readonly Word[]): void {
  const target = args.find((value) => !/^-[LPe@]+$/.test(value.readings[0]?.text ?? ''));
  if (target === undefined) return;
  const next = new Set<string>();
  if (target.unknown) for (const folder of state.folders) next.add(folder);
  for (const { text, open } of target.readings) {
    for (const folder of state.folders) {
      const plain = !open && text !== '-' && !/^([/~\\]|\w+:)/.test(text);
      const moved = path.posix.join(folder, text);
      // What leaves the work folder is told already: from there on we count from the work folder.
      next.add(!plain || moved.startsWith('..') ? '.' : moved);
    }
  }
  state.folders = next.size > most || next.size === 0 ? start : [...next];
}

/** Walks a node's children with the folder as the shell would have it, and after the node, too. */
export function keepFolder(state: ShellState, node: SyntaxNode, walkChildren: () => void): void {
  const before = state.folders;
  switch (node.type) {
    case 'function_definition':
      // It may be called from anywhere.
      state.folders = start;
      walkChildren();
      state.folders = before;
      return;
    case 'subshell':
    case 'command_substitution':
    case 'process_substitution':
    case 'pipeline':
      walkChildren();
      state.folders = before;
      return;
    case 'for_statement':
    case 'while_statement':
    case 'c_style_for_statement':
      walkChildren();
      if (state.folders.some((folder) => before.every((one) => depthOf(folder) < depthOf(one)))) {
        // Every round may climb further.
        state.folders = start;
        walkChildren();
      }
      join(state, before);
      return;
    case 'if_statement':
    case 'elif_clause':
    case 'else_clause':
    case 'case_item':
      walkChildren();
      join(state, before);
      return;
    default:
      walkChildren();
  }
}

function depthOf(folder: string): number {
  return folder === '.' ? 0 : folder.split('/').length;
}

function join(state: ShellState, before: readonly string[]): void {
  const both = new Set([...before, ...state.folders]);
  state.folders = both.size > most ? start : [...both];
}
