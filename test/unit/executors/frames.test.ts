import assert from 'node:assert/strict';
import { Demux } from '../../../src/executors/docker/demux.ts';
import { encodeFrame, FrameReader, toRunner } from '../../../src/executors/runner/frames.ts';

/** The same bytes in pieces of every size. */
function* inPieces(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('frames', () => {
  const payloads = ['', 'x', 'a'.repeat(300), '🙂'];
  const stream = Buffer.concat(payloads.map((payload) => encodeFrame(toRunner.data, payload)));

  for (const size of [1, 2, 3, 5, 7, 64, 1000]) {
    it(`are read whole from pieces of ${size} bytes`, () => {
      const reader = new FrameReader();
      const frames = [...inPieces(stream, size)].flatMap((piece) => [...reader.push(piece)]);
      assert.deepEqual(
        frames.map(({ type }) => type),
        payloads.map(() => 'D'),
      );
      assert.deepEqual(
        frames.map(({ payload }) => payload.toString()),
        payloads,
      );
    });

    it(`the engine's stream is taken apart from pieces of ${size} bytes`, () => {
      const header = (stream: number, length: number): Buffer => {
        const head = Buffer.alloc(8);
        head.writeUInt8(stream, 0);
        head.writeUInt32BE(length, 4);
        return head;
      };
      const got = { stdout: '', stderr: '' };
      const demux = new Demux({
        stdout: (chunk) => void (got.stdout += chunk.toString()),
        stderr: (chunk) => void (got.stderr += chunk.toString()),
      });
      const all = [header(1, 5), 'hello', header(2, 3), 'oh!', header(1, 0), header(1, 6), ' world'];
      const bytes = Buffer.concat(all.map((part) => Buffer.from(part)));
      for (const piece of inPieces(bytes, size)) demux.push(piece);
      assert.deepEqual(got, { stdout: 'hello world', stderr: 'oh!' });
    });
  }

  it('a frame that claims to be huge is an error, not an allocation', () => {
    const head = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x6f]);
    assert.throws(() => [...new FrameReader().push(head)], /too long/);
  });
});
