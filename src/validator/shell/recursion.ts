import type { SyntaxNode } from '../parse/tree.ts';
import { childOf } from '../parse/tree.ts';
import type { ShellState } from './shellState.ts';

type Course = 'calls' | 'goes on' | 'may stop';

/** Tells a function that always calls itself before it could do anything else. */
export function checkRecursion(state: ShellState, node: SyntaxNode): void {
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  if (name === undefined || body === undefined) return;
  if (courseOf(state, body, state.textOf(name)) === 'calls')
    state.report(node, 'bomb.loop', 'This function always calls itself');
}

function courseOf(state: ShellState, node: SyntaxNode, own: string): Course {
  state.spend(1);
  switch (node.type) {
    case 'command': {
      const name = childOf(node, 'name');
      const called = name === undefined ? '' : state.textOf(name);
      if (called === own) return 'calls';
      if (/^(return|exit|exec|break|kill|eval|source|\.)$/.test(called)) return 'may stop';
      const other = state.functions.get(called);
      return other !== undefined && /\b(exit|kill)\b/.test(state.textOf(other)) ? 'may stop' : 'goes on';
    }
    case 'compound_statement':
    case 'subshell':
    case 'pipeline':
      for (const child of node.children) {
        const course = courseOf(state, child, own);
        if (course !== 'goes on') return course;
      }
      return 'goes on';
    case 'redirected_statement': {
      const inner = childOf(node, 'body');
      return inner === undefined ? 'goes on' : courseOf(state, inner, own);
    }
    case 'variable_assignment':
    case 'declaration_command':
    case 'comment':
      return 'goes on';
    case 'list': {
      const [first] = node.children;
      const course = first === undefined ? 'may stop' : courseOf(state, first, own);
      return course === 'calls' ? course : 'may stop';
    }
    default:
      return /^[|&]+$/.test(node.type) ? 'goes on' : 'may stop';
  }
}
