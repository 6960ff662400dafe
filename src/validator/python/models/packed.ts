import { deflateSync, gzipSync } from 'node:zlib';
import { join, oneInt, oneText, single } from '../values/join.ts';
import { bytes, hidden, inst, seq, text, unknown } from '../values/make.ts';
import type { Args, Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { first, modelsFor } from './libCall.ts';

const widths: Readonly<Record<string, number>> = {
  b: 1,
  B: 1,
  h: 2,
  H: 2,
  i: 4,
  I: 4,
  l: 4,
  L: 4,
  q: 8,
  Q: 8,
};

/** `struct.pack` of constants; what cannot be followed is hidden. */
const pack: Model = (call) => {
  const format = oneText(first(call));
  const big = format !== undefined && /^[>!]/.test(format);
  const values = call.args.positional.slice(1);
  let packed = '';
  for (const [, count, kind = ''] of (format ?? '').matchAll(/(\d*)([a-zA-Z?])/g)) {
    if (kind === 's') {
      const value = single(values.shift());
      if (value?.kind !== 'bytes') return unknown;
      packed += value.text
        .slice(0, Number(count === '' ? 1 : count))
        .padEnd(Math.min(Number(count), 4096), '\0');
      continue;
    }
    for (let n = 0; n < Math.min(Number(count === '' ? 1 : count), 4096); n++) {
      const value = single(values.shift());
      const width = widths[kind];
      if (kind === 'c' && value?.kind === 'bytes') packed += value.text;
      else if (width !== undefined && value?.kind === 'int') packed += digits(value.value, width, big);
      else return unknown;
    }
  }
  return bytes(packed);
};

function digits(value: bigint, width: number, big: boolean): string {
  let made = '';
  for (let n = 0; n < width; n++) made += String.fromCharCode(Number((value >> BigInt(8 * n)) & 255n));
  return big ? [...made].reverse().join('') : made;
}

/** `(5).to_bytes(2, 'big')`. */
export function toBytesOf(value: bigint, args: Args): Value {
  const length = oneInt(args.positional[0] ?? args.keywords.get('length') ?? []) ?? 1n;
  const order = oneText(args.positional[1] ?? args.keywords.get('byteorder') ?? []) ?? 'big';
  return length > 4096n || length < 0n ? unknown : bytes(digits(value, Number(length), order !== 'little'));
}

const packedBy =
  (compress: (data: Buffer) => Buffer): Model =>
  (call) => {
    const data = single(first(call));
    return data?.kind === 'bytes' && data.text.length < 4096
      ? bytes(compress(Buffer.from(data.text, 'latin1')).toString('latin1'))
      : unknown;
  };

/** A command line taken apart at its blanks and quotes. */
const words: Model = (call) => {
  const line = oneText(first(call));
  if (line === undefined || line.includes('\\')) return undefined;
  const parts = line.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  return seq(
    'list',
    parts.map((part) =>
      text(part.replace(/'([^']*)'|"([^"]*)"/g, (_, a?: string, b?: string) => a ?? b ?? '')),
    ),
  );
};

/** What a buffer in memory was made with comes out again, unless something else was written. */
const buffered = (call: LibCall): Value =>
  call.self?.kind === 'inst' ? join(call.self.data[0] ?? [], unknown) : unknown;

/** Constants that are packed, compressed, quoted or buffered on their way. */
export const packedModels: readonly [string, Model][] = [
  ...modelsFor('', {
    'struct.pack': pack,
    'zlib.compress': packedBy((data) => deflateSync(data)),
    'gzip.compress': packedBy((data) => gzipSync(data)),
    'bz2.compress lzma.compress': (call) => (single(first(call))?.kind === 'bytes' ? hidden : unknown),
    'shlex.split': words,
  }),
  ...modelsFor('io.', {
    'StringIO BytesIO': (call) => inst(call.path, call.args.positional[0] ?? []),
    'StringIO.getvalue BytesIO.getvalue StringIO.read BytesIO.read StringIO.readline BytesIO.readline':
      buffered,
  }),
];
