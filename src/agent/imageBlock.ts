import { imageSize, type ImageType } from './imageSize.ts';

export type ImageBlock = {
  readonly type: 'image';
  readonly source: { readonly type: 'base64'; readonly media_type: string; readonly data: string };
};

/** The service takes 5 MB of base64. */
export const mostImageBytes = 3_700_000;
/** The service takes no more pixels in a row or column. */
const mostPixels = 8000;

/**
 * A picture for the model; undefined for what the service would refuse. The bytes decide, not the name: a
 * picture that is refused stays in the history, and so would every later request be.
 */
export function imageBlock(bytes: Buffer): ImageBlock | undefined {
  if (bytes.length > mostImageBytes) return undefined;
  const type = imageType(bytes);
  const size = type === undefined ? undefined : imageSize(bytes, type);
  if (type === undefined || size === undefined) return undefined;
  if (Math.min(...size) < 1 || Math.max(...size) > mostPixels) return undefined;
  return { type: 'image', source: { type: 'base64', media_type: type, data: bytes.toString('base64') } };
}

/** By how the bytes begin and end: a file that was cut off is no picture. */
function imageType(bytes: Buffer): ImageType | undefined {
  const text = (from: number, to: number): string => bytes.toString('latin1', from, to);
  if (text(0, 8) === '\x89PNG\r\n\x1a\n')
    return text(bytes.length - 8, bytes.length - 4) === 'IEND' ? 'image/png' : undefined;
  if (text(0, 3) === '\xff\xd8\xff')
    return bytes.includes('\xff\xd9', 3, 'latin1') ? 'image/jpeg' : undefined;
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a')
    return bytes.at(-1) === 0x3b ? 'image/gif' : undefined;
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP')
    return bytes.length >= bytes.readUInt32LE(4) + 8 ? 'image/webp' : undefined;
  return undefined;
}
