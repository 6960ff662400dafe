import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { oneInt, single } from '../values/join.ts';
import type { Args, Atom, Value } from '../values/value.ts';

/** Bytes or items that no honest small program asks for at once. */
const hugeSize = 1_000_000_000n;
/** Decimal digits that take longer than a run may. */
const hugeBits = 30_000_000;

function report(m: Machine, node: SyntaxNode, message: string): void {
  m.report('bomb.memory', node, message);
}

/** `a ** b` with integers: the result has about b·log2(a) bits. */
export function checkPower(m: Machine, node: SyntaxNode, left: Value, right: Value): void {
  for (const a of left) {
    for (const b of right) {
      if (a.kind !== 'int' || (b.kind !== 'int' && b.kind !== 'unknown')) continue;
      if (b.kind === 'unknown') continue;
      const base = a.value < 0n ? -a.value : a.value;
      if (base < 2n || b.value <= 0n) continue;
      if (Number(b.value) * Math.log2(Number(base)) > hugeBits)
        report(m, node, 'Computes a number with millions of digits');
    }
  }
  const power = right.length === 1 ? right[0] : undefined;
  if (power?.kind === 'unknown' && isTower(node)) report(m, node, 'Computes a tower of powers');
}

/** `10 ** 10 ** 10`: the exponent was too large to be followed. */
function isTower(node: SyntaxNode): boolean {
  const right = node.children.find((child) => child.field === 'right');
  const inner = right?.type === 'parenthesized_expression' ? right.children[0] : right;
  return (
    inner?.type === 'binary_operator' &&
    inner.children.every(
      (child) => child.type === 'integer' || child.field === 'operator' || child.type === 'binary_operator',
    )
  );
}

/** `a << b`. */
export function checkShift(m: Machine, node: SyntaxNode, left: Value, right: Value): void {
  const by = oneInt(right);
  if (by !== undefined && by > BigInt(hugeBits) && single(left)?.kind === 'int')
    report(m, node, 'Computes a number with millions of digits');
}

function sizeOf(atom: Atom): bigint | undefined {
  switch (atom.kind) {
    case 'text':
    case 'bytes':
      return BigInt(atom.text.length);
    case 'seq':
      return BigInt(atom.items.length + (atom.rest.length > 0 ? 1 : 0));
    default:
      return undefined;
  }
}

/** `'a' * 10**12` and `[0] * 10**10`. */
export function checkRepeat(m: Machine, node: SyntaxNode, left: Value, right: Value): void {
  for (const [what, count] of [
    [left, right],
    [right, left],
  ] as const) {
    for (const a of what) {
      const size = sizeOf(a);
      if (size === undefined) continue;
      for (const b of count)
        if (b.kind === 'int' && b.value * (size || 1n) >= hugeSize)
          report(m, node, 'Makes a value of more than a billion items');
    }
  }
}

/** A width in a format specification or a padding method. */
export function checkPadding(m: Machine, node: SyntaxNode, width: Value): void {
  for (const atom of width) {
    if (atom.kind === 'int' && atom.value >= hugeSize)
      report(m, node, 'Pads text to more than a billion characters');
    if (atom.kind === 'text' && BigInt(/(\d{1,40})/.exec(atom.text)?.[1] ?? 0) >= hugeSize)
      report(m, node, 'Pads text to more than a billion characters');
  }
}

/** Constructors of arrays and buffers, by the argument that says how large. */
const shaped =
  /^numpy\.(zeros|ones|empty|full|arange|linspace|identity|eye|tri|random\.(rand|randn|random|normal|uniform|randint|random_sample)|repeat|tile|indices)$/;
const plain =
  /^builtins\.(bytearray|bytes)$|^torch\.(zeros|ones|empty|rand|randn|arange|full)$|^ctypes\.create_string_buffer$|^os\.urandom$|^secrets\.token_(bytes|hex)$|^random\.randbytes$|^mmap\.mmap$/;

/** Arrays, buffers and factorials that are too large. */
export function checkAllocation(m: Machine, path: string, args: Args, node: SyntaxNode): void {
  if (path === 'math.factorial' || path === 'scipy.special.factorial') {
    const n = oneInt(args.positional[0]);
    if (n !== undefined && n > 1_000_000n) report(m, node, 'Computes a number with millions of digits');
    return;
  }
  if (path === 'builtins.pow' && args.positional.length === 2) {
    checkPower(m, node, args.positional[0] ?? [], args.positional[1] ?? []);
    return;
  }
  if (!shaped.test(path) && !plain.test(path)) return;
  const sizes = /eye|identity|tri$/.test(path)
    ? squared(args)
    : /rand|randn|zeros|ones|empty/.test(path)
      ? product(args.positional)
      : largest(args);
  const named = args.keywords.get('size') ?? args.keywords.get('shape');
  const all = [sizes, named ? product([named]) : 0n];
  if (all.some((size) => size >= hugeSize)) report(m, node, 'Makes an array of more than a billion items');
}

function product(values: readonly Value[]): bigint {
  let size = 1n;
  for (const value of values) {
    const atom = single(value);
    if (atom?.kind === 'int') size *= atom.value > 0n ? atom.value : 1n;
    else if (atom?.kind === 'float' && Number.isFinite(atom.value))
      size *= BigInt(Math.max(1, Math.floor(atom.value)));
    else if (atom?.kind === 'seq' && atom.type === 'tuple') size *= product(atom.items);
  }
  return size;
}

function squared(args: Args): bigint {
  const n = oneInt(args.positional[0]) ?? 0n;
  return n * (oneInt(args.positional[1]) ?? n);
}

function largest(args: Args): bigint {
  let size = 0n;
  for (const value of args.positional) {
    const own = product([value]);
    if (own > size) size = own;
  }
  return size;
}
