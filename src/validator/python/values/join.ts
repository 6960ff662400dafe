import { hidden, unknown } from './make.ts';
import type { Atom, Value } from './value.ts';

const maxConstants = 8;
const maxAtoms = 24;

function isConstant(atom: Atom): boolean {
  switch (atom.kind) {
    case 'text':
    case 'bytes':
    case 'int':
    case 'float':
      return true;
    default:
      return false;
  }
}

/** May be the one or the other. Constants are let go when there are many; what can act never is. */
export function join(a: Value, b: Value): Value {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  if (sameOne(a, b)) return a;
  let atoms: Atom[] | undefined;
  for (const atom of b) {
    if (holds(atoms ?? a, atom.key)) continue;
    atoms ??= [...a];
    atoms.push(atom);
  }
  return atoms === undefined ? a : bounded(atoms);
}

function holds(atoms: Value, key: string): boolean {
  for (const atom of atoms) if (atom.key === key) return true;
  return false;
}

function bounded(atoms: readonly Atom[]): Value {
  if (atoms.length <= maxConstants) return atoms;
  let constants = 0;
  for (const atom of atoms) if (isConstant(atom)) constants++;
  let kept = atoms;
  if (constants > maxConstants) {
    kept = atoms.filter((atom) => !isConstant(atom));
    if (!kept.some((atom) => atom.kind === 'unknown')) kept = [...kept, ...unknown];
  }
  if (kept.length <= maxAtoms) return kept;
  // Too many to follow: keep what a library offers, which is where danger comes from.
  const acting = kept
    .filter((atom) => ['lib', 'partial', 'func', 'class'].includes(atom.kind))
    .slice(0, maxAtoms);
  return [...acting, ...unknown];
}

export function joinAll(values: Iterable<Value>): Value {
  let only: Value | undefined;
  let atoms: Map<string, Atom> | undefined;
  for (const value of values) {
    if (value.length === 0 || value === only) continue;
    if (only === undefined) {
      only = value;
      continue;
    }
    if (atoms === undefined && sameOne(only, value)) continue;
    atoms ??= new Map(only.map((atom) => [atom.key, atom]));
    for (const atom of value) if (!atoms.has(atom.key)) atoms.set(atom.key, atom);
  }
  if (atoms === undefined) return only ?? [];
  return bounded([...atoms.values()]);
}

function sameOne(a: Value, b: Value): boolean {
  return a.length === 1 && b.length === 1 && a[0]?.key === b[0]?.key;
}

/** The only atom of a value, if there is just one. */
export function single(value: Value | undefined): Atom | undefined {
  return value?.length === 1 ? value[0] : undefined;
}

export function isUnknown(value: Value): boolean {
  return value.some((atom) => atom.kind === 'unknown');
}

/** Whether any part came from decoding that could not be followed. */
export function isHidden(value: Value): boolean {
  return value.some((atom) => atom.kind === 'unknown' && atom.hidden);
}

/** Whether it is an integer that is too large to be followed. */
export function isHuge(atom: Atom): boolean {
  return atom.kind === 'unknown' && atom.huge === true;
}

/** Unknown, and suspicious if what it was made from is. */
export function unknownFrom(...sources: Value[]): Value {
  return sources.some(isHidden) ? hidden : unknown;
}

/** The text of every atom that is a fully known string; undefined when some atom is anything else. */
export function knownTexts(value: Value): string[] | undefined {
  const texts: string[] = [];
  for (const atom of value) {
    if (atom.kind !== 'text' || atom.open) return undefined;
    texts.push(atom.text);
  }
  return texts.length === 0 ? undefined : texts;
}

/** The single fully known string of a value. */
export function oneText(value: Value | undefined): string | undefined {
  const atom = single(value);
  return atom?.kind === 'text' && !atom.open ? atom.text : undefined;
}

/** The single known integer of a value; True and False count as 1 and 0. */
export function oneInt(value: Value | undefined): bigint | undefined {
  const atom = single(value);
  if (atom?.kind === 'int') return atom.value;
  if (atom?.kind === 'bool') return atom.value ? 1n : 0n;
  return undefined;
}

/** Truth of a value where it is certain. */
export function truth(value: Value): boolean | undefined {
  let answer: boolean | undefined;
  for (const atom of value) {
    const own = atomTruth(atom);
    if (own === undefined || (answer !== undefined && own !== answer)) return undefined;
    answer = own;
  }
  return answer;
}

function atomTruth(atom: Atom): boolean | undefined {
  switch (atom.kind) {
    case 'none':
      return false;
    case 'bool':
      return atom.value;
    case 'int':
      return atom.value !== 0n;
    case 'float':
      return atom.value !== 0;
    case 'bytes':
      return atom.text !== '';
    case 'text':
      return atom.text !== '' ? true : atom.open ? undefined : false;
    case 'func':
    case 'class':
      return true;
    case 'range':
      return atom.step > 0n ? atom.start < atom.stop : atom.start > atom.stop;
    default:
      return undefined;
  }
}
