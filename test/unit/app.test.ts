import assert from 'node:assert/strict';
import os from 'node:os';
import { createApp, type App } from '../../src/app.ts';
import { defaultSettings } from '../../src/appSettings.ts';

/** What the compiler finds on the sandbox that a door gets. */
type HandedOut = keyof App['executor'];

describe('the app', () => {
  it('hands out all of the sandbox but running code, which is the pipeline’s alone', async () => {
    const app = createApp({
      stays: true,
      root: '',
      dataFolder: os.tmpdir(),
      dataFolderAdvice: '',
      settings: () => defaultSettings,
      apiKey: async () => undefined,
    });
    // @ts-expect-error -- a door that named it would not compile, either.
    const running: HandedOut = 'execute';
    assert.ok('describe' in app.executor);
    assert.ok(!(running in app.executor));
    await app.close();
  });
});
