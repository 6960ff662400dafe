import type { Scan } from './scanFile.ts';

const code = (character: string): number => character.charCodeAt(0);
const [quote, escape, comma, colon] = ['"', '\\', ',', ':'].map(code);
const space = 32;
const isOpening = (byte: number): boolean => byte === 0x5b || byte === 0x7b;
const isClosing = (byte: number): boolean => byte === 0x5d || byte === 0x7d;
/** Some put it in front; in a decoded text it has no place. */
const byteOrderMark = 3;
const mostKeys = 200;
const longestKey = 200;

/** Looks at a JSON text as its bytes come: what the outermost value is, and how much is in it. */
export class JsonScan implements Scan {
  /** `other`: neither an array nor an object. */
  kind: 'array' | 'object' | 'other' | undefined;
  /** Elements of the outermost array, or members of the outermost object. */
  count = 0;
  /** Whether the outermost value came to its end. */
  ended = false;
  /** Where the first element stands in the bytes. */
  first: { readonly from: number; readonly to: number } | undefined;
  /** The first keys of the outermost object, each with the kind of its value. */
  readonly keys: [string, string][] = [];
  #at = 0;
  #depth = 0;
  #string = false;
  #escaped = false;
  #inside = false;
  #firstFrom = 0;
  #key: number[] | undefined;
  #expects: 'key' | 'value' | undefined;

  feed(bytes: Uint8Array): void {
    let at = this.#at === 0 && (bytes[0] ?? 0) > 0x7f ? byteOrderMark : 0;
    const before = this.#at - at;
    let string = this.#string;
    let escaped = this.#escaped;
    let depth = this.#depth;
    for (; at < bytes.length && !this.ended && this.kind !== 'other'; at += 1) {
      const byte = bytes[at] ?? 0;
      if (string) {
        if (escaped) escaped = false;
        else if (byte === escape) escaped = true;
        else if (byte === quote) string = false;
        if (depth === 1 && string) this.#inString(byte);
        continue;
      }
      if (byte <= space) continue;
      if (depth < 2) this.#atTop(byte, before + at, depth);
      if (byte === quote) string = true;
      else if (isOpening(byte)) depth += 1;
      else if (isClosing(byte)) this.ended = (depth -= 1) === 0;
    }
    this.#string = string;
    this.#escaped = escaped;
    this.#depth = depth;
    this.#at = before + bytes.length;
  }

  #inString(byte: number): void {
    if (this.#key !== undefined && this.#key.length < longestKey) this.#key.push(byte);
  }

  #atTop(byte: number, at: number, depth: number): void {
    if (depth === 0) {
      this.kind = byte === code('[') ? 'array' : byte === code('{') ? 'object' : 'other';
      this.#expects = this.kind === 'object' ? 'key' : undefined;
    } else if (byte === comma || isClosing(byte)) this.#endOfElement(at);
    else this.#inElement(byte, at);
  }

  #inElement(byte: number, at: number): void {
    if (!this.#inside) {
      this.#inside = true;
      this.count += 1;
      if (this.count === 1) this.#firstFrom = at;
    }
    if (this.kind !== 'object') return;
    if (this.#expects === 'key' && byte === quote) {
      this.#key = [];
      this.#expects = undefined;
    } else if (byte === colon) this.#expects = 'value';
    else if (this.#expects === 'value') this.#value(byte);
  }

  #value(byte: number): void {
    this.#expects = undefined;
    if (this.keys.length < mostKeys)
      this.keys.push([Buffer.from(this.#key ?? []).toString('utf8'), kindOf(byte)]);
    this.#key = undefined;
  }

  #endOfElement(at: number): void {
    if (this.#inside && this.first === undefined) this.first = { from: this.#firstFrom, to: at };
    this.#inside = false;
    this.#expects = this.kind === 'object' ? 'key' : undefined;
  }
}

function kindOf(byte: number): string {
  switch (String.fromCharCode(byte)) {
    case '"':
      return 'string';
    case '{':
      return 'object';
    case '[':
      return 'array';
    case 't':
    case 'f':
      return 'boolean';
    case 'n':
      return 'null';
    default:
      return 'number';
  }
}
