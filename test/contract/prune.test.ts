import assert from 'node:assert/strict';
import { requireEngine } from '../support/engine.ts';
import { canStartEngine, PrivateEngine } from '../support/privateEngine.ts';
import { dockerSubject, type DockerSubject } from './dockerSubject.ts';
import { runCode } from './subject.ts';

// On an engine of its own: that of the machine may be at work for somebody else.
if (canStartEngine()) {
  describe('docker: images are pruned on demand', function () {
    this.timeout(240_000);
    let engine: PrivateEngine | undefined;
    let subject: DockerSubject | undefined;
    before(async () => {
      const ours = await requireEngine();
      const builder = await dockerSubject({ poolSize: 0 })();
      const { sandbox } = await runCode(builder.executor, 'print(1)');
      await builder.executor.close();
      await builder.dispose();
      engine = await PrivateEngine.start();
      await engine.load(ours.docker, sandbox.image);
      ours.dispose();
      subject = await dockerSubject({ host: engine.host, poolSize: 2 })();
    });
    after(async () => {
      await subject?.executor.close();
      await subject?.dispose();
      await engine?.stop();
    });

    it('also those that waiting containers stood on, and no other', async () => {
      assert.ok(subject !== undefined && engine !== undefined);
      const found = await requireEngine(engine.host);
      const { docker } = found;
      const [image = ''] = (await docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []);
      await docker.getImage(image).tag({ repo: 'somebody/else', tag: '1' });
      assert.equal((await subject.leftovers()).length, 2);
      const { removed, kept } = await subject.executor.pruneImages();
      assert.deepEqual([removed, kept], [[image], []]);
      assert.deepEqual(await subject.leftovers(), []);
      const left = (await docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []);
      assert.deepEqual(left, ['somebody/else:1']);
      found.dispose();
    });
  });
}
