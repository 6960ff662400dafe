import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import { missing, ready } from '../../../scripts/setup/part.ts';
import { doMainJob } from '../../../scripts/start/mainJob.ts';
import { sandboxAtHand, type Ways } from '../../../scripts/start/sandboxAtHand.ts';

const failing = async (): Promise<never> => {
  throw new Error('debootstrap: no route to host');
};

describe('the sandbox of npm start', () => {
  const stopped: string[] = [];
  const ways: Ways = {
    engine: async () => ready({ host: 'unix:///e' }, async () => void stopped.push('engine')),
    baseImage: async () => ready('debian'),
    sandboxImage: async ({ DOCKER_HOST }) => DOCKER_HOST === 'unix:///e',
  };
  const atHand = async (own: Partial<Ways>) => {
    const said: string[] = [];
    const { stop, ...got } = await sandboxAtHand((message) => said.push(message), { ...ways, ...own });
    await stop();
    return { ...got, said: said.join('\n') };
  };
  beforeEach(() => void stopped.splice(0));

  it('is that of Docker where all of it is there', async () => {
    const env = { DOCKER_HOST: 'unix:///e' };
    assert.deepEqual(await atHand({}), { docker: true, env, said: '' });
    assert.deepEqual(stopped, ['engine']);
  });

  it('is the embedded one, by name, where an engine answers that has no image', async () => {
    const lacking: Partial<Ways>[] = [
      { baseImage: async () => missing('the image debian', 'Check the network.') },
      { baseImage: failing },
      { sandboxImage: async () => false },
      { sandboxImage: failing },
    ];
    for (const own of lacking) {
      const { docker, named, said } = await atHand(own);
      assert.deepEqual([docker, named], [false, 'wasm']);
      assert.match(said, /is missing\. .*\ngoing on with the embedded sandbox/);
    }
    assert.equal(stopped.length, lacking.length);
  });

  it('is the one that is chosen by itself where no engine can be had', async () => {
    for (const engine of [async () => missing('a Docker engine', 'Start one.'), failing]) {
      const { docker, env, named } = await atHand({ engine });
      assert.deepEqual([docker, env, named], [false, {}, undefined]);
    }
  });
});

describe('the main job of npm start', () => {
  it('says why it could not be done, and does not reject', async () => {
    const absent = path.join(os.tmpdir(), 'glovebox-absent');
    const job = { root: absent, workspace: absent, env: {}, prepared: 'a.py', flags: [] };
    assert.equal(await doMainJob(job), false);
  });
});
