import type { InputFile } from '../../core/proposal.ts';

/** What looks at the bytes of a file one piece after the other. */
export interface Scan {
  feed(bytes: Uint8Array): void;
}

/** More of a file is not looked at. */
const mostBytes = 64 * 1024 * 1024;

/** Feeds a file to a scan; whether it came to the file's end. */
export async function scanFile(file: InputFile, scan: Scan): Promise<boolean> {
  let read = 0;
  for await (const chunk of file.open()) {
    scan.feed(chunk);
    read += chunk.length;
    if (read >= mostBytes) return read >= file.bytes;
  }
  return true;
}
