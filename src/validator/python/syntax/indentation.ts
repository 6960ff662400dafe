import type { Parsed, SyntaxNode } from '../../parse/tree.ts';

/** A place that CPython refuses, and why. */
export interface Fault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** Columns of an indentation: with tabs of eight, and with tabs of one, as CPython compares both. */
interface Column {
  readonly wide: number;
  readonly narrow: number;
}

const tab = 9;
const newline = 10;
const formFeed = 12;
const blank = 32;
const hash = 35;
const colon = 58;
const backslash = 92;

/** What a character adds to the depth of brackets. */
function nesting(code: number): number {
  switch (code) {
    case 40: // (
    case 91: // [
    case 123: // {
      return 1;
    case 41: // )
    case 93: // ]
    case 125: // }
      return -1;
    default:
      return 0;
  }
}

/** The first line whose indentation CPython does not accept; the grammar is more lenient. */
export function indentationFault({ text, root }: Parsed): Fault | undefined {
  const strings = stringsOf(root);
  const stack: Column[] = [{ wide: 0, narrow: 0 }];
  let opened = false;
  let at = 0;
  let string = 0;
  let inside = strings[string];
  while (at < text.length) {
    const line = lineStart(text, at);
    if (line === undefined) {
      at = nextLine(text, at);
      continue;
    }
    const { column, start } = line;
    const wrong = place(stack, column, opened);
    if (wrong !== undefined) return { start, end: nextLine(text, start), message: wrong };
    // To the end of the logical line: strings are jumped over, brackets and backslashes go on.
    let depth = 0;
    let last = 0;
    for (at = start; at < text.length; at++) {
      while (inside !== undefined && inside.end <= at) inside = strings[++string];
      if (inside !== undefined && inside.start <= at) {
        at = inside.end - 1;
        last = 0;
        continue;
      }
      const code = text.charCodeAt(at);
      if (code === newline && depth <= 0) break;
      if (code === hash) at = nextLine(text, at) - 2;
      else if (code === backslash && text.charCodeAt(at + 1) === newline) {
        if (at + 2 >= text.length)
          return { start: at, end: at + 1, message: 'The program ends after a backslash' };
        at++;
      } else if (code > blank) {
        depth += nesting(code);
        last = code;
      }
    }
    opened = last === colon;
    at++;
  }
  if (opened)
    return { start: text.length, end: text.length, message: 'An indented block is missing at the end' };
  return undefined;
}

/** Takes a line's column into the stack of open blocks; what is wrong with it otherwise. */
function place(stack: Column[], column: Column, opened: boolean): string | undefined {
  const top = stack.at(-1) ?? column;
  if (column.wide > top.wide) {
    if (!opened) return 'This line is indented more than the block that it is in';
    if (column.narrow <= top.narrow) return 'Tabs and blanks are mixed in the indentation';
    stack.push(column);
    return undefined;
  }
  if (opened) return 'An indented block is missing before this line';
  while (column.wide < (stack.at(-1)?.wide ?? 0)) stack.pop();
  const same = stack.at(-1);
  if (same?.wide !== column.wide) return 'This line is indented as no block around it is';
  return same.narrow === column.narrow ? undefined : 'Tabs and blanks are mixed in the indentation';
}

/** Column and first character of a line with something on it; undefined for blank lines and comments. */
function lineStart(text: string, from: number): { column: Column; start: number } | undefined {
  let wide = 0;
  let narrow = 0;
  for (let at = from; ; at++) {
    if (at >= text.length) return undefined;
    switch (text.charCodeAt(at)) {
      case blank:
        wide++;
        narrow++;
        break;
      case tab:
        wide = (Math.floor(wide / 8) + 1) * 8;
        narrow++;
        break;
      case formFeed:
        wide = 0;
        narrow = 0;
        break;
      case newline:
      case hash:
        return undefined;
      default:
        return { column: { wide, narrow }, start: at };
    }
  }
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length + 1 : end + 1;
}

/** Whole strings in order; what is inside of them is no line. */
function stringsOf(root: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'string') found.push(node);
    else
      for (let at = node.children.length - 1; at >= 0; at--) {
        const child = node.children[at];
        if (child && child.children.length > 0) open.push(child);
      }
  }
  return found;
}
