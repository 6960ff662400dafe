import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { requireEngine } from '../support/engine.ts';
import { primesWritten, productOfPrimes } from '../support/productOfPrimes.ts';
import { buildOwnImage } from './buildOwnImage.ts';
import { dockerSubject, type DockerSubject } from './dockerSubject.ts';
import { runCode, told } from './subject.ts';

describe('docker with an own image', function () {
  this.timeout(300_000);
  const customImage = `glovebox-test/${randomUUID()}:1`;
  let subject: DockerSubject;
  const made = new Set([customImage]);

  before(async () => {
    const ours = await dockerSubject()();
    const { image } = (await runCode(ours.executor, 'print(1)')).sandbox;
    await ours.executor.close();
    await ours.dispose();
    const engine = await requireEngine();
    await buildOwnImage(engine.docker, customImage, `FROM ${image}\nLABEL test="${randomUUID()}"\n`);
    engine.dispose();
    subject = await dockerSubject({ customImage })();
  });
  after(async () => {
    await subject.executor.close();
    assert.deepEqual(await subject.leftovers(), []);
    await subject.dispose();
    const engine = await requireEngine();
    for (const name of made) await engine.docker.getImage(name).remove({ force: true });
    engine.dispose();
  });

  it('runs what the image has an interpreter for', async () => {
    for (const language of ['python', 'shell'] as const) {
      const result = await runCode(subject.executor, productOfPrimes[language], { language });
      made.add(result.sandbox.image);
      assert.deepEqual(
        [result.status, result.stdout, result.notices],
        ['ok', primesWritten, []],
        told(result),
      );
    }
  });

  it('says which interpreter it lacks for a program, in a session and without one', async () => {
    for (const sessionId of [undefined, randomUUID()]) {
      const options = { language: 'javascript' as const, ...(sessionId === undefined ? {} : { sessionId }) };
      const result = await runCode(subject.executor, productOfPrimes.javascript, options);
      assert.deepEqual([result.status, result.exitCode, result.stdout], ['error', 127, ''], told(result));
      const [notice = ''] = result.notices;
      assert.ok(
        notice?.startsWith(`Your image ${customImage} has no \`node\` to run JavaScript with.`),
        notice,
      );
      assert.match(notice, /glovebox\.docker\.image/);
    }
  });
});
