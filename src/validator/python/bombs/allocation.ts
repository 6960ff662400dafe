import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { isHuge, oneInt } from '../values/join.ts';
import type { Args, Atom, Value } from '../values/value.ts';
import { numberIn, sizeMade } from './arraySizes.ts';
import { hugeRounds } from './consumption.ts';

/** Bytes or items that no honest small program asks for at once. */
const hugeSize = 1_000_000_000n;
/** Decimal digits that take longer than a run may. */
const hugeBits = 30_000_000;

function report(m: Machine, node: SyntaxNode, message: string): void {
  m.report('bomb.memory', node, message);
}

/** `a ** b` with integers: the result has about b·log2(a) bits. */
export function checkPower(m: Machine, node: SyntaxNode, left: Value, right: Value): void {
  const exponents = right.map((atom) => numberIn([atom]));
  for (const a of left) {
    if (a.kind !== 'int' && !isHuge(a)) continue;
    const base = numberIn([a]) ?? 0n;
    for (const exponent of exponents) {
      if (exponent === undefined || exponent <= 0n || (base < 2n && base > -2n)) continue;
      if (Number(exponent) * bits(base) <= hugeBits) continue;
      report(m, node, 'Computes a number with millions of digits');
      return;
    }
  }
}

function bits(value: bigint): number {
  return Math.log2(Number(value < 0n ? -value : value));
}

/** `a << b`. */
export function checkShift(m: Machine, node: SyntaxNode, left: Value, right: Value): void {
  const by = numberIn(right);
  if (by !== undefined && by > BigInt(hugeBits) && numberIn(left) !== undefined)
    report(m, node, 'Computes a number with millions of digits');
}

function sizeOf(atom: Atom): bigint | undefined {
  switch (atom.kind) {
    case 'text':
    case 'bytes':
      return BigInt(atom.text.length);
    case 'seq':
      return atom.many ?? BigInt(atom.items.length + (atom.rest.length > 0 ? 1 : 0));
    case 'inst':
      return /^(array\.array|collections\.deque|builtins\.bytearray)$/.test(atom.path) ? 1n : undefined;
    default:
      return undefined;
  }
}

/** `'a' * 10**12` and `[0] * 10**10`. */
export function checkRepeat(m: Machine, node: SyntaxNode, left: Value, right: Value): void {
  // Every round of the comprehensions around keeps one of these.
  const kept = (): bigint => BigInt(Math.floor(Math.min(m.gathered, hugeRounds)));
  const check = (what: Value, count: Value): void => {
    for (const a of what) {
      const size = sizeOf(a);
      if (size === undefined) continue;
      for (const b of count)
        if ((b.kind === 'int' && b.value * (size || 1n) * kept() >= hugeSize) || isHuge(b))
          report(m, node, 'Makes a value of more than a billion items');
    }
  };
  check(left, right);
  check(right, left);
}

/** A width in a format specification or a padding method. */
export function checkPadding(m: Machine, node: SyntaxNode, width: Value): void {
  for (const atom of width) {
    if (atom.kind === 'int' && atom.value >= hugeSize)
      report(m, node, 'Pads text to more than a billion characters');
    if (atom.kind === 'text' && (atom.text.match(/\d{1,40}/g) ?? []).some((n) => BigInt(n) >= hugeSize))
      report(m, node, 'Pads text to more than a billion characters');
  }
}

/** Arrays, buffers and factorials that are too large. */
export function checkAllocation(m: Machine, path: string, args: Args, node: SyntaxNode): void {
  if (path === 'math.factorial' || path === 'scipy.special.factorial') {
    const n = oneInt(args.positional[0]);
    if (n !== undefined && n > 1_000_000n) report(m, node, 'Computes a number with millions of digits');
    return;
  }
  if (path === 'math.comb' || path === 'math.perm') {
    const chosen = args.positional.map((value) => numberIn(value) ?? 0n);
    if (chosen.length === 2 && chosen.every((n) => n > 1_000_000n))
      report(m, node, 'Computes a number with millions of digits');
    return;
  }
  if (path === 'builtins.pow' && args.positional.length === 2) {
    checkPower(m, node, args.positional[0] ?? [], args.positional[1] ?? []);
    return;
  }
  const size = sizeMade(path, args);
  if (size !== undefined && size >= hugeSize) report(m, node, 'Asks for more than a billion items or bytes');
}
