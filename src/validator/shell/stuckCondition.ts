import type { SyntaxNode } from '../parse/tree.ts';
import { childOf } from '../parse/tree.ts';
import type { ShellState } from './shellState.ts';

/** Tests that look only at the words they are given. */
const wordTests = /^-(eq|ne|lt|le|gt|ge|z|n|a|o)$/;
/** Variables that change by themselves, or with what commands do. */
const moving =
  /^(RANDOM|SRANDOM|SECONDS|LINENO|EPOCH\w+|BASH\w*|COLUMNS|LINES|OPTIND|OPTARG|REPLY|PIPESTATUS|PWD|OLDPWD|MAPFILE|DIRSTACK|FUNCNAME|_)$/;
/** Commands and statements that give values to the variables they name. */
const setters =
  /^(read|let|printf|mapfile|readarray|unset|getopts|declare|typeset|local|export|readonly|wait|coproc|trap)$/;
const declaring = /^(declaration_command|unset_command)$/;
/** Where numbers are computed; `((…))` as a statement is read as a test. */
const computing = /^(arithmetic_expansion|test_command|c_style_for_statement)$/;

/** Whether the condition of a loop compares variables that nothing in the loop gives another value. */
export function isStuck(state: ShellState, loop: SyntaxNode): boolean {
  const conditions = loop.children.filter((child) => child.field === 'condition' && /\w/.test(child.type));
  const [condition] = conditions;
  if (condition === undefined || conditions.length > 1) return false;
  const names = namesIn(state, loop, condition);
  if (names === undefined || names.length === 0 || names.some((name) => moving.test(name))) return false;
  const parts = loop.children.filter((child) => child.field !== 'condition' && child.field !== 'initializer');
  const seen = new Set<string>();
  const traps = [...state.source.matchAll(/\btrap\b[^\n]*/g)].map(([text]) => text);
  const trapped = [...state.functions].filter(([name]) => traps.some((text) => text.includes(name)));
  return (
    !names.some((name) => traps.some((text) => bare(name).test(text))) &&
    ![...parts, ...trapped.map(([, node]) => node)].some((part) => changes(state, part, names, seen))
  );
}

/** The variables that a condition compares; undefined when it looks at anything else. */
function namesIn(state: ShellState, loop: SyntaxNode, condition: SyntaxNode): string[] | undefined {
  const text = state.textOf(condition);
  const command = childOf(condition, 'name');
  const counts = loop.type === 'c_style_for_statement' || /^\(\([^]*\)\)$/.test(text);
  const tests = condition.type === 'test_command' || (command && /^(test|\[)$/.test(state.textOf(command)));
  if (!counts && tests !== true) return undefined;
  const rest = text.replace(/\$(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)/g, ' ');
  if (/[$`;]|<\(|\+\+|--/.test(rest) || (counts && /(?<![=!<>])=(?!=)|[[,]/.test(rest))) return undefined;
  for (const [, option] of rest.matchAll(/(?:^|\s)(-[a-zA-Z]+)(?=\s)/g))
    if (option !== undefined && !wordTests.test(option)) return undefined;
  const used = [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name ?? '');
  return counts ? [...used, ...(rest.match(/[A-Za-z_]\w*/g) ?? [])] : used;
}

function bare(name: string): RegExp {
  return new RegExp(`(?<![$\\w{])${name}\\b`);
}

/** `i++`, `--i`, `i += 2`, `i = 3` or `i[0] = 3`, but not `i == 3`. */
function computed(name: string): RegExp {
  const after = `\\s*(?:\\[[^\\]]*\\]\\s*)?(?:\\+\\+|--|(?:[-+*/%&|^]|<<|>>)?=(?!=))`;
  return new RegExp(`(?<![$\\w{])${name}\\b${after}|(?:\\+\\+|--)\\s*${name}\\b`);
}

function changes(state: ShellState, node: SyntaxNode, names: readonly string[], seen: Set<string>): boolean {
  state.spend(1);
  const text = state.textOf(node);
  const named = (): boolean => names.some((name) => bare(name).test(text));
  switch (node.type) {
    case 'variable_assignment':
    case 'for_statement': {
      const target = childOf(node, node.type === 'for_statement' ? 'variable' : 'name');
      if (target !== undefined && names.includes(state.textOf(target).replace(/\[.*/s, ''))) return true;
      break;
    }
    case 'expansion':
      if (names.some((name) => new RegExp(`^\\$\\{${name}:?=`).test(text))) return true;
      break;
    case 'command': {
      const called = childOf(node, 'name');
      const command = called === undefined ? '' : state.textOf(called);
      // What these run may set anything.
      if (/^(eval|source|\.)$|[$"'`\\]/.test(command)) return true;
      if (setters.test(command.replace(/^(builtin|command)$/, 'read')) && named()) return true;
      const own = state.functions.get(command);
      if (own !== undefined && !seen.has(command)) {
        seen.add(command);
        if (/\b(exit|kill)\b/.test(state.textOf(own)) || changes(state, own, names, seen)) return true;
      }
      break;
    }
    default:
      if (declaring.test(node.type) && named()) return true;
      if (node.field === 'update' || computing.test(node.type)) {
        if (names.some((name) => computed(name).test(text))) return true;
      }
  }
  return node.children.some((child) => changes(state, child, names, seen));
}
