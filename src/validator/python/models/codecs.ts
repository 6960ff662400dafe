import { argument } from '../interpret/arguments.ts';
import { isHidden, joinAll, oneText, single } from '../values/join.ts';
import { hidden, text, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import { decodeBytes, encodeText, transcode } from './encodings.ts';
import type { LibCall, Model } from './libCall.ts';
import { first, modelsFor } from './libCall.ts';

/** A recoding of known text or bytes; of constants that cannot be followed the outcome is hidden, of data unknown. */
const recode =
  (name: string): Model =>
  (call) =>
    joinAll(
      first(call).map((atom): Value => {
        if (atom.kind === 'bytes' || (atom.kind === 'text' && !atom.open)) return transcode(name, atom.text);
        return isHidden([atom]) ? hidden : unknown;
      }),
    );

/** codecs.decode(data, 'rot13') and the like. */
const codecsDecode: Model = (call) => {
  const encoding =
    oneText(argument(call.args, 1, 'encoding'))
      ?.toLowerCase()
      .replace(/[-_]/g, '') ?? 'utf8';
  if (encoding === 'rot13' || encoding === 'rot_13') return recode('rot13')(call);
  if (encoding === 'hex' || encoding === 'hexcodec') return recode('unhex')(call);
  if (encoding === 'base64' || encoding === 'base64codec') return recode('unbase64')(call);
  if (encoding === 'zlib' || encoding === 'zip' || encoding === 'zlibcodec') return recode('inflate')(call);
  const known = single(first(call));
  if (known?.kind === 'bytes' || known?.kind === 'text') return decodeBytes(known.text, encoding);
  return unknown;
};

const codecsEncode: Model = (call) => {
  const encoding =
    oneText(argument(call.args, 1, 'encoding'))
      ?.toLowerCase()
      .replace(/[-_]/g, '') ?? 'utf8';
  if (encoding === 'rot13') return recode('rot13')(call);
  const known = single(first(call));
  if (encoding === 'hex' && known?.kind === 'bytes') return transcode('tohex', known.text);
  if (known?.kind === 'text' && !known.open) return encodeText(known.text, encoding);
  return unknown;
};

/** Encodings, compression and other ways to write text in another form. */
export const codecModels: readonly [string, Model][] = [
  ...modelsFor('base64.', {
    'b64decode standard_b64decode urlsafe_b64decode decodebytes decodestring': recode('unbase64'),
    'b64encode standard_b64encode encodebytes': recode('base64'),
    b32decode: recode('unbase32'),
    b16decode: recode('unhex'),
    b16encode: recode('tohex'),
    b85decode: recode('unbase85'),
    a85decode: recode('unascii85'),
  }),
  ...modelsFor('binascii.', {
    'unhexlify a2b_hex': recode('unhex'),
    'hexlify b2a_hex': recode('tohex'),
    a2b_base64: recode('unbase64'),
    b2a_base64: recode('base64'),
  }),
  ...modelsFor('zlib.', { decompress: recode('inflate') }),
  ...modelsFor('gzip.', { decompress: recode('gunzip') }),
  ...modelsFor('bz2.', { decompress: () => hidden }),
  ...modelsFor('lzma.', { decompress: () => hidden }),
  ...modelsFor('codecs.', {
    decode: codecsDecode,
    encode: codecsEncode,
    'getdecoder getencoder lookup': () => hidden,
  }),
  ...modelsFor('urllib.parse.', {
    'unquote unquote_plus': (call) => mapKnown(call, (value) => decodePercent(value)),
    'quote quote_plus': (call) => mapKnown(call, (value) => encodeURIComponent(value)),
  }),
  ...modelsFor('html.', { unescape: (call) => mapKnown(call, unescapeHtml) }),
  ...modelsFor('json.', {
    loads: (call) => {
      const hook = argument(
        call.args,
        -1,
        'object_hook',
        'object_pairs_hook',
        'parse_float',
        'parse_int',
        'parse_constant',
      );
      if (hook)
        call.m.parts.call(
          hook,
          { positional: [unknown], keywords: new Map(), rest: [], keywordRest: [] },
          call.node,
        );
      const source = single(first(call));
      return source?.kind === 'text' && !source.open ? jsonString(source.text) : unknown;
    },
  }),
  ...modelsFor('ast.', { literal_eval: (call) => literal(call) }),
  ...modelsFor('struct.', { pack: () => unknown, unpack: () => unknown }),
  ...modelsFor('textwrap.', { dedent: (call) => mapKnown(call, dedent) }),
];

/** Takes the blanks off that all lines begin with. */
function dedent(value: string): string {
  const lines = value.split('\n').map((line) => (line.trim() === '' ? '' : line));
  const margins = lines.filter((line) => line !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const margin = margins.reduce((a, b) => {
    let at = 0;
    while (at < a.length && a[at] === b[at]) at++;
    return a.slice(0, at);
  }, margins[0] ?? '');
  return lines.map((line) => line.slice(line === '' ? 0 : margin.length)).join('\n');
}

function mapKnown(call: LibCall, change: (value: string) => string): Value {
  return joinAll(
    first(call).map((atom): Value =>
      atom.kind === 'text' && !atom.open ? text(change(atom.text)) : unknown,
    ),
  );
}

function decodePercent(value: string): string {
  return value.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function unescapeHtml(value: string): string {
  return value
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Math.min(0x10ffff, Number(code))))
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) =>
      String.fromCodePoint(Math.min(0x10ffff, parseInt(code, 16))),
    )
    .replace(
      /&(lowbar|sol|period|amp|lt|gt|quot);/g,
      (_, name: string) =>
        ({ lowbar: '_', sol: '/', period: '.', amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? '',
    );
}

/** A JSON document that is a single string; anything else is data. */
function jsonString(source: string): Value {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'string' ? text(value) : unknown;
  } catch {
    return unknown;
  }
}

/** Text in quotes, or several that stand side by side. */
function literal(call: LibCall): Value {
  const source = single(first(call));
  if (source?.kind !== 'text' || source.open || source.text.length > 4096) return unknown;
  const parts = source.text.trim().split(/(?<=['"])\s+(?=['"])/);
  const inner = parts.map((part) => /^(['"])([\w./~ -]*)\1$/.exec(part)?.[2]);
  return inner.every((part) => part !== undefined) ? text(inner.join('')) : unknown;
}
