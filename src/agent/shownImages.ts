import type { InputFile } from '../core/proposal.ts';
import { imageBlock, mostImageBytes, type ImageBlock } from './imageBlock.ts';

const imageName = /\.(png|jpe?g|gif|webp)$/i;
const mostImages = 4;

/** The pictures among attached files, so that the model sees what the person sees. */
export async function shownImages(files: readonly InputFile[]): Promise<ImageBlock[]> {
  const blocks: ImageBlock[] = [];
  for (const file of files) {
    if (!imageName.test(file.name) || file.bytes === 0 || file.bytes > mostImageBytes) continue;
    const bytes = await contentOf(file).catch(() => undefined);
    const block = bytes === undefined ? undefined : imageBlock(bytes);
    if (block !== undefined) blocks.push(block);
    if (blocks.length === mostImages) break;
  }
  return blocks;
}

async function contentOf(file: InputFile): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}
