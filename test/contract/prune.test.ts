import assert from 'node:assert/strict';
import { requireEngine } from '../support/engine.ts';
import { canStartEngine } from '../support/privateEngine.ts';
import { startOwnEngine, type OwnEngine } from './ownEngine.ts';

// On an engine of its own: that of the machine may be at work for somebody else.
describe('docker: images are pruned on demand', function () {
  this.timeout(240_000);
  let own: OwnEngine | undefined;
  before(async function () {
    if (!canStartEngine()) return this.skip();
    own = await startOwnEngine();
  });
  after(() => own?.stop());

  it('also those that waiting containers stood on, and no other', async () => {
    assert.ok(own !== undefined);
    const { engine, subject } = own;
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
