import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ForgedFrame } from '../runner/forgedFrame.ts';
import type { Frame } from '../runner/frames.ts';

const tagBytes = 16;

/**
 * The host's side of sandbox/runner/seal.py, for kernels that let a program open the descriptors of
 * process 1. The runner is told the key before any program is started.
 */
export class FrameSeal {
  readonly key = randomBytes(32);
  #count = 0n;

  /** The frame as it was before it was sealed. Throws {@link ForgedFrame}. */
  open({ type, payload }: Frame): Frame {
    if (payload.length < tagBytes) throw new ForgedFrame();
    const plain = payload.subarray(tagBytes);
    const head = Buffer.alloc(13);
    head.writeBigUInt64BE(this.#count++, 0);
    head.writeUInt32BE(plain.length, 8);
    head.write(type, 12, 'latin1');
    const inner = createHash('sha256').update(this.key).update(head).update(plain).digest();
    const tag = createHash('sha256').update(this.key).update(inner).digest().subarray(0, tagBytes);
    if (!timingSafeEqual(tag, payload.subarray(0, tagBytes))) throw new ForgedFrame();
    return { type, payload: plain };
  }
}
