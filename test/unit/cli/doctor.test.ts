import assert from 'node:assert/strict';
import { doctorCommand } from '../../../src/cli/doctorCommand.ts';
import type { SelfTestReport } from '../../../src/core/selfTest.ts';
import { recordingTerminal } from '../../support/recordingTerminal.ts';

const sandbox = { backend: 'docker', runtime: 'runc', image: 'i', digest: 'sha256:1' } as const;

interface Printed {
  readonly sandboxReady: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
  readonly tested?: { readonly backend: string };
  readonly guarantees: readonly unknown[];
}

/** A machine where everything is there, and whose self-test ends like this. */
async function doctor(test: () => Promise<SelfTestReport>, args: readonly string[], signal?: AbortSignal) {
  const { printed, terminal } = recordingTerminal();
  const app = {
    testSandbox: async (progress: (message: string) => void) => {
      progress('Step 1/9 : FROM \u001b[2Jdebian');
      return test();
    },
    doctor: async () => ({
      sandboxReady: true,
      checks: [{ name: 'sandbox', ok: true, detail: 'docker' }],
      alive: [],
    }),
  };
  const status = await doctorCommand(args, app, signal === undefined ? terminal : { ...terminal, signal });
  return { status, ...printed };
}

const report = (state: 'proved' | 'failed'): SelfTestReport => ({
  at: 0,
  sandbox,
  proofs: [{ id: 'files', what: 'host files', state, detail: 'a file of the host was read' }],
});

describe('the doctor of the terminal door', () => {
  it('takes a test that could not be made for a problem, and ends with 4', async () => {
    const failing = async (): Promise<SelfTestReport> => {
      throw new Error('The image could not be built: no space left on device.');
    };
    const text = await doctor(failing, []);
    assert.equal(text.status, 4);
    assert.match(text.out, /^problem {2}self-test +The image could not be built: no space left/m);
    const json = await doctor(failing, ['--json']);
    const { sandboxReady, checks, guarantees } = JSON.parse(json.out) as Printed;
    assert.deepEqual([json.status, sandboxReady, guarantees], [4, false, []]);
    assert.deepEqual(
      checks.filter(({ ok }) => !ok).map(({ name }) => name),
      ['self-test'],
    );
  });

  it('names the sandbox beside what it proved, and ends with 4 where an attack got through', async () => {
    const held = await doctor(async () => report('proved'), ['--json']);
    const { sandboxReady, tested } = JSON.parse(held.out) as Printed;
    assert.deepEqual([held.status, sandboxReady, tested?.backend], [0, true, 'docker']);
    assert.match((await doctor(async () => report('proved'), [])).out, /^ok +self-test .*docker \(runc\)/m);
    const broken = await doctor(async () => report('failed'), []);
    assert.equal(broken.status, 4);
    assert.match(broken.out, /1 of the attacks got through/);
  });

  it('says on stderr what is being waited for', async () => {
    const { err, out } = await doctor(async () => report('proved'), ['--json']);
    assert.match(err, /Step 1\/9 : FROM \\x1b\[2Jdebian/);
    assert.equal(out.includes('Step 1/9'), false);
  });

  it('ends with 130 when it was interrupted', async () => {
    const stopped = async (): Promise<SelfTestReport> => {
      throw new Error('aborted');
    };
    assert.equal((await doctor(stopped, [], AbortSignal.abort())).status, 130);
  });
});
