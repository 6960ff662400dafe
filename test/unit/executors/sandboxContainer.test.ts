import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import type Dockerode from 'dockerode';
import type { ContainerPlan } from '../../../src/executors/docker/containerSpec.ts';
import { SandboxContainer } from '../../../src/executors/docker/sandboxContainer.ts';
import { encodeFrame } from '../../../src/executors/runner/frames.ts';

/** What the engine passes on of a container's stdout. */
function fromProgram(type: string, text: string): Buffer {
  const frame = encodeFrame('K', text);
  frame.write(type, 4, 'latin1');
  const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(frame.length, 4);
  return Buffer.concat([head, frame]);
}

describe('a container that is being removed', () => {
  it('takes and tells nothing more, as the next run of its session may listen by then', async () => {
    const { promise: removed, resolve: letGo } = Promise.withResolvers<void>();
    const docker = { getContainer: () => ({ remove: () => removed }) } as unknown as Dockerode;
    const stream = new PassThrough();
    const plan = { leaseMs: 60_000 } as ContainerPlan;
    const container = new SandboxContainer(docker, 'c', plan, stream);
    const heard: string[] = [];
    container.onFrame(({ type }) => heard.push(type));
    stream.write(fromProgram('o', 'before'));
    await new Promise(setImmediate);
    const leaving = container.destroy();
    assert.equal(container.gone, true);
    stream.write(fromProgram('x', '{}'));
    await new Promise(setImmediate);
    assert.deepEqual(heard, ['o']);
    letGo();
    await leaving;
    await container.closed;
  });
});
