import assert from 'node:assert/strict';
import { GloveboxError } from '../../../src/core/errors.ts';
import { emptyResult, type SandboxInfo } from '../../../src/core/run.ts';
import type { SelfTestReport } from '../../../src/core/selfTest.ts';
import type { ProvenExecutor } from '../../../src/selfTest/provenExecutor.ts';
import { testFirst } from '../../../src/selfTest/testFirst.ts';

const never = new AbortController().signal;

function sandbox(backend: SandboxInfo['backend'], fault?: Error): () => Promise<ProvenExecutor> {
  const info: SandboxInfo = { backend, runtime: '', image: '', digest: '' };
  return async () => ({
    describe: async () => ({ available: true, sandbox: info }),
    execute: async ({ runId }) => emptyResult(runId, 'ok', info, ''),
    selfTest: async (): Promise<SelfTestReport> => {
      if (fault !== undefined) throw fault;
      return { at: 0, sandbox: info, proofs: [] };
    },
    refuses: async () => undefined,
    close: async () => undefined,
  });
}

const tested = async (docker?: Error, signal = never) =>
  (await testFirst([sandbox('docker', docker), sandbox('wasm')], () => undefined, signal)).sandbox.backend;

describe('the self-test where the sandbox is chosen by itself', () => {
  it('goes to the embedded sandbox only where there is no Docker', async () => {
    assert.equal(await tested(), 'docker');
    assert.equal(await tested(new GloveboxError('no-sandbox', 'No engine answers.')), 'wasm');
  });

  it('says of a Docker that is there and can not be tested what it said, with nobody in its place', async () => {
    await assert.rejects(tested(new Error('no space left on device')), /no space left/);
    await assert.rejects(tested(new GloveboxError('image-build', 'pip failed')), /pip failed/);
    const gone = new GloveboxError('no-sandbox', 'aborted');
    await assert.rejects(tested(gone, AbortSignal.abort()), /aborted/);
  });

  it('says what the last one said where there is none at all', async () => {
    const none = sandbox('wasm', new GloveboxError('no-sandbox', 'no Python'));
    await assert.rejects(
      testFirst([none], () => undefined, never),
      /no Python/,
    );
  });
});
