import type { InputFile } from '../../core/proposal.ts';

const mostBytes = 512 * 1024 * 1024;
/** The description of a file stands at its end; one that is longer than this is left alone. */
const tailBytes = 2 * 1024 * 1024;
const mostColumns = 60;

/** Columns, types and rows of a Parquet file; undefined when it can't be told. */
export async function profileParquet(file: InputFile): Promise<string | undefined> {
  if (file.bytes > mostBytes) return undefined;
  const { parquetMetadata, parquetSchema } = await import('hyparquet');
  try {
    const metadata = parquetMetadata(await tailOf(file));
    const { children } = parquetSchema(metadata);
    const columns = children.slice(0, mostColumns).map(({ element, children: inner }) => {
      const { name, type, logical_type: logical, converted_type: converted } = element;
      const kind = inner.length > 0 ? 'nested' : (logical?.type ?? converted ?? type);
      return kind === undefined ? name : `${name} (${kind.toLowerCase()})`;
    });
    const more = children.length > mostColumns ? `, and ${children.length - mostColumns} more` : '';
    return `Parquet, ${metadata.num_rows} rows; columns: ${columns.join(', ')}${more}`;
  } catch {
    return undefined;
  }
}

/** The last bytes of the file, as a buffer of their own. */
async function tailOf(file: InputFile): Promise<ArrayBuffer> {
  let chunks: Uint8Array[] = [];
  let kept = 0;
  for await (const chunk of file.open()) {
    chunks.push(chunk);
    kept += chunk.length;
    while (kept - (chunks[0]?.length ?? 0) >= tailBytes) {
      kept -= chunks[0]?.length ?? 0;
      chunks = chunks.slice(1);
    }
  }
  const tail = new Uint8Array(kept);
  let at = 0;
  for (const chunk of chunks) {
    tail.set(chunk, at);
    at += chunk.length;
  }
  return tail.buffer;
}
