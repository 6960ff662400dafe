import type { SyntaxNode } from '../parse/tree.ts';
import { childOf } from '../parse/tree.ts';
import type { ShellState } from './shellState.ts';
import { ansiText, either, expandBraces, glue, textsOf, unescaped, unknownWord, word } from './words.ts';
import type { Word } from './words.ts';

/** The function that is walked, for its positional parameters; undefined at the top of the script. */
export type Inside = string | undefined;

const fromEnvironment: Readonly<Record<string, string>> = {
  HOME: '~',
  PWD: '.',
  TMPDIR: 'tmp',
  IFS: ' ',
  SHELL: '/bin/sh',
  BASH: '/bin/bash',
  OLDPWD: '..',
};

/** What a word of the script may expand to. With `empty`, unset variables may be nothing at all. */
export function expand(state: ShellState, node: SyntaxNode, inside: Inside, empty = false): Word {
  const value = expandNode(state, node, inside, empty);
  state.spend(1 + value.readings.length);
  return value;
}

function expandNode(state: ShellState, node: SyntaxNode, inside: Inside, empty: boolean): Word {
  const all = (children: readonly SyntaxNode[]): Word =>
    children.map((child) => expand(state, child, inside, empty)).reduce(glue, word(''));
  const text = state.textOf(node);
  switch (node.type) {
    case 'word':
    case 'number':
    case 'extglob_pattern':
    case 'regex': {
      const parts = expandBraces(text).map((part) => word(unescaped(part), false));
      return parts.reduce(either);
    }
    case 'raw_string':
      return word(text.slice(1, -1));
    case 'ansi_c_string':
      return word(ansiText(text.slice(2, -1)));
    case 'string_content':
      return word(text.replace(/\\([$`"\\\n])/g, (_, c: string) => (c === '\n' ? '' : c)));
    case 'string':
    case 'translated_string':
      return { ...stringOf(state, node, inside, empty), quoted: true };
    case 'command_name':
      return node.children[0] === undefined ? unknownWord : expand(state, node.children[0], inside, empty);
    case 'concatenation':
      return concatenated(state, node, all);
    case 'simple_expansion':
      return variable(state, state.textOf(node).slice(1), inside, empty);
    case 'expansion':
      return parameter(state, node, inside, empty);
    case 'command_substitution':
      return substituted(state, node, inside);
    case 'variable_name':
    case 'special_variable_name':
      return variable(state, text, inside, empty);
    case 'array':
      return node.children.map((child) => expand(state, child, inside, empty)).reduce(either, unknownWord);
    default:
      return unknownWord;
  }
}

/** Text between expansions is not always a node of its own, so what lies between them is read, too. */
function stringOf(state: ShellState, node: SyntaxNode, inside: Inside, empty: boolean): Word {
  let at = node.start + (state.source[node.start] === '$' ? 2 : 1);
  let result = word('');
  for (const child of node.children) {
    if (child.start > at) result = glue(result, word(state.source.slice(at, child.start)));
    result = glue(result, expand(state, child, inside, empty));
    at = child.end;
  }
  return at < node.end - 1 ? glue(result, word(state.source.slice(at, node.end - 1))) : result;
}

const splits = /^(simple_expansion|expansion|command_substitution)$/;

/** Pieces that touch one another; braces around unquoted text come as pieces of their own. */
function concatenated(
  state: ShellState,
  node: SyntaxNode,
  all: (children: readonly SyntaxNode[]) => Word,
): Word {
  const text = state.textOf(node);
  if (node.children.every((child) => child.type === 'word')) {
    return expandBraces(text)
      .map((part) => word(unescaped(part), false))
      .reduce(either);
  }
  // What is written out stays one word; only what is expanded without quotes is split.
  return { ...all(node.children), quoted: !node.children.some((child) => splits.test(child.type)) };
}

function variable(state: ShellState, name: string, inside: Inside, empty: boolean): Word {
  const nothing: Word = empty
    ? { readings: [{ text: '', open: false }], unknown: true, quoted: false }
    : unknownWord;
  if (name === '!') return word('<own job>');
  if (name === '0') return unknownWord;
  const place = /^[1-9]$/.test(name) ? Number(name) - 1 : undefined;
  if (place !== undefined || name === '@' || name === '*') {
    const given = inside === undefined ? undefined : state.calls.get(inside);
    if (given === undefined) return nothing;
    // After a shift any argument may stand in any place.
    if (inside !== undefined && state.shifting.has(inside)) return given.reduce(either, nothing);
    return (place === undefined ? given[0] : given[place]) ?? nothing;
  }
  const known = state.variables.get(name);
  if (known !== undefined) return { ...known, quoted: false };
  const usual = fromEnvironment[name];
  return usual === undefined ? nothing : word(usual, false);
}

function parameter(state: ShellState, node: SyntaxNode, inside: Inside, empty: boolean): Word {
  const name = node.children.find((child) => /variable_name|subscript/.test(child.type));
  if (name === undefined || state.textOf(node).startsWith('${!')) return unknownWord;
  const plain = name.type === 'subscript' ? childOf(name, 'name') : name;
  const value = variable(state, plain === undefined ? '' : state.textOf(plain), inside, empty);
  const operator = childOf(node, 'operator');
  if (operator === undefined) return value;
  const after = node.children.filter((child) => child !== name && child.field !== 'operator');
  if (/^:?[-=+]$/.test(state.textOf(operator))) {
    const other = after.map((child) => expand(state, child, inside, empty)).reduce(glue, word(''));
    if (state.textOf(operator).endsWith('=') && plain !== undefined) state.set(state.textOf(plain), other);
    return either(value, other);
  }
  // Substrings and replacements of constants can make any text out of any other.
  return unknownWord;
}

/** The output of commands that only say what they are told; all others are not known. */
function substituted(state: ShellState, node: SyntaxNode, inside: Inside): Word {
  const only = node.children.length === 1 ? node.children[0] : undefined;
  if (only?.type === 'command') return said(state, only, inside);
  if (only?.type !== 'pipeline') return unknownWord;
  const [first, ...filters] = only.children.filter((child) => child.type === 'command');
  let value = first === undefined ? unknownWord : said(state, first, inside);
  for (const filter of filters) {
    const name = textsOf(expand(state, childOf(filter, 'name') ?? filter, inside))[0] ?? '';
    value = filtered(value, name, state.textOf(filter));
  }
  return value;
}

function said(state: ShellState, command: SyntaxNode, inside: Inside): Word {
  const [name] = textsOf(expand(state, childOf(command, 'name') ?? command, inside));
  const args = command.children.filter((child) => child.field === 'argument');
  const words = args.map((child) => expand(state, child, inside));
  if (name === 'pwd') return word('.');
  if (name !== 'echo' && name !== 'printf') return unknownWord;
  const [flags = ''] = textsOf(words[0] ?? unknownWord);
  const options = /^-[neE]+$/.test(flags);
  const meant = options && flags.includes('e') ? words.map(withEscapes) : words;
  const plain = options ? meant.slice(1) : meant;
  if (name === 'printf') {
    const [format, ...rest] = plain;
    const pattern = ansiText(textsOf(format ?? unknownWord)[0] ?? '');
    if (!pattern.includes('%')) return word(pattern, false);
    return /^%s(\\n)?\n?$/.test(pattern) ? (rest[0] ?? word('', false)) : unknownWord;
  }
  const joined = plain.reduce(
    (left, right) => (left === undefined ? right : glue(glue(left, word(' ')), right)),
    undefined as Word | undefined,
  );
  return { ...(joined ?? word('')), quoted: false };
}

/** As `echo -e` says it. */
function withEscapes(value: Word): Word {
  return { ...value, readings: value.readings.map((one) => ({ ...one, text: ansiText(one.text) })) };
}

function filtered(value: Word, name: string, text: string): Word {
  const [only] = textsOf(value);
  if (only === undefined || value.readings.length !== 1 || value.unknown) return unknownWord;
  if (name === 'base64' && /-d|--decode/.test(text))
    return word(Buffer.from(only, 'base64').toString().trim(), false);
  if (name === 'rev') return word([...only].reverse().join(''), false);
  if (name === 'xxd' && /-r/.test(text))
    return word(Buffer.from(only.replace(/\s/g, ''), 'hex').toString().trim(), false);
  return unknownWord;
}
