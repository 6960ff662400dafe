import { randomBytes, timingSafeEqual } from 'node:crypto';
import { ForgedFrame } from '../runner/forgedFrame.ts';
import { encodeFrame, FrameReader, toRunner, type Frame } from '../runner/frames.ts';

const sealBytes = 16;

/**
 * The host's side of the realm's control channel. Program and realm share one process, so each frame
 * of the realm begins with a secret that only the realm was told, before any program ran.
 */
export class SealedChannel {
  readonly #seal = randomBytes(sealBytes);
  readonly #frames = new FrameReader();

  /** Tells the realm the secret; must be sent before everything else. */
  readonly greeting = encodeFrame(toRunner.keepalive, this.#seal);

  /** The frames in what came from the realm, their seals broken. Throws {@link ForgedFrame}. */
  *read(chunk: Buffer): Generator<Frame> {
    for (const { type, payload } of this.#frames.push(chunk)) {
      const seal = payload.subarray(0, sealBytes);
      if (seal.length !== sealBytes || !timingSafeEqual(seal, this.#seal)) throw new ForgedFrame();
      yield { type, payload: payload.subarray(sealBytes) };
    }
  }
}
