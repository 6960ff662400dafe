import { checkConsumed } from '../bombs/consumption.ts';
import { argument } from '../interpret/arguments.ts';
import { strValue } from '../values/format.ts';
import { isHidden, join, joinAll, oneInt } from '../values/join.ts';
import { bytes, dictAtom, hidden, int, text, unknown } from '../values/make.ts';
import type { Atom, Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { first } from './libCall.ts';
import { textMethod } from './text.ts';

/** Maps each atom of the first argument. */
export const each =
  (change: (atom: Atom) => Value | undefined): Model =>
  (call) => {
    const value = first(call);
    if (isHidden(value)) return hidden;
    return joinAll(value.map((atom) => change(atom) ?? unknown));
  };

export function hooked(call: LibCall, name: string): Value | undefined {
  const objects = first(call).filter((atom) => atom.kind === 'obj');
  if (objects.length === 0) return undefined;
  const hook = call.m.parts
    .attribute(objects, name, call.node)
    .filter((atom) => atom.kind === 'func' || atom.kind === 'lib');
  if (hook.length === 0) return undefined;
  return call.m.parts.call(hook, { ...call.args, positional: call.args.positional.slice(1) }, call.node);
}

export const dunder =
  (name: string, otherwise: Value = unknown): Model =>
  (call) =>
    hooked(call, name) ?? otherwise;

export const str: Model = (call) => {
  if (call.args.positional.length === 0) return text('');
  const special = hooked(call, '__str__') ?? hooked(call, '__repr__');
  if (special) return special;
  const encoding = argument(call.args, 1, 'encoding');
  if (encoding) {
    return joinAll(
      first(call).map((atom): Value =>
        atom.kind === 'bytes'
          ? (textMethod(call.m, atom, 'decode', { ...call.args, positional: [encoding] }, call.node) ??
            unknown)
          : unknown,
      ),
    );
  }
  return strValue(first(call));
};

export const toBytes: Model = (call) => {
  const value = first(call);
  if (call.args.positional.length === 0) return bytes('');
  return joinAll(
    value.map((atom): Value => {
      if (atom.kind === 'bytes') return [atom];
      if (atom.kind === 'text')
        return (
          textMethod(
            call.m,
            atom,
            'encode',
            { ...call.args, positional: call.args.positional.slice(1) },
            call.node,
          ) ?? unknown
        );
      if (atom.kind !== 'seq' && atom.kind !== 'range' && atom.kind !== 'iter')
        return atom.kind === 'unknown' && atom.hidden ? hidden : unknown;
      const items = call.m.parts.iterate([atom], call.node);
      const numbers = items.exact?.map((item) => oneInt(item));
      if (!numbers || numbers.some((number) => number === undefined || number < 0n || number > 255n))
        return unknown;
      return bytes(numbers.map((number) => String.fromCharCode(Number(number))).join(''));
    }),
  );
};

export const toInt: Model = (call) => {
  const base = oneInt(argument(call.args, 1, 'base'));
  const special = hooked(call, '__int__');
  if (special) return special;
  return each((atom) => {
    if (atom.kind === 'int') return [atom];
    if (atom.kind === 'bool') return int(atom.value ? 1 : 0);
    if (atom.kind === 'float')
      return Number.isFinite(atom.value) ? int(BigInt(Math.trunc(atom.value))) : unknown;
    if (atom.kind !== 'text' && atom.kind !== 'bytes') return unknown;
    return parseInteger(atom.text, Number(base ?? 10n));
  })(call);
};

function parseInteger(source: string, base: number): Value {
  const plain = source.trim().replaceAll('_', '').toLowerCase();
  const digits =
    base === 16
      ? plain.replace(/^0x/, '')
      : base === 2
        ? plain.replace(/^0b/, '')
        : base === 8
          ? plain.replace(/^0o/, '')
          : plain;
  if (digits.length > 200 || digits === '') return unknown;
  try {
    if (base === 10 || base === 0) return int(BigInt(digits));
    let value = 0n;
    for (const digit of digits) {
      const number = parseInt(digit, 36);
      if (Number.isNaN(number) || number >= base) return unknown;
      value = value * BigInt(base) + BigInt(number);
    }
    return int(value);
  } catch {
    return unknown;
  }
}

export const dict: Model = (call) => {
  const { m, args, node } = call;
  const views = first(call).filter((atom) => atom.kind === 'namespace');
  if (views.length > 0) return views;
  const made = dictAtom();
  const update = m.parts.attribute([made], 'update', node);
  const given = args.positional[0];
  if (given?.some((atom) => atom.kind === 'iter')) checkConsumed(m, node, m.parts.iterate(given, node).size);
  if (args.positional.length > 0 || args.keywords.size > 0) m.parts.call(update, args, node);
  made.rest = join(made.rest, args.keywordRest);
  return [made];
};
