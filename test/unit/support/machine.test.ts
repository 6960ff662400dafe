import assert from 'node:assert/strict';
import { missing, ready } from '../../../scripts/setup/part.ts';
import { prepareMachine, type Ways } from '../../../test/run/machine.ts';
import { look } from '../../../test/run/selfCheck.ts';

const quiet = (): void => undefined;

describe('the machine of a test run', () => {
  const stopped: string[] = [];
  const ways: Ways = {
    programs: async () => [ready('/usr/bin/bwrap'), missing('podman', 'apt-get install podman')],
    engine: async () => ready({ host: 'unix:///e', own: true }, async () => void stopped.push('engine')),
    baseImage: async () => ready('debian'),
    browser: async () => ready('chromium', async () => void stopped.push('browser')),
    workbench: async () => missing('the workbench', 'Install it.'),
  };
  beforeEach(() => void stopped.splice(0));
  const all = new Set(['engine', 'browser', 'workbench'] as const);

  it('names what is missing and ends what was started, last first', async () => {
    const machine = await prepareMachine(all, quiet, ways);
    assert.deepEqual([...machine.lacks], ['workbench']);
    assert.deepEqual(machine.missing, ['podman: apt-get install podman', 'the workbench: Install it.']);
    assert.equal(machine.env['DOCKER_HOST'], 'unix:///e');
    await machine.stop();
    assert.deepEqual(stopped, ['browser', 'engine']);
  });

  it('goes on where getting a part fails, and still ends the engine', async () => {
    const failing = async (): Promise<never> => {
      throw new Error('debootstrap: no space left on device');
    };
    const machine = await prepareMachine(all, quiet, { ...ways, programs: failing, baseImage: failing });
    assert.deepEqual([...machine.lacks], ['engine', 'workbench']);
    assert.match(machine.missing.join('\n'), /the engine: Getting it failed: .*no space left/);
    await machine.stop();
    assert.deepEqual(stopped, ['browser', 'engine']);
  });
});

describe('the check after a test run', () => {
  it('takes what it could not look at for a failure of its own, and keeps the other results', async () => {
    const left = await look(async () => {
      throw new Error('spawn docker ENOENT');
    });
    assert.deepEqual(left, ['could not be looked at: Error: spawn docker ENOENT']);
  });
});
