/** The kinds of pictures that the service takes. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

/** Width and height of a picture as its head tells; undefined when it does not. */
export function imageSize(bytes: Buffer, type: ImageType): readonly [number, number] | undefined {
  try {
    switch (type) {
      case 'image/png':
        return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
      case 'image/gif':
        return [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
      case 'image/jpeg':
        return jpegSize(bytes);
      case 'image/webp':
        return webpSize(bytes);
    }
  } catch {
    // The head is shorter than it says.
    return undefined;
  }
}

function jpegSize(bytes: Buffer): readonly [number, number] | undefined {
  for (let at = 2; bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  }
  return undefined;
}

function webpSize(bytes: Buffer): readonly [number, number] | undefined {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case 'VP8X':
      return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
    default:
      return undefined;
  }
}
