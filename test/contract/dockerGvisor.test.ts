import { randomUUID } from 'node:crypto';
import { defaultLimits } from '../../src/core/limits.ts';
import { contract } from './contract.ts';
import { dockerSubject, everything, type DockerSubject } from './dockerSubject.ts';
import { putsStayAway } from './plantedLinks.ts';

// gVisor's kernel is its own: it has no filter of ours to test, and other limits on counts of things.
contract('docker with gVisor', dockerSubject({ runtime: 'runsc', poolSize: 1 }), {
  ...everything,
  kind: 'gvisor',
  memoryStatus: 'sandbox',
  hiddenRunner: false,
  systemCalls: false,
  counts: false,
  soakRuns: 10,
  soakAtOnce: 16,
});

describe('docker with gVisor: files that the host puts', function () {
  this.timeout(120_000);
  let subject: DockerSubject;
  before(async () => (subject = await dockerSubject({ runtime: 'runsc', poolSize: 0 })()));
  after(async () => {
    await subject.executor.close();
    await subject.dispose();
  });

  it('never go through a link to the channel, nor wait at a pipe', async () => {
    const never = new AbortController().signal;
    const session = await subject.executor.openSession(defaultLimits, never);
    const what = { language: 'python', title: 'cell', files: [], limits: defaultLimits } as const;
    await putsStayAway(session, async (code) =>
      session.run({ ...what, runId: randomUUID(), code }, () => undefined, never),
    );
    await session.close();
  });
});
