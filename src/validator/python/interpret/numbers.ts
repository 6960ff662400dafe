import { bool, float, int, unknown } from '../values/make.ts';
import type { Atom, Value } from '../values/value.ts';

export function isNumber(atom: Atom): atom is Extract<Atom, { kind: 'int' | 'float' | 'bool' }> {
  return atom.kind === 'int' || atom.kind === 'float' || atom.kind === 'bool';
}

export function numbers(
  sign: string,
  a: Extract<Atom, { kind: 'int' | 'float' | 'bool' }>,
  b: Extract<Atom, { kind: 'int' | 'float' | 'bool' }>,
): Value {
  if (a.kind === 'float' || b.kind === 'float' || sign === '/') {
    const [x, y] = [Number(a.value), Number(b.value)];
    const results: Record<string, number> = { '+': x + y, '-': x - y, '*': x * y, '**': x ** y };
    if (sign === '/' || sign === '//' || sign === '%') {
      if (y === 0) return unknown;
      return float(sign === '/' ? x / y : sign === '//' ? Math.floor(x / y) : x - y * Math.floor(x / y));
    }
    const result = results[sign];
    return result === undefined ? unknown : float(result);
  }
  return integers(sign, BigInt(a.value), BigInt(b.value), a.kind === 'bool' && b.kind === 'bool');
}

function integers(sign: string, x: bigint, y: bigint, flags: boolean): Value {
  switch (sign) {
    case '+':
      return int(x + y);
    case '-':
      return int(x - y);
    case '*':
      return int(x * y);
    case '//':
    case '%': {
      if (y === 0n) return unknown;
      const remainder = ((x % y) + y) % y;
      return int(sign === '%' ? remainder : (x - remainder) / y);
    }
    case '**':
      if (y < 0n) return float(Number(x) ** Number(y));
      return y > 512n || (x > 1n << 64n && y > 8n) ? unknown : int(x ** y);
    case '<<':
      return y < 0n || y > 512n ? unknown : int(x << y);
    case '>>':
      return y < 0n || y > 4096n ? unknown : int(x >> y);
    case '&':
      return flags ? bool((x & y) !== 0n) : int(x & y);
    case '|':
      return flags ? bool((x | y) !== 0n) : int(x | y);
    case '^':
      return flags ? bool((x ^ y) !== 0n) : int(x ^ y);
    default:
      return unknown;
  }
}
