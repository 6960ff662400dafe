import { Buffer } from 'node:buffer';

/** Version of the protocol that both sides must speak. */
export const protocolVersion = 1;

/** Frame types from the host to the runner. */
export const toRunner = {
  run: 'R',
  file: 'F',
  data: 'D',
  go: 'G',
  stdin: 'I',
  stdinEnd: 'E',
  keepalive: 'K',
  interrupt: 'Q',
  put: 'P',
  putData: 'p',
  putEnd: 'T',
  get: 'W',
} as const;

export type ToRunner = (typeof toRunner)[keyof typeof toRunner];

export interface Frame {
  /** One character; see runnerMessages.ts for those that the runner sends. */
  readonly type: string;
  readonly payload: Buffer;
}

const headBytes = 5;
const maxPayload = 64 * 1024 * 1024;

/** One frame: length of the payload (u32, big endian), type (u8), payload. */
export function encodeFrame(type: ToRunner, payload: Uint8Array | string = ''): Buffer {
  const body = typeof payload === 'string' ? Buffer.from(payload) : payload;
  const frame = Buffer.allocUnsafe(headBytes + body.length);
  frame.writeUInt32BE(body.length, 0);
  frame.write(type, 4, 'latin1');
  frame.set(body, headBytes);
  return frame;
}

/** Cuts a byte stream into frames. Throws on a frame that no runner of ours would send. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;

  *push(chunk: Buffer): Generator<Frame> {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size >= headBytes) {
      const head = this.#peek(headBytes);
      const length = head.readUInt32BE(0);
      if (length > maxPayload) throw new Error('The sandbox sent a frame that is too long.');
      if (this.#size < headBytes + length) return;
      const frame = this.#take(headBytes + length);
      yield { type: String.fromCharCode(head.readUInt8(4)), payload: frame.subarray(headBytes) };
    }
  }

  #peek(bytes: number): Buffer {
    const first = this.#chunks[0];
    return first !== undefined && first.length >= bytes ? first : this.#joined();
  }

  #take(bytes: number): Buffer {
    const first = this.#chunks[0];
    const all = first !== undefined && first.length >= bytes ? first : this.#joined();
    this.#chunks[0] = all.subarray(bytes);
    if (all.length === bytes) this.#chunks.shift();
    this.#size -= bytes;
    return all.subarray(0, bytes);
  }

  #joined(): Buffer {
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}
