import { inflateRawSync, inflateSync, gunzipSync } from 'node:zlib';
import { bytes, hidden, text } from '../values/make.ts';
import type { Value } from '../values/value.ts';

const maxInflated = 1 << 20;

/** `str.encode`: bytes as a string of code units. */
export function encodeText(value: string, encoding: string): Value {
  const name = plainName(encoding);
  if (name === 'utf8' || name === 'ascii') return bytes(Buffer.from(value, 'utf8').toString('latin1'));
  if (name === 'latin1' || name === 'iso88591' || name === 'cp1252') return bytes(value);
  if (name === 'utf16le') return bytes(Buffer.from(value, 'utf16le').toString('latin1'));
  if (name === 'rawunicodeescape' || name === 'unicodeescape') return bytes(value);
  return hidden;
}

/** `bytes.decode`. */
export function decodeBytes(value: string, encoding: string): Value {
  const name = plainName(encoding);
  const raw = Buffer.from(value, 'latin1');
  switch (name) {
    case 'utf8':
    case 'utf8sig':
    case 'ascii':
    case 'usascii':
      return text(raw.toString('utf8'));
    case 'latin1':
    case 'iso88591':
    case 'cp1252':
      return text(value);
    case 'utf16':
    case 'utf16le':
      return text(raw.toString('utf16le').replace(/^\uFEFF/, ''));
    case 'utf16be':
      return raw.length % 2 === 0 ? text(Buffer.from(raw).swap16().toString('utf16le')) : hidden;
    case 'unicodeescape':
    case 'rawunicodeescape':
    case 'stringescape':
      return text(unescape(value));
    case 'utf32':
    case 'utf32le': {
      let result = '';
      for (let at = 0; at + 3 < raw.length; at += 4) {
        const code = raw.readUInt32LE(at);
        if (code !== 0xfeff && code <= 0x10ffff) result += String.fromCodePoint(code);
      }
      return text(result);
    }
    default:
      return hidden;
  }
}

function unescape(value: string): string {
  return value.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([0-7]{1,3}))/g,
    (_, hex?: string, unit?: string, octal?: string) =>
      String.fromCharCode(hex ? parseInt(hex, 16) : unit ? parseInt(unit, 16) : parseInt(octal ?? '0', 8)),
  );
}

function plainName(encoding: string): string {
  return encoding.toLowerCase().replace(/[-_ ]/g, '');
}

/** Reversible recodings by name; the argument and the result are strings of code units. */
export function transcode(name: string, value: string): Value {
  const raw = Buffer.from(value, 'latin1');
  try {
    switch (name) {
      case 'hex':
        return text(raw.toString('hex'));
      case 'tohex':
        return bytes(raw.toString('hex'));
      case 'unhex':
        return bytes(Buffer.from(value.replace(/\s+/g, ''), 'hex').toString('latin1'));
      case 'base64':
        return bytes(raw.toString('base64'));
      case 'unbase64':
        return bytes(
          Buffer.from(value.replaceAll('-', '+').replaceAll('_', '/'), 'base64').toString('latin1'),
        );
      case 'unbase32':
        return bytes(base32(value));
      case 'unbase85':
        return bytes(base85(value));
      case 'unascii85':
        return bytes(ascii85(value));
      case 'rot13':
        return text(rot13(value));
      case 'inflate':
        return bytes(inflateSync(raw, { maxOutputLength: maxInflated }).toString('latin1'));
      case 'inflateraw':
        return bytes(inflateRawSync(raw, { maxOutputLength: maxInflated }).toString('latin1'));
      case 'gunzip':
        return bytes(gunzipSync(raw, { maxOutputLength: maxInflated }).toString('latin1'));
      default:
        return hidden;
    }
  } catch {
    return hidden;
  }
}

function rot13(value: string): string {
  return value.replace(/[a-zA-Z]/g, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

function base32(value: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const character of value.replace(/=+$/, '').toUpperCase())
    bits += Math.max(0, alphabet.indexOf(character)).toString(2).padStart(5, '0');
  return (bits.match(/.{8}/g) ?? []).map((byte) => String.fromCharCode(parseInt(byte, 2))).join('');
}

const base85Alphabet =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

function base85(value: string): string {
  return radix85([...value].map((character) => base85Alphabet.indexOf(character)));
}

function ascii85(value: string): string {
  const body = value
    .replace(/^<~|~>$/g, '')
    .replace(/\s+/g, '')
    .replaceAll('z', '!!!!!');
  return radix85([...body].map((character) => character.charCodeAt(0) - 33));
}

function radix85(digits: readonly number[]): string {
  let result = '';
  for (let at = 0; at < digits.length; at += 5) {
    const group = digits.slice(at, at + 5);
    const missing = 5 - group.length;
    while (group.length < 5) group.push(84);
    let value = 0;
    for (const digit of group) value = value * 85 + Math.max(0, digit);
    const four = [24, 16, 8, 0]
      .map((shift) => String.fromCharCode(Math.floor(value / 2 ** shift) & 255))
      .join('');
    result += four.slice(0, 4 - missing);
  }
  return result;
}
