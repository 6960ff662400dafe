import assert from 'node:assert/strict';
import path from 'node:path';
import { defaultLimits } from '../../../src/core/limits.ts';
import { createDockerExecutor } from '../../../src/executors/docker/createDockerExecutor.ts';
import { dockerSettings } from '../../../src/executors/docker/settings.ts';
import type { SandboxStatus } from '../../../src/core/ports.ts';
import { FakeEngine } from './fakeEngine.ts';

async function statusWith(info: object): Promise<SandboxStatus> {
  const engine = await FakeEngine.start(info);
  const settings = dockerSettings.parse({ host: engine.host, poolSize: 0 });
  const executor = createDockerExecutor({
    root: path.resolve(import.meta.dirname, '../../..'),
    settings: () => settings,
    limits: () => defaultLimits,
    runsFolder: path.join(path.dirname(engine.socket), 'runs'),
  });
  try {
    return await executor.describe();
  } finally {
    await executor.close();
    await engine.stop();
  }
}

const all = { MemoryLimit: true, SwapLimit: true, PidsLimit: true, CpuCfsQuota: true };

describe('an engine that leaves limits out', () => {
  it('is used where it keeps them all, or says nothing of them', async () => {
    for (const info of [all, {}]) {
      const { available, sandbox } = await statusWith(info);
      assert.equal(available, true);
      assert.doesNotMatch(sandbox.reason ?? '', /swap/);
    }
  });

  it('is refused without a limit of memory, processes or processor time, and it is said what to do', async () => {
    const rootless = { SecurityOptions: ['name=rootless'], CgroupDriver: 'none' };
    const none = { MemoryLimit: false, SwapLimit: false, PidsLimit: false, CpuCfsQuota: false };
    const refused = await statusWith({ ...rootless, ...none });
    assert.equal(refused.available, false);
    assert.match(
      refused.reason ?? '',
      /can't limit memory, processes, and processor time.*delegate.*rootless/,
    );
    for (const missing of ['MemoryLimit', 'PidsLimit', 'CpuCfsQuota']) {
      assert.equal((await statusWith({ ...all, [missing]: false })).available, false, missing);
    }
  });

  it('is used without a limit of swap, and that is said', async () => {
    const { available, sandbox } = await statusWith({ ...all, SwapLimit: false });
    assert.equal(available, true);
    assert.match(sandbox.reason ?? '', /does not count swap/);
  });
});
