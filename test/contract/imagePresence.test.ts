import assert from 'node:assert/strict';
import path from 'node:path';
import { ensureImage } from '../../src/executors/docker/images/ensureImage.ts';
import { hasImage } from '../../src/executors/docker/images/hasImage.ts';
import { requireEngine } from '../support/engine.ts';

const root = path.join(import.meta.dirname, '../..');
const never = new AbortController().signal;

describe('whether the image of the sandbox is there', function () {
  this.timeout(600_000);

  it('is known without building it', async () => {
    const engine = await requireEngine();
    try {
      await ensureImage(engine.docker, { root }, () => undefined, never);
      assert.equal(await hasImage(engine.docker, { root }, never), true);
      const unbuilt = { root, packages: ['never-built==1.0'] };
      assert.equal(await hasImage(engine.docker, unbuilt, never), false);
      assert.equal(await hasImage(engine.docker, { root, customImage: 'nobody/has-this:1' }, never), false);
    } finally {
      engine.dispose();
    }
  });
});
