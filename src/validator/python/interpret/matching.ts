import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf, childrenOf, childOfType } from '../../parse/tree.ts';
import { nothing, seq, unknown } from '../values/make.ts';
import { join } from '../values/join.ts';
import type { Value } from '../values/value.ts';
import type { Machine } from './machine.ts';
import { branch, identifier } from './scopes.ts';

/** `match subject`: every case may be the one; captures bind what the shape allows. */
export function matchStatement(m: Machine, node: SyntaxNode): void {
  const subjects = childrenOf(node, 'subject').map((subject) => m.parts.evaluate(bare(subject)));
  const subject = subjects.length === 1 ? (subjects[0] ?? unknown) : seq('tuple', subjects);
  const cases = childOf(node, 'body')?.children ?? childrenOf(node, 'alternative');
  const arms = cases
    .filter((clause) => clause.type === 'case_clause')
    .map((clause) => () => {
      const patterns = clause.children.filter((child) => child.type === 'case_pattern');
      if (patterns.length === 1 && patterns[0]) capture(m, patterns[0], subject);
      else sequence(m, patterns, subject);
      const guard = childOf(clause, 'guard') ?? childOfType(clause, 'if_clause');
      if (guard) for (const child of guard.children) m.parts.evaluate(child);
      const block = childOf(clause, 'consequence');
      if (block) m.parts.execute(block);
    });
  branch(m, [...arms, () => undefined]);
}

/** Takes off the plus sign that `readSource` puts before a list. */
function bare(subject: SyntaxNode): SyntaxNode {
  const argument = subject.type === 'unary_operator' ? childOf(subject, 'argument') : undefined;
  return argument?.type === 'list' || argument?.type === 'subscript' ? argument : subject;
}

/** Binds the names of a pattern to the parts of the value. */
function capture(m: Machine, pattern: SyntaxNode, value: Value): void {
  const { children } = pattern;
  switch (pattern.type) {
    case 'case_pattern':
      if (children.length === 1 && children[0]) capture(m, children[0], value);
      else for (const child of children) if (child.type !== 'identifier') capture(m, child, value);
      return;
    case 'dotted_name':
      if (children.length === 1) bindCapture(m, m.text(pattern), value);
      else dotted(m, pattern);
      return;
    case 'identifier':
      bindCapture(m, m.text(pattern), value);
      return;
    case 'as_pattern': {
      const target = children.at(-1);
      for (const child of children.slice(0, -1)) capture(m, child, value);
      if (target) bindCapture(m, m.text(target), value);
      return;
    }
    case 'union_pattern':
      branch(
        m,
        children.map((child) => () => {
          capture(m, child, value);
        }),
      );
      return;
    case 'list_pattern':
    case 'tuple_pattern':
      sequence(m, children, value);
      return;
    case 'splat_pattern':
      if (children[0]) bindCapture(m, m.text(children[0]), value);
      return;
    case 'dict_pattern':
      mapping(m, pattern, value);
      return;
    case 'class_pattern':
      classPattern(m, pattern, value);
      return;
    case 'keyword_pattern': {
      const [name, ...rest] = children;
      const inner = name ? m.parts.attribute(value, identifier(m.text(name)), pattern) : unknown;
      for (const child of rest) capture(m, child, inner);
      return;
    }
    default:
      return;
  }
}

function bindCapture(m: Machine, spelled: string, value: Value): void {
  const name = identifier(spelled);
  if (name !== '_') m.parts.bind(name, value.length === 0 ? unknown : value);
}

function dotted(m: Machine, node: SyntaxNode): void {
  let value: Value | undefined;
  for (const part of node.children) {
    const name = identifier(m.text(part));
    value = value === undefined ? m.parts.lookup(name, part) : m.parts.attribute(value, name, node);
  }
}

function sequence(m: Machine, patterns: readonly SyntaxNode[], value: Value): void {
  const items = m.parts.iterate(value, patterns[0] ?? m.parsed.root);
  const isStar = (child: SyntaxNode): boolean =>
    child.type === 'splat_pattern' ||
    (child.type === 'case_pattern' && child.children[0]?.type === 'splat_pattern');
  const star = patterns.findIndex(isStar);
  patterns.forEach((pattern, at) => {
    let part: Value = items.any;
    if (at === star) {
      const rest = items.exact?.slice(at, items.exact.length - (patterns.length - 1 - star));
      part = rest ? seq('list', rest) : seq('list', [], items.any);
    } else if (items.exact) {
      part = items.exact[star >= 0 && at > star ? items.exact.length - patterns.length + at : at] ?? nothing;
    }
    capture(m, pattern, part.length === 0 ? unknown : part);
  });
}

function mapping(m: Machine, pattern: SyntaxNode, value: Value): void {
  const keys = childrenOf(pattern, 'key');
  const values = childrenOf(pattern, 'value');
  keys.forEach((key, at) => {
    const inner = m.parts.subscript(value, m.parts.evaluate(key.children[0] ?? key), pattern);
    const target = values[at];
    if (target) capture(m, target, inner);
  });
  for (const child of pattern.children) if (child.type === 'splat_pattern') capture(m, child, value);
}

function classPattern(m: Machine, pattern: SyntaxNode, value: Value): void {
  const [name, ...inner] = pattern.children;
  let fields: Value = unknown;
  if (name) {
    const parts = name.children.length > 0 ? name.children : [name];
    let cls: Value | undefined;
    for (const part of parts) {
      const text = identifier(m.text(part));
      cls = cls === undefined ? m.parts.lookup(text, part) : m.parts.attribute(cls, text, name);
    }
    const known = (cls ?? []).filter((atom) => atom.kind === 'class');
    fields = known.length > 0 ? m.parts.attribute(known, '__match_args__', pattern) : unknown;
  }
  const names = m.parts.iterate(fields, pattern).exact;
  inner.forEach((child, at) => {
    const keyword = child.type === 'keyword_pattern' || child.children[0]?.type === 'keyword_pattern';
    if (keyword) {
      capture(m, child, value);
      return;
    }
    const field = names?.[at];
    const known = value.filter((atom) => atom.kind === 'obj');
    // A class of the language itself, such as str(x), captures the subject.
    let part = field ? m.parts.attributeNamed(known.length > 0 ? known : value, field, pattern) : value;
    for (const atom of known) {
      const declared = atom.cls.fields[at];
      if (!field && declared !== undefined) part = join(part, m.parts.attribute([atom], declared, pattern));
    }
    capture(m, child, part);
  });
}
