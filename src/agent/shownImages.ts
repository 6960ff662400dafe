import type { InputFile } from '../core/proposal.ts';

export type ImageBlock = {
  readonly type: 'image';
  readonly source: { readonly type: 'base64'; readonly media_type: string; readonly data: string };
};

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};
/** The service takes 5 MB of base64. */
const mostBytes = 3_700_000;
const mostImages = 4;

/** The pictures among attached files, so that the model sees what the person sees. */
export async function shownImages(files: readonly InputFile[]): Promise<ImageBlock[]> {
  const blocks: ImageBlock[] = [];
  for (const file of files) {
    const media_type = types[file.name.split('.').at(-1)?.toLowerCase() ?? ''];
    if (media_type === undefined || file.bytes === 0 || file.bytes > mostBytes) continue;
    const bytes = await contentOf(file).catch(() => undefined);
    if (bytes === undefined || bytes.length > mostBytes) continue;
    blocks.push({ type: 'image', source: { type: 'base64', media_type, data: bytes.toString('base64') } });
    if (blocks.length === mostImages) break;
  }
  return blocks;
}

async function contentOf(file: InputFile): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}
