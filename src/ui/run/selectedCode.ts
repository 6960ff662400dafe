import { languageTable, type Language } from '../../core/language.ts';

/** What an editor holds, in plain values. Lines count from 0. */
export interface EditorText {
  readonly name: string;
  readonly text: string;
  readonly language: Language;
  /** Half-open range of lines that the selection touches, and its text; absent: nothing is selected. */
  readonly selection?: { readonly text: string; readonly firstLine: number; readonly lastLine: number };
  readonly cursorLine: number;
}

export interface CodeToRun {
  readonly code: string;
  /** `sales.py` or `sales.py:3-9`, counted as people count. */
  readonly title: string;
  /** A part of a file behaves as a notebook cell: its last value is shown. */
  readonly cell: boolean;
}

/**
 * The selection; with none, the cell around the cursor, which begins with a comment `%%` (`# %%`,
 * `// %%`); with no cells, the whole file.
 * Undefined when that is empty.
 */
export function selectedCode(editor: EditorText): CodeToRun | undefined {
  const { selection } = editor;
  if (selection !== undefined && selection.text.trim() !== '')
    return part(editor.name, selection.text, selection.firstLine, selection.lastLine);
  const cell = cellAt(editor);
  if (cell === undefined) return wholeFile(editor);
  const code = editor.text
    .split(/\r?\n/)
    .slice(cell.first, cell.last + 1)
    .join('\n');
  return code.trim() === '' ? undefined : part(editor.name, code, cell.first, cell.last);
}

/** The whole file; undefined when it is empty. */
export function wholeFile({ name, text }: Pick<EditorText, 'name' | 'text'>): CodeToRun | undefined {
  return text.trim() === '' ? undefined : { code: text, title: name, cell: false };
}

function part(name: string, code: string, firstLine: number, lastLine: number): CodeToRun {
  const lines = firstLine === lastLine ? `${firstLine + 1}` : `${firstLine + 1}-${lastLine + 1}`;
  return { code: dedented(code), title: `${name}:${lines}`, cell: true };
}

/** Takes the indentation off that all lines share, so the body of a function runs by itself. */
export function dedented(code: string): string {
  const lines = code.split(/\r?\n/);
  const filled = lines.filter((line) => line.trim() !== '');
  let common = /^[ \t]*/.exec(filled[0] ?? '')?.[0] ?? '';
  for (const line of filled) {
    while (!line.startsWith(common)) common = common.slice(0, -1);
  }
  return common === ''
    ? code
    : lines.map((line) => line.slice(Math.min(common.length, indent(line)))).join('\n');
}

const indent = (line: string): number => line.length - line.trimStart().length;

function cellAt({
  text,
  language,
  cursorLine: line,
}: EditorText): { readonly first: number; readonly last: number } | undefined {
  const lines = text.split(/\r?\n/);
  const cellMark = new RegExp(`^\\s*${languageTable[language].lineComment}\\s?%%`);
  const marks = lines.flatMap((each, index) => (cellMark.test(each) ? [index] : []));
  if (marks.length === 0) return undefined;
  const next = marks.find((mark) => mark > line) ?? lines.length;
  const start = marks.findLast((mark) => mark <= line) ?? 0;
  return { first: start, last: next - 1 };
}
