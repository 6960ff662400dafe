import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf, childOfType } from '../../parse/tree.ts';
import { checkPadding } from '../bombs/allocation.ts';
import { decodeEscapes } from '../values/escapes.ts';
import { formatValue } from '../values/format.ts';
import { isHidden, joinAll } from '../values/join.ts';
import { bytes, hidden, text, unknown } from '../values/make.ts';
import type { Atom, Value } from '../values/value.ts';
import type { Machine } from './machine.ts';

/** The value of a string literal: plain, bytes, raw or formatted. */
export function stringLiteral(m: Machine, node: SyntaxNode): Value {
  const start = childOfType(node, 'string_start');
  const prefix = start ? m.text(start).toLowerCase() : '"';
  const raw = prefix.includes('r');
  const isBytes = prefix.includes('b');
  const closing = childOfType(node, 'string_end');
  const bodyStart = start?.end ?? node.start;
  const bodyEnd = closing?.start ?? node.end;
  if (!node.children.some((child) => child.type === 'interpolation')) {
    const body = m.parsed.text.slice(bodyStart, bodyEnd);
    const formatted = /[ft]/.test(prefix);
    const source = formatted ? body.replaceAll('{{', '{').replaceAll('}}', '}') : body;
    const decoded = raw ? { text: source, open: false } : decodeEscapes(source, isBytes);
    if (isBytes) return decoded.open ? unknown : bytes(decoded.text);
    return text(decoded.text, decoded.open);
  }
  return formatted(m, node, raw, bodyStart, bodyEnd);
}

function formatted(m: Machine, node: SyntaxNode, raw: boolean, from: number, to: number): Value {
  const parts: Value[] = [];
  let at = from;
  const literal = (end: number): void => {
    if (end <= at) return;
    const body = m.parsed.text.slice(at, end).replaceAll('{{', '{').replaceAll('}}', '}');
    const decoded = raw ? { text: body, open: false } : decodeEscapes(body, false);
    parts.push(text(decoded.text, decoded.open));
  };
  for (const child of node.children) {
    if (child.type !== 'interpolation') continue;
    literal(child.start);
    parts.push(interpolation(m, child));
    at = child.end;
  }
  literal(to);
  return concatenate(parts);
}

function interpolation(m: Machine, node: SyntaxNode): Value {
  const expression = childOf(node, 'expression') ?? node.children[0];
  if (!expression) return unknown;
  const value = m.parts.evaluate(expression);
  const conversion = childOfType(node, 'type_conversion');
  const specifier = childOfType(node, 'format_specifier');
  let spec: Value = text('');
  if (specifier) {
    const pieces: Value[] = [];
    let at = specifier.start + 1;
    for (const child of specifier.children) {
      if (child.type !== 'format_expression' && child.type !== 'interpolation') continue;
      pieces.push(text(m.parsed.text.slice(at, child.start)));
      pieces.push(interpolation(m, child));
      at = child.end;
    }
    pieces.push(text(m.parsed.text.slice(at, specifier.end)));
    spec = concatenate(pieces);
    checkPadding(m, specifier, spec);
  }
  return convert(m, value, conversion ? m.text(conversion) : '', spec, node);
}

function convert(m: Machine, value: Value, conversion: string, spec: Value, node: SyntaxNode): Value {
  const special = value.filter((atom) => atom.kind === 'obj');
  if (special.length > 0) {
    for (const name of conversion === '!r' ? ['__repr__'] : ['__format__', '__str__', '__repr__']) {
      const args = name === '__format__' ? [spec] : [];
      const hook = m.parts.attribute(special, name, node).filter((atom) => atom.kind === 'func');
      if (hook.length > 0)
        return m.parts.call(hook, { positional: args, keywords: new Map(), rest: [], keywordRest: [] }, node);
    }
  }
  return formatValue(value, conversion, spec);
}

/** Adjacent literals are one. */
export function concatenated(m: Machine, node: SyntaxNode): Value {
  return concatenate(
    node.children.filter((child) => child.type === 'string').map((child) => m.parts.evaluate(child)),
  );
}

/** Strings in a row; what comes after an unknown piece leaves only the beginning known. */
export function concatenate(parts: readonly Value[]): Value {
  let results: Atom[] = [];
  for (const [index, part] of parts.entries()) {
    if (index === 0) {
      results = part.map((atom): Atom =>
        atom.kind === 'text' || atom.kind === 'bytes'
          ? atom
          : { kind: 'text', key: 't+', text: '', open: true },
      );
      continue;
    }
    const next: Atom[] = [];
    for (const left of results) {
      if (left.kind === 'text' && left.open) {
        next.push(left);
        continue;
      }
      for (const right of part) {
        if (left.kind === 'text') next.push(...appended(left.text, right));
        else if (left.kind === 'bytes' && right.kind === 'bytes') next.push(...bytes(left.text + right.text));
        else next.push(...unknown);
      }
    }
    results = next.slice(0, 32);
  }
  const value = joinAll(results.map((atom) => [atom]));
  if (parts.some(isHidden)) return hidden;
  if (value.length === 1 && value[0]?.kind === 'text' && value[0].open && value[0].text === '')
    return unknown;
  return value;
}

function appended(left: string, right: Atom): Value {
  return right.kind === 'text' ? text(left + right.text, right.open) : text(left, true);
}
