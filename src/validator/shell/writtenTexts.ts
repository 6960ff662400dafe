import type { SyntaxNode } from '../parse/tree.ts';
import { childOf, childOfType } from '../parse/tree.ts';
import type { ShellState } from './shellState.ts';
import { ansiText, unescaped } from './words.ts';

/** The command whose output a redirection takes: of a list that the grammar put around it, the last. */
export function lastCommand(node: SyntaxNode | undefined): SyntaxNode | undefined {
  if (node === undefined || node.type === 'command') return node;
  return node.type === 'list' ? lastCommand(node.children.at(-1)) : undefined;
}

/** Where a statement sends its output; some stand behind the beginning of a text that it is given. */
export function redirectsOf(statement: SyntaxNode): SyntaxNode[] {
  const heredoc = childOfType(statement, 'heredoc_redirect');
  return [...statement.children, ...(heredoc?.children ?? [])].filter(({ type }) => type === 'file_redirect');
}

/** The text that a statement gives to its command, where the script spells it out. */
export function inputOf(state: ShellState, statement: SyntaxNode): string | undefined {
  const given = statement.children.filter(({ type }) => type === 'heredoc_redirect');
  const [heredoc] = given;
  if (heredoc === undefined || given.length > 1) return undefined;
  const start = childOfType(heredoc, 'heredoc_start');
  const body = childOfType(heredoc, 'heredoc_body');
  const text = body === undefined ? '' : state.textOf(body);
  const literal = start !== undefined && /['"\\]/.test(state.textOf(start));
  if (!literal && /[$`\\]/.test(text)) return undefined;
  return state.source.startsWith('<<-', heredoc.start) ? text.replace(/^\t+/gm, '') : text;
}

/** What `cat`, `echo` or `printf` says, where the script spells it out. */
export function outputOf(
  state: ShellState,
  command: SyntaxNode,
  input: string | undefined,
): string | undefined {
  const name = childOf(command, 'name');
  const args = command.children.filter(({ field }) => field === 'argument');
  const said = name === undefined ? '' : state.textOf(name);
  if (said === 'cat') return args.length === 0 ? input : undefined;
  const texts = args.map((arg) => literalText(state, arg));
  if (input !== undefined || texts.some((text) => text === undefined)) return undefined;
  const words = texts.filter((text) => text !== undefined);
  const [first = '', ...rest] = words;
  if (said === 'echo') {
    if (/^-[neE]+$/.test(first)) return undefined;
    return `${words.join(' ')}\n`;
  }
  if (said !== 'printf') return undefined;
  if (first === '%s\\n') return rest.map((text) => `${text}\n`).join('');
  return first.includes('%') || rest.length > 0 ? undefined : ansiText(first);
}

/** A word without anything that the shell puts in. */
export function literalText(state: ShellState, node: SyntaxNode): string | undefined {
  const text = state.textOf(node);
  switch (node.type) {
    case 'raw_string':
      return text.slice(1, -1);
    case 'string':
      return /[$`\\]/.test(text) ? undefined : text.slice(1, -1);
    case 'word':
    case 'number':
      return /[*?[{~]/.test(text) ? undefined : unescaped(text);
    default:
      return undefined;
  }
}
