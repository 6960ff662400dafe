export interface Piece {
  readonly text: string;
  readonly tone?: 'comment' | 'string' | 'number' | 'keyword';
}

const python =
  'and as assert async await break class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return True try while with yield';
const javascript =
  'as async await break case catch class const continue default delete do else export extends false finally for from function if import in instanceof interface let new null of return static super switch this throw true try type typeof undefined var void while yield';
const shell =
  'case do done elif else esac export fi for function if in local return then until while exit set cd';

interface Grammar {
  readonly token: RegExp;
  readonly keywords: ReadonlySet<string>;
}

/** Longest strings first; a string that is not closed goes to the end of its line, or of the code. */
function grammar(keywords: string, comment: string, strings: string): Grammar {
  const number = String.raw`\b\d[\w.]*`;
  const word = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;
  return {
    token: new RegExp(`(${comment})|(${strings})|(${number})|(${word})`, 'gu'),
    keywords: new Set(keywords.split(' ')),
  };
}

const quoted = String.raw`"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?`;
const triple = String.raw`"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)`;
const template = '`(?:[^`\\\\]|\\\\[\\s\\S])*`?';
const grammars: Readonly<Record<string, Grammar>> = {
  python: grammar(python, '#[^\\n]*', `[rbfuRBFU]{0,2}(?:${triple}|${quoted})`),
  javascript: grammar(javascript, String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`, `${template}|${quoted}`),
  shell: grammar(shell, String.raw`(?<=^|\s)#[^\n]*`, quoted),
};
const names: Readonly<Record<string, string>> = {
  py: 'python',
  python3: 'python',
  js: 'javascript',
  ts: 'javascript',
  typescript: 'javascript',
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
};

/** Colouring is for the eye only; past this it is left out. */
const longest = 200_000;

/** The lines of some code, each cut into pieces that belong together for the eye. */
export function highlight(code: string, language: string): readonly (readonly Piece[])[] {
  const known = grammars[names[language] ?? language];
  if (known === undefined || code.length > longest) return code.split('\n').map((text) => [{ text }]);
  const lines: Piece[][] = [[]];
  const add = (text: string, tone?: Piece['tone']): void => {
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push(tone === undefined ? { text: part } : { text: part, tone });
    });
  };
  let from = 0;
  for (const match of code.matchAll(known.token)) {
    const [all, comment, string, number] = match;
    const keyword = known.keywords.has(all);
    const tone =
      comment !== undefined
        ? 'comment'
        : string !== undefined
          ? 'string'
          : number !== undefined
            ? 'number'
            : keyword
              ? 'keyword'
              : undefined;
    if (tone === undefined) continue;
    add(code.slice(from, match.index));
    add(all, tone);
    from = match.index + all.length;
  }
  add(code.slice(from));
  return lines;
}
