import { Buffer } from 'node:buffer';

export interface DemuxTargets {
  readonly stdout: (chunk: Buffer) => void;
  readonly stderr: (chunk: Buffer) => void;
}

const headBytes = 8;

/**
 * Takes apart the stream of an attached container without a terminal: a header of 8 bytes (stream
 * number, three zeros, u32 length) before each piece. Pieces are passed on as they come in.
 */
export class Demux {
  readonly #targets: DemuxTargets;
  #head = Buffer.alloc(0);
  #stream = 0;
  #left = 0;

  constructor(targets: DemuxTargets) {
    this.#targets = targets;
  }

  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#left === 0) rest = this.#header(rest);
      else {
        const piece = rest.subarray(0, this.#left);
        this.#left -= piece.length;
        rest = rest.subarray(piece.length);
        if (this.#stream === 2) this.#targets.stderr(piece);
        else this.#targets.stdout(piece);
      }
    }
  }

  #header(chunk: Buffer): Buffer {
    const missing = headBytes - this.#head.length;
    const head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk.subarray(0, missing)]);
    if (head.length < headBytes) {
      this.#head = Buffer.from(head);
      return Buffer.alloc(0);
    }
    this.#stream = head.readUInt8(0);
    this.#left = head.readUInt32BE(4);
    this.#head = Buffer.alloc(0);
    return chunk.subarray(missing);
  }
}
