import type { SyntaxNode } from '../parse/tree.ts';
import { childOf } from '../parse/tree.ts';
import type { ShellState } from './shellState.ts';

/** A subscript with a command in it; where a text is taken for a variable's name, that command runs. */
const runs = /\[[^\]]*(?:\$\(|`)/;
const calculates = /^(arithmetic_expansion|test_command)$/;
const takesNames = /^(let|declare|typeset|local|export|readonly|unset|read|printf|test)$/;
const mostRead = 2000;

/** Tells texts that bash takes for names of variables, and whose subscripts then run as commands. */
export function checkSubscripts(state: ShellState, node: SyntaxNode): void {
  const text = state.source.slice(node.start, Math.min(node.end, node.start + mostRead));
  if (!takesText(state, node, text)) return;
  for (const [name] of text.matchAll(/[A-Za-z_]\w*/g)) {
    state.spend(1);
    if (state.variables.get(name)?.readings.some((reading) => runs.test(reading.text)) === true) {
      state.report(node, 'code.eval', `The text in ${name} runs as commands here`);
      return;
    }
  }
}

function takesText(state: ShellState, node: SyntaxNode, text: string): boolean {
  if (node.type === 'test_command') return text.startsWith('((') || /\s-(v|eq|ne|[lg][te])\s/.test(text);
  if (calculates.test(node.type)) return true;
  const name = node.type === 'command' ? childOf(node, 'name') : undefined;
  return name !== undefined && takesNames.test(state.textOf(name));
}
