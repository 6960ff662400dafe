import { isHidden, joinAll } from './join.ts';
import { hidden, text, unknown } from './make.ts';
import type { Atom, Value } from './value.ts';

/** What `str()` gives of an atom, where that can be said. */
export function strOf(atom: Atom): string | undefined {
  switch (atom.kind) {
    case 'text':
      return atom.open ? undefined : atom.text;
    case 'int':
      return atom.value.toString();
    case 'bool':
      return atom.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'float':
      return Number.isInteger(atom.value) && Math.abs(atom.value) < 1e16
        ? `${atom.value}.0`
        : String(atom.value);
    case 'inst':
      if (atom.path === 'pathlib.Path' && atom.data[0]?.length === 1) {
        const [path] = atom.data[0];
        return path?.kind === 'text' && !path.open ? path.text : undefined;
      }
      return undefined;
    case 'bytes':
      return `b${reprText(atom.text)}`;
    default:
      return undefined;
  }
}

/** `str(value)`; a string whose beginning is known stays so. */
export function strValue(value: Value): Value {
  if (isHidden(value)) return hidden;
  return joinAll(
    value.map((atom): Value => {
      const known = strOf(atom);
      if (known !== undefined) return text(known);
      if (atom.kind === 'text') return [atom];
      if (atom.kind === 'inst' && atom.path === 'pathlib.Path') return atom.data[0] ?? unknown;
      return unknown;
    }),
  );
}

/** `repr` of a string, near enough for names and paths. */
export function reprText(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  return `${quote}${value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll(quote, `\\${quote}`)}${quote}`;
}

/** One replacement field. */
export function formatValue(value: Value, conversion: string, spec: Value): Value {
  const [only] = spec;
  const form = only?.kind === 'text' && !only.open && spec.length === 1 ? only.text : undefined;
  return joinAll(
    value.map((atom): Value => {
      if (atom.kind === 'unknown') return [atom];
      if (form === undefined) return unknown;
      const plain = strOf(atom);
      if (plain === undefined) return form === '' && conversion === '' ? strValue([atom]) : unknown;
      const source = conversion === '!r' && atom.kind === 'text' ? reprText(plain) : plain;
      const formatted = applySpec(atom, source, form);
      return formatted === undefined ? unknown : text(formatted);
    }),
  );
}

const specPattern = /^(?:(.)?([<>=^]))?([+\- ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

function applySpec(atom: Atom, source: string, spec: string): string | undefined {
  if (spec === '') return source;
  const match = specPattern.exec(spec);
  if (!match) return undefined;
  const [, fill = ' ', align, , , zero, width, comma, precision, type = ''] = match;
  if (comma || Number(width ?? 0) > 4096) return undefined;
  let body: string | undefined = source;
  if (atom.kind === 'int' || atom.kind === 'bool')
    body = integerSpec(atom.kind === 'int' ? atom.value : atom.value ? 1n : 0n, type);
  else if (atom.kind === 'text') body = precision === undefined ? source : source.slice(0, Number(precision));
  else return undefined;
  if (body === undefined || (type !== '' && !'scdxXob'.includes(type))) return undefined;
  const missing = Number(width ?? 0) - body.length;
  if (missing <= 0) return body;
  const pad = zero && align === undefined ? '0' : fill;
  const side = align ?? (atom.kind === 'text' ? '<' : '>');
  if (side === '<') return body + pad.repeat(missing);
  if (side === '^') return pad.repeat(missing >> 1) + body + pad.repeat(missing - (missing >> 1));
  return pad.repeat(missing) + body;
}

function integerSpec(value: bigint, type: string): string | undefined {
  switch (type) {
    case '':
    case 'd':
    case 'n':
      return value.toString();
    case 'c':
      return value >= 0n && value <= 0x10ffffn ? String.fromCodePoint(Number(value)) : undefined;
    case 'x':
      return value.toString(16);
    case 'X':
      return value.toString(16).toUpperCase();
    case 'o':
      return value.toString(8);
    case 'b':
      return value.toString(2);
    default:
      return undefined;
  }
}

/** `'%s…' % arguments`. */
export function percentFormat(
  format: string,
  args: readonly Value[] | undefined,
  named: (name: string) => Value,
): Value {
  let at = 0;
  let known = '';
  let last = 0;
  for (const match of format.matchAll(/%(?:\((.*?)\))?([-+ #0]*)(\d+|\*)?(?:\.(\d+))?[hlL]?([a-zA-Z%])/gs)) {
    known += format.slice(last, match.index);
    last = match.index + match[0].length;
    const type = match[5];
    if (type === '%') {
      known += '%';
      continue;
    }
    const value = match[1] !== undefined ? named(match[1]) : args?.[at++];
    const [atom] = value ?? unknown;
    if (value?.length !== 1 || atom === undefined) return text(known, true);
    const plain = strOf(atom);
    let piece: string | undefined;
    if (type === 'c' && atom.kind === 'int') piece = String.fromCodePoint(Number(atom.value));
    else if (type === 'x' && atom.kind === 'int') piece = atom.value.toString(16);
    else if (type === 'r' && atom.kind === 'text' && plain !== undefined) piece = reprText(plain);
    else if (type === 's' || type === 'd' || type === 'i') piece = plain;
    if (piece === undefined || Number(match[3] ?? 0) > 4096) return text(known, true);
    if (match[4] !== undefined && type === 's') piece = piece.slice(0, Number(match[4]));
    const width = Number(match[3] ?? 0);
    const flags = match[2] ?? '';
    if (flags.includes('-')) piece = piece.padEnd(width);
    else piece = piece.padStart(width, flags.includes('0') ? '0' : ' ');
    known += piece;
  }
  return text(known + format.slice(last));
}
