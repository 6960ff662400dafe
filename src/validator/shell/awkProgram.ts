import type { ProgramEffect } from './programEffect.ts';

interface Token {
  readonly kind: 'string' | 'regex' | 'name' | 'number' | 'sign' | 'end';
  readonly text: string;
}

const pieces =
  /(?<space>[ \t\r]+|\\\n|#[^\n]*)|(?<string>"(?:[^"\\\n]|\\[^])*"?)|(?<name>[A-Za-z_]\w*)|(?<number>\d[\w.]*)|(?<sign>\|\||\|&|>>|&&|[<>=!+*/%^-]=|[^])/gy;
const regex = /\/(?:[^/\\\n[]|\\[^]|\[\^?\]?[^\]\n]*\])*\//y;
const beforeRegex = /^(print|printf|return|in|getline|case|exit)$/;

/** The files and commands that a program for awk names, read as awk reads it. */
export function awkEffects(program: string): ProgramEffect[] {
  const tokens = tokensOf(program);
  const known = constantsOf(tokens);
  const effects: ProgramEffect[] = [];
  let printing = false;
  let depth = 0;
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if (token.kind === 'string' && token.text.startsWith('/inet')) effects.push({ kind: 'network' });
    if (token.kind === 'name') {
      if (token.text === 'print' || token.text === 'printf') [printing, depth] = [true, 0];
      if (token.text === 'system' && next?.text === '(') effects.push({ kind: 'command' });
    }
    if (token.kind === 'end') printing = false;
    if (token.kind !== 'sign') return;
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    // A single bar has no other meaning than a pipe to or from a command.
    if (token.text === '|' || token.text === '|&') {
      const text = tokens[index + 2]?.kind === 'end' && next?.kind === 'string' ? next.text : undefined;
      effects.push(text === undefined ? { kind: 'command' } : { kind: 'pipe', text });
    }
    if (token.text === '@' && next?.kind === 'name') {
      effects.push({ kind: next.text === 'load' ? 'native' : next.text === 'include' ? 'code' : 'command' });
    }
    const writes = printing && depth <= 0 && (token.text === '>' || token.text === '>>');
    if (writes || (token.text === '<' && readsLine(tokens, index)))
      effects.push(...filesAt(tokens, index + 1, known));
  });
  return effects;
}

function tokensOf(program: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < program.length;) {
    if (program[at] === '/' && regexMayStart(tokens.at(-1))) {
      regex.lastIndex = at;
      const found = regex.exec(program);
      if (found !== null) {
        tokens.push({ kind: 'regex', text: found[0] });
        at = regex.lastIndex;
        continue;
      }
    }
    pieces.lastIndex = at;
    const groups = pieces.exec(program)?.groups ?? {};
    at = Math.max(at + 1, pieces.lastIndex);
    if (groups.string !== undefined) {
      const inside = groups.string.slice(1).replace(/"$/, '');
      tokens.push({ kind: 'string', text: inside.replace(/\\(.)/g, '$1') });
    } else if (groups.name !== undefined) tokens.push({ kind: 'name', text: groups.name });
    else if (groups.number !== undefined) tokens.push({ kind: 'number', text: groups.number });
    else if (groups.sign !== undefined)
      tokens.push({ kind: /^[;{}\n]$/.test(groups.sign) ? 'end' : 'sign', text: groups.sign });
  }
  return tokens;
}

/** After something that can be divided, a slash divides. */
function regexMayStart(last: Token | undefined): boolean {
  if (last === undefined) return true;
  if (last.kind === 'name') return beforeRegex.test(last.text);
  return last.kind === 'end' || (last.kind === 'sign' && last.text !== ')' && last.text !== ']');
}

/** Texts that the program gives to its variables. */
function constantsOf(tokens: readonly Token[]): Map<string, string[]> {
  const known = new Map<string, string[]>();
  tokens.forEach((token, index) => {
    const value = tokens[index + 2];
    if (token.kind !== 'name' || tokens[index + 1]?.text !== '=' || value?.kind !== 'string') return;
    known.set(token.text, [...(known.get(token.text) ?? []), value.text]);
  });
  return known;
}

function readsLine(tokens: readonly Token[], index: number): boolean {
  return tokens[index - 1]?.text === 'getline' || tokens[index - 2]?.text === 'getline';
}

/** The file names that may stand at a place: texts one after the other are one name. */
function filesAt(
  tokens: readonly Token[],
  start: number,
  known: ReadonlyMap<string, readonly string[]>,
): ProgramEffect[] {
  let paths = [''];
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'end' || token.text === ')' || token.text === ',') break;
    if (token.text === '(') continue;
    const texts = token.kind === 'string' ? [token.text] : token.kind === 'name' && known.get(token.text);
    if (!texts) return paths.map((path) => ({ kind: 'file', path, open: true }));
    paths = paths.flatMap((path) => texts.map((text) => path + text)).slice(0, 16);
  }
  return paths.map((path) => ({ kind: 'file', path, open: false }));
}
