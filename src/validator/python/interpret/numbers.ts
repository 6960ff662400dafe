import { isHuge } from '../values/join.ts';
import { bool, float, huge, int, unknown } from '../values/make.ts';
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
    return floats(sign, Number(a.value), Number(b.value));
  }
  return integers(sign, BigInt(a.value), BigInt(b.value), a.kind === 'bool' && b.kind === 'bool');
}

function floats(sign: string, x: number, y: number): Value {
  switch (sign) {
    case '+':
      return float(x + y);
    case '-':
      return float(x - y);
    case '*':
      return float(x * y);
    case '**':
      return float(x ** y);
    case '/':
      return y === 0 ? unknown : float(x / y);
    case '//':
      return y === 0 ? unknown : float(Math.floor(x / y));
    case '%':
      return y === 0 ? unknown : float(x - y * Math.floor(x / y));
    default:
      return unknown;
  }
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
      return power(x, y);
    case '<<':
      if (y < 0n) return unknown;
      return y <= 512n ? bounded(x << y) : x > 0n ? huge : x === 0n ? int(0) : unknown;
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

/** Powers that are too large to be followed are known to be that. */
function power(x: bigint, y: bigint): Value {
  if (x === 0n || x === 1n) return int(y === 0n ? 1n : x);
  if (x === -1n) return int(y % 2n === 0n ? 1n : -1n);
  const far = y > 512n || (x > 1n << 64n && y > 8n);
  if (!far) return bounded(x ** y);
  return x > 0n || y % 2n === 0n ? huge : unknown;
}

function bounded(value: bigint): Value {
  const made = int(value);
  return made === unknown && value > 0n ? huge : made;
}

/** Arithmetic with an integer that is too large to be followed: what surely grows stays that. */
export function hugeNumbers(sign: string, a: Atom, b: Atom): Value {
  if (!isHuge(a)) return isHuge(b) && grows(sign, a) && sign !== '<<' ? huge : unknown;
  if (sign === '-' || sign === '//')
    return b.kind === 'int' && b.value >= 0n && b.value < 1n << 64n ? huge : unknown;
  return grows(sign, b) || isHuge(b) ? huge : unknown;
}

function grows(sign: string, other: Atom): boolean {
  if (other.kind !== 'int') return false;
  if (sign === '+' || sign === '<<' || sign === '|') return other.value >= 0n;
  return (sign === '*' && other.value > 0n) || (sign === '**' && other.value > 1n);
}
