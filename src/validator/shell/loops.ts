import type { SyntaxNode } from '../parse/tree.ts';
import { childOf } from '../parse/tree.ts';
import { countsAway } from '../runaway.ts';
import type { ShellState } from './shellState.ts';
import { isStuck } from './stuckCondition.ts';

/** Tells loops that never end. */
export function checkLoop(state: ShellState, node: SyntaxNode): void {
  const condition = childOf(node, 'condition');
  const always =
    node.type === 'c_style_for_statement'
      ? condition === undefined || /^(1|true)?$/.test(state.textOf(condition))
      : constant(state, node, condition);
  const away =
    node.type === 'c_style_for_statement' &&
    countsAway({
      start: partOf(state, node, 'initializer'),
      condition: partOf(state, node, 'condition'),
      update: partOf(state, node, 'update'),
      body: partOf(state, node, 'body'),
    });
  if ((always || away || isStuck(state, node)) && !leaves(state, childOf(node, 'body') ?? node)) {
    state.report(node, 'bomb.loop', 'This loop has no way out');
  }
}

function partOf(state: ShellState, node: SyntaxNode, field: string): string {
  const part = childOf(node, field);
  return part === undefined ? '' : state.textOf(part);
}

function constant(state: ShellState, node: SyntaxNode, condition: SyntaxNode | undefined): boolean {
  const text = condition === undefined ? '' : state.textOf(condition).trim();
  const until = node.children.some((child) => child.type === 'until');
  return until
    ? /^(false|\/bin\/false|!\s+(?:true|:|(?:echo|printf|sleep)\b[^;&|<>]*)|\(\(\s*0\s*\)\)|\[\s+\]|test)$/.test(
        text,
      )
    : /^(true|:|!\s+false|(?:echo|printf|sleep)\b[^;&|<>]*|\/bin\/true|\(\(\s*[1-9]\d*\s*\)\)|\[\[?\s+[^-\s$]\S*\s+\]\]?|\[\s+1\s+-eq\s+1\s+\]|test \w+)$/.test(
        text,
      );
}

function leaves(state: ShellState, node: SyntaxNode): boolean {
  state.spend(1);
  if (node.type === 'command') {
    const name = childOf(node, 'name');
    return name !== undefined && /^(break|return|exit|exec)$/.test(state.textOf(name));
  }
  return node.children.some((child) => leaves(state, child));
}

/** Tells a function that starts itself in the background or in a pipe. */
export function checkForkBomb(state: ShellState, node: SyntaxNode): void {
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (name === undefined || body === undefined) return;
  const own = state.textOf(name);
  const calls = count(state, body, own);
  const text = state.textOf(body);
  if (calls >= 2 || (calls === 1 && /&(?!&)/.test(text.replaceAll('&&', ' ').replace(/[<>]&\d?|&>/g, ' ')))) {
    if (/[|&]/.test(text)) state.report(node, 'bomb.threads', 'This function starts itself again and again');
  }
}

function count(state: ShellState, node: SyntaxNode, name: string): number {
  state.spend(1);
  const called = node.type === 'command' ? childOf(node, 'name') : undefined;
  const own = called !== undefined && state.textOf(called) === name ? 1 : 0;
  return node.children.reduce((sum, child) => sum + count(state, child, name), own);
}
