/** The options that say how many bytes a program makes. */
const options: Readonly<Record<string, readonly [short: string, long: string]>> = {
  truncate: ['s', 'size'],
  fallocate: ['l', 'length'],
  head: ['c', 'bytes'],
};
const units = 'KMGTPEZY';

/** More than a sandbox has room for. */
export const hugeSize = 10 * 1024 ** 3;

/** Bytes that a command is told to make, by the table of where it is told; 0 where it is not. */
export function bytesMade(name: string, texts: readonly string[]): number {
  if (name === 'dd') return bytesCopied(texts);
  const [short, long] = options[name] ?? [];
  if (short === undefined || long === undefined) return 0;
  const pattern = new RegExp(`^(?:-[a-zA-Z]*?${short}|--${long}=?)(.*)$`);
  const sizes = texts.map((text, at) => {
    const [, joined] = pattern.exec(text) ?? [];
    return joined === undefined ? 0 : sizeOf(joined === '' ? (texts[at + 1] ?? '') : joined);
  });
  return Math.max(0, ...sizes);
}

/** What `dd` writes, or leaves empty before what it writes. */
function bytesCopied(texts: readonly string[]): number {
  const operands = new Map(texts.map((text) => [text.split('=', 1)[0], text.slice(text.indexOf('=') + 1)]));
  const block = sizeOf(operands.get('obs') ?? operands.get('ibs') ?? operands.get('bs') ?? '512');
  const inBytes = texts.some((text) => /^[io]flag=.*_bytes/.test(text));
  const fills = /^\/+dev\//.test(operands.get('if') ?? '/dev/');
  return ['count', 'seek']
    .filter((key) => key === 'seek' || fills)
    .map((key) => operands.get(key) ?? '0')
    .reduce((sum, told) => sum + sizeOf(told) * (inBytes || told.endsWith('B') ? 1 : block), 0);
}

/** `10M`, `1GiB`, `2x512`: a number of bytes. */
function sizeOf(text: string): number {
  return text.split('x').reduce((product, part) => {
    const [, digits, unit, bytes] =
      /^[+<>/%]?(\d+(?:\.\d+)?)(?:([KMGTPEZYkmgtpezybcw])(i?B)?|B)?$/.exec(part.trim()) ?? [];
    if (digits === undefined) return 0;
    const power = units.indexOf((unit ?? '').toUpperCase()) + 1;
    const small = unit === 'b' ? 512 : unit === 'w' ? 2 : 1;
    const scale = unit === undefined || power === 0 ? small : (bytes === 'B' ? 1000 : 1024) ** power;
    return product * Number(digits) * scale;
  }, 1);
}
