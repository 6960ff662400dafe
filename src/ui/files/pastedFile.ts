import type { InputFile } from '../../core/proposal.ts';
import { neutralLine } from '../output/controlText.ts';

/** A file that came with its content, by paste or from outside of the editor; kept in memory. */
export function pastedFile(name: string, base64: string): InputFile {
  const bytes = Buffer.from(base64, 'base64');
  return {
    name: plainName(name),
    bytes: bytes.length,
    open: async function* () {
      yield bytes;
    },
  };
}

/** A bare name: it came from the clipboard or another program. */
function plainName(name: string): string {
  const last = neutralLine(name).split(/[\\/]/).at(-1) ?? '';
  const plain = last.replace(/[^\p{L}\p{N}._ -]+/gu, '-').replace(/^[-. ]+/, '');
  return plain === '' ? 'pasted' : plain.slice(0, 100);
}
