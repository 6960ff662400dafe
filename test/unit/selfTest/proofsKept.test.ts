import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { failures } from '../../../src/core/selfTest.ts';
import type { ProvenExecutor } from '../../../src/selfTest/provenExecutor.ts';
import { attackedForEach, never } from './attackedSandbox.ts';

describe('what a self-test has found', () => {
  const attacked = attackedForEach();
  const { open, run } = attacked;

  it('closes the image that the test itself had built, also for who comes later', async () => {
    attacked.behaviour.leaks = 'THROUGH files a file of the host was read\n';
    attacked.sandbox = { backend: 'docker', runtime: 'runc', image: '', digest: '' };
    attacked.built = { ...attacked.sandbox, image: 'glovebox/python:1', digest: 'sha256:1' };
    const executor = open();
    await executor.selfTest(() => undefined, never);
    for (const one of [executor, open()]) assert.equal((await run(one)).status, 'unavailable');
    attacked.built = { ...attacked.sandbox, image: 'glovebox/python:2', digest: 'sha256:2' };
    attacked.sandbox = { ...attacked.built, image: '', digest: '' };
    assert.equal((await run(open())).status, 'ok', 'another image was not tested');
  });

  it('holds at once for processes that are already there', async () => {
    const [server, terminal] = [open(), open()];
    assert.equal((await server.describe()).available, true);
    attacked.behaviour.leaks = 'THROUGH files a file of the host was read\n';
    await terminal.selfTest(() => undefined, never);
    assert.equal((await run(server)).status, 'unavailable');
    attacked.behaviour.leaks = '';
    await terminal.selfTest(() => undefined, never);
    assert.equal((await run(server)).status, 'ok');
  });

  it('is told, and closes the sandbox here, also where it can not be written down', async () => {
    attacked.behaviour.leaks = 'THROUGH files a file of the host was read\n';
    const { folder } = attacked;
    attacked.folder = path.join(folder, 'taken');
    await writeFile(attacked.folder, 'no folder');
    const executor = open();
    attacked.folder = folder;
    const report = await executor.selfTest(() => undefined, never);
    assert.equal(failures(report).length, 1);
    const [finding, notKept] = attacked.warnings;
    assert.match(finding ?? '', /a file of the host was read/);
    assert.match(notKept ?? '', /could not be kept.*other windows do not know of it: E/);
    assert.equal(attacked.warnings.length, 2);
    assert.equal((await run(executor)).status, 'unavailable');
  });

  it('proves one version of the product, and nothing of the next', async () => {
    attacked.behaviour.leaks = 'THROUGH files a file of the host was read\n';
    await open().selfTest(() => undefined, never);
    assert.equal((await open({ version: '1.0.1' }).describe()).available, true);
    attacked.sandbox = { ...attacked.sandbox, engine: 'Docker Engine 27 on Linux 6' };
    assert.equal((await open().describe()).available, true);
  });

  it('is asked for where a process ends with its run, since nothing could test behind it', async () => {
    const command = (): ProvenExecutor => open({ stays: false });
    const first = command();
    await run(first);
    await run(first);
    assert.deepEqual(attacked.ran, ['mine.py', 'mine.py']);
    assert.equal(attacked.warnings.length, 1);
    assert.match(attacked.warnings[0] ?? '', /glovebox doctor/);
    await first.selfTest(() => undefined, never);
    await run(command());
    assert.equal(attacked.warnings.length, 1);
  });
});
