import assert from 'node:assert/strict';
import path from 'node:path';
import { ensureImage } from '../../src/executors/docker/images/ensureImage.ts';
import { presentImage } from '../../src/executors/docker/images/presentImage.ts';
import { requireEngine } from '../support/engine.ts';

const root = path.join(import.meta.dirname, '../..');
const never = new AbortController().signal;

describe('whether the image of the sandbox is there', function () {
  this.timeout(600_000);

  it('is known without building it', async () => {
    const engine = await requireEngine();
    try {
      const built = await ensureImage(engine.docker, { root }, () => undefined, never);
      assert.deepEqual(await presentImage(engine.docker, { root }, never), built);
      const unbuilt = { root, packages: ['never-built==1.0'] };
      assert.equal(await presentImage(engine.docker, unbuilt, never), undefined);
      const nobodys = { root, customImage: 'nobody/has-this:1' };
      assert.equal(await presentImage(engine.docker, nobodys, never), undefined);
    } finally {
      engine.dispose();
    }
  });
});
