import type { RequestBlock, RequestBody } from './requestShape.ts';

const mostBase64 = 5 * 1024 * 1024;
const mostImages = 100;

/** What the service refuses of pictures: other bytes than the type says, cut files, too many, too large. */
export function imageProblem(body: RequestBody): string | undefined {
  const found = body.messages.flatMap(({ content }, index) =>
    typeof content === 'string' ? [] : imagesOf(content, `messages.${index}.content`),
  );
  if (found.length > mostImages) return `messages: too many images: ${found.length} > ${mostImages}`;
  const side = found.length > 20 ? 2000 : 8000;
  for (const { at, type, data } of found) {
    if (data.length > mostBase64) return `${at}: image exceeds 5 MB maximum`;
    const bytes = Buffer.from(data, 'base64');
    const real = typeOf(bytes);
    if (real === undefined) return 'Could not process image';
    if (real !== type)
      return `${at}: The image was specified using the ${type} media type, but the image appears to be a ${real} image`;
    const size = real === 'image/png' ? pngSize(bytes) : [1, 1];
    if (size === undefined) return 'Could not process image';
    if (Math.max(...size) > side)
      return `${at}: At least one of the image dimensions exceed max allowed size: ${side} pixels`;
  }
  return undefined;
}

interface Image {
  readonly at: string;
  readonly type: string;
  readonly data: string;
}

function imagesOf(blocks: readonly RequestBlock[], path: string): Image[] {
  return blocks.flatMap((block, index): Image[] => {
    const at = `${path}.${index}`;
    if (block.type === 'tool_result' && Array.isArray(block.content))
      return imagesOf(block.content, `${at}.content`);
    if (block.type !== 'image' || block.source.type !== 'base64') return [];
    const { media_type: type, data } = block.source;
    return [{ at: `${at}.image.source.base64.data`, type, data }];
  });
}

function typeOf(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 8).equals(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]))) return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (/^GIF8[79]a/.test(bytes.toString('latin1', 0, 6))) return 'image/gif';
  return /^RIFF[^]{4}WEBP/.test(bytes.toString('latin1', 0, 12)) ? 'image/webp' : undefined;
}

/** Walks all chunks, so that a file that was cut is noticed. */
function pngSize(bytes: Buffer): readonly [number, number] | undefined {
  let at = 8;
  while (at + 12 <= bytes.length) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND')
      return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    at += 12 + bytes.readUInt32BE(at);
  }
  return undefined;
}
