import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Machine } from '../../../src/executors/docker/endpoint/candidates.ts';
import { resolveCandidates } from '../../../src/executors/docker/endpoint/resolve.ts';

describe('where the engine is looked for', () => {
  let home = '';
  beforeEach(async () => void (home = await mkdtemp(path.join(os.tmpdir(), 'glovebox-unit-'))));
  afterEach(async () => rm(home, { recursive: true, force: true }));

  const machine = (env: Record<string, string> = {}, platform: NodeJS.Platform = 'linux'): Machine => ({
    platform,
    home,
    uid: 1000,
    env,
  });

  async function context(name: string, host: string, tls = false): Promise<void> {
    const id = createHash('sha256').update(name).digest('hex');
    const meta = path.join(home, '.docker/contexts/meta', id);
    await mkdir(meta, { recursive: true });
    const text = JSON.stringify({
      Name: name,
      Metadata: {},
      Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
    });
    await writeFile(path.join(meta, 'meta.json'), text);
    if (!tls) return;
    const folder = path.join(home, '.docker/contexts/tls', id, 'docker');
    await mkdir(folder, { recursive: true });
    for (const file of ['ca.pem', 'cert.pem', 'key.pem']) await writeFile(path.join(folder, file), file);
  }

  it('a setting comes before everything else', async () => {
    const [only, ...others] = await resolveCandidates(
      { host: '/x.sock' },
      machine({ DOCKER_HOST: 'tcp://y:1' }),
    );
    assert.equal(only?.host, 'unix:///x.sock');
    assert.equal(only?.explicit, true);
    assert.deepEqual(others, []);
  });

  it('DOCKER_HOST comes before contexts, and brings its certificates', async () => {
    await writeFile(path.join(home, 'ca.pem'), 'authority');
    const env = {
      DOCKER_HOST: 'tcp://far:2376',
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: home,
      DOCKER_CONTEXT: 'x',
    };
    const [only] = await resolveCandidates({}, machine(env));
    assert.equal(only?.host, 'tcp://far:2376');
    assert.equal(only.tls?.ca?.toString(), 'authority');
    assert.equal(only.tls.skipVerify, false);
  });

  it('a context is read with its certificates, by setting, by DOCKER_CONTEXT and as the one in use', async () => {
    await context('far', 'tcp://far:2376', true);
    await writeFile(
      path.join(home, '.docker/config.json'),
      JSON.stringify({ currentContext: 'far', auths: {} }),
    );
    for (const [settings, env] of [
      [{ context: 'far' }, {}],
      [{}, { DOCKER_CONTEXT: 'far' }],
      [{}, {}],
    ] as const) {
      const [only, ...others] = await resolveCandidates(settings, machine(env));
      assert.equal(only?.host, 'tcp://far:2376');
      assert.equal(only.tls?.key?.toString(), 'key.pem');
      assert.deepEqual(others, []);
    }
  });

  it('a context that does not exist is said, with how to see those that do', async () => {
    await assert.rejects(resolveCandidates({ context: 'nope' }, machine()), /"nope".*docker context ls/);
  });

  it('broken files of Docker are as good as none', async () => {
    await mkdir(path.join(home, '.docker'));
    await writeFile(path.join(home, '.docker/config.json'), '{"currentContext": 5');
    const candidates = await resolveCandidates({}, machine());
    assert.equal(candidates[0]?.host, 'unix:///var/run/docker.sock');
  });

  it('else the usual places: rootless and Podman on Linux, Desktop and Colima on macOS, pipes on Windows', async () => {
    const linux = await resolveCandidates({}, machine({ XDG_RUNTIME_DIR: '/run/user/7' }));
    const hosts = linux.map(({ host }) => host);
    assert.ok(hosts.includes('unix:///run/user/7/docker.sock'));
    assert.ok(hosts.includes('unix:///run/user/7/podman/podman.sock'));
    assert.ok(hosts.indexOf('unix:///var/run/docker.sock') < hosts.indexOf('unix:///run/podman/podman.sock'));
    const mac = (await resolveCandidates({}, machine({}, 'darwin'))).map(({ host }) => host);
    assert.ok(mac.includes(`unix://${home}/.docker/run/docker.sock`));
    assert.ok(mac.includes(`unix://${home}/.colima/default/docker.sock`));
    const windows = (await resolveCandidates({}, machine({}, 'win32'))).map(({ host }) => host);
    assert.deepEqual(windows.slice(0, 2), [
      'npipe:////./pipe/docker_engine',
      'npipe:////./pipe/dockerDesktopLinuxEngine',
    ]);
  });
});
