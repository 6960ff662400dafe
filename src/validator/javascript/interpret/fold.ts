import { Flow, maybeOther, onlyText, text, unknown } from '../values.ts';
import type { TextValue, Value } from '../values.ts';

function textItems(flow: Flow): TextValue[] {
  const items: TextValue[] = [];
  for (const value of flow) {
    if (value.kind === 'text') items.push(value);
    if (value.kind === 'number') items.push(text(String(value.number)));
  }
  return items;
}

/** Every text that joining two values may give. */
export function joinTexts(left: Flow, right: Flow): Flow {
  const result = new Flow();
  const ends = textItems(right);
  const more = maybeOther(right);
  for (const start of textItems(left)) {
    if (start.open) {
      result.add(start);
      continue;
    }
    // All pairings of many texts say no more than their beginnings.
    if (result.items.size + ends.length <= 32) {
      for (const end of ends) result.add(text(start.text + end.text, end.open));
    } else result.add(text(start.text, true));
    if (more) result.add(text(start.text, true));
  }
  return result.items.size === 0 ? unknown() : result;
}

/** The result of an operator; `written` tells `&&=` and the like from `=` comparisons. */
export function binary(operator: string, written: string, a: Flow, b: Flow): Flow {
  if (['&&', '||', '??'].includes(operator)) {
    const either = new Flow(...a);
    either.addAll(b);
    return either;
  }
  if (/^(==|!=|===|!==|<=|>=|<|>)$/.test(written)) return unknown();
  const [x] = a;
  const [y] = b;
  if (a.items.size === 1 && b.items.size === 1 && x?.kind === 'number' && y?.kind === 'number') {
    const number = arithmetic(operator, x.number, y.number);
    return number === undefined ? unknown() : new Flow({ kind: 'number', number });
  }
  return operator === '+' ? joinTexts(a, b) : unknown();
}

function arithmetic(operator: string, x: number, y: number): number | undefined {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '%':
      return x % y;
    case '**':
      return x ** y;
    case '^':
      return x ^ y;
    case '|':
      return x | y;
    case '&':
      return x & y;
    case '<<':
      return x << y;
    default:
      return undefined;
  }
}

/** What an escape sequence in a string stands for. */
export function escaped(sequence: string): string {
  const body = sequence.slice(1);
  const code = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]+)\})$/i.exec(body);
  if (code !== null) {
    const point = parseInt(code[1] ?? code[2] ?? code[3] ?? '0', 16);
    return String.fromCodePoint(Math.min(point, 0x10ffff));
  }
  if (/^[0-7]+$/.test(body)) return String.fromCharCode(parseInt(body, 8));
  const simple: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' };
  return /^[\r\n\u2028\u2029]/.test(body) ? '' : (simple[body] ?? body);
}

const numbersOf = (args: readonly Flow[]): (number | undefined)[] =>
  args.map((flow) => {
    const [value] = flow;
    return flow.items.size === 1 && value?.kind === 'number' ? value.number : undefined;
  });

/** A replacement of every letter of a text may make this many letters. */
export const mostLetters = 1_000_000;

/** The result of a string method on a constant; undefined when it is not known. */
export function textMethod(method: string, self: TextValue, args: readonly Flow[]): Value[] | undefined {
  if (self.open)
    return /^(toString|trimEnd|trim|normalize|concat|padEnd|valueOf)$/.test(method) ? [self] : undefined;
  const s = self.text;
  const numbers = numbersOf(args);
  const first = args[0] === undefined ? undefined : onlyText(args[0]);
  const second = args[1] === undefined ? undefined : onlyText(args[1]);
  const one = (value: string): Value[] => [text(value)];
  const known = numbers.every((number) => number !== undefined);
  if (s.length * (second?.length ?? 0) > mostLetters) return undefined;
  switch (method) {
    case 'toLowerCase':
    case 'toLocaleLowerCase':
      return one(s.toLowerCase());
    case 'toUpperCase':
    case 'toLocaleUpperCase':
      return one(s.toUpperCase());
    case 'trim':
    case 'trimStart':
    case 'trimEnd':
      return one(s.trim());
    case 'toString':
    case 'valueOf':
    case 'normalize':
      if (first === undefined || method === 'normalize') return one(s);
      // Bytes are followed as the text that they mean.
      return /^(utf-?8|latin1|ascii|binary)$/.test(first) ? one(s) : undefined;
    case 'slice':
      return known ? one(s.slice(numbers[0], numbers[1])) : undefined;
    case 'substring':
      return known ? one(s.substring(numbers[0] ?? 0, numbers[1])) : undefined;
    case 'substr':
      return known
        ? one(s.slice(numbers[0], numbers[1] === undefined ? undefined : (numbers[0] ?? 0) + numbers[1]))
        : undefined;
    case 'charAt':
    case 'at':
      return known ? one(s.at(numbers[0] ?? 0) ?? '') : undefined;
    case 'charCodeAt':
    case 'codePointAt':
      return known ? [{ kind: 'number', number: s.charCodeAt(numbers[0] ?? 0) }] : undefined;
    case 'repeat':
      return known && s.length * (numbers[0] ?? 0) < 4096
        ? one(s.repeat(Math.max(0, numbers[0] ?? 0)))
        : undefined;
    case 'replace':
      return first === undefined || second === undefined ? undefined : one(s.replace(first, () => second));
    case 'replaceAll':
      return first === undefined || second === undefined || first === ''
        ? undefined
        : one(s.replaceAll(first, () => second));
    case 'concat':
      return [...args.reduce((left, right) => joinTexts(left, right), new Flow(self))];
    default:
      return undefined;
  }
}
