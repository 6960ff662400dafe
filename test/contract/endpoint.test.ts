import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { connect, thisMachine, type Connected } from '../../src/executors/docker/endpoint/connect.ts';
import type { Machine } from '../../src/executors/docker/endpoint/candidates.ts';
import { requireEngine } from '../support/engine.ts';
import { openTlsFront, withFarSsh, type TlsFront } from './farEngine.ts';

/** The machine's real engine, reached by every way that people have. */
describe('ways to an engine', function () {
  this.timeout(60_000);
  let folder = '';
  let socket = '';
  let port = 0;
  let front: TlsFront | undefined;

  before(async () => {
    const engine = await requireEngine();
    socket = engine.engine.endpoint.replace('unix://', '');
    engine.dispose();
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-endpoint-'));
    front = await openTlsFront(socket, folder);
    port = front.port;
  });
  after(async () => {
    front?.close();
    if (folder !== '') await rm(folder, { recursive: true, force: true });
  });

  const machine = (env: Record<string, string> = {}): Machine => ({
    ...thisMachine(),
    home: folder,
    env: { PATH: process.env['PATH'], ...env },
  });

  async function works(found: Connected | { readonly unavailable: string }, reason: RegExp): Promise<void> {
    assert.ok('docker' in found, 'docker' in found ? '' : found.unavailable);
    try {
      assert.match(found.reason, reason);
      assert.ok(Array.isArray(await found.docker.listContainers()));
    } finally {
      found.dispose();
    }
  }

  it('the usual socket, by itself and by name', async () => {
    await works(await connect({ host: `unix://${socket}` }, machine()), /setting glovebox\.docker\.host/);
    await works(await connect({}, machine({ DOCKER_HOST: `unix://${socket}` })), /\(DOCKER_HOST\)/);
  });

  it('TCP with TLS, with certificates on both sides', async () => {
    const env = { DOCKER_HOST: `tcp://127.0.0.1:${port}`, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };
    await works(await connect({}, machine(env)), new RegExp(`tcp://127.0.0.1:${port}`));
  });

  it('a Docker context with its own certificates', async () => {
    const id = createHash('sha256').update('far').digest('hex');
    const meta = path.join(folder, '.docker/contexts/meta', id);
    const material = path.join(folder, '.docker/contexts/tls', id, 'docker');
    await mkdir(meta, { recursive: true });
    await mkdir(material, { recursive: true });
    const Host = `tcp://127.0.0.1:${port}`;
    await writeFile(
      path.join(meta, 'meta.json'),
      JSON.stringify({ Name: 'far', Endpoints: { docker: { Host } } }),
    );
    for (const file of ['ca.pem', 'cert.pem', 'key.pem']) {
      await writeFile(path.join(material, file), await readFile(path.join(folder, file)));
    }
    await works(await connect({ context: 'far' }, machine()), /context "far"/);
  });

  it('TLS that cannot be trusted is refused, and the certificates are named', async () => {
    const found = await connect(
      {},
      machine({ DOCKER_HOST: `tcp://127.0.0.1:${port}`, DOCKER_TLS_VERIFY: '1' }),
    );
    assert.ok('unavailable' in found);
    assert.match(found.unavailable, /do not trust each other.*ca\.pem/);
  });

  it("ssh, through the person's own program", async () => {
    await withFarSsh(socket, folder, async () => {
      await works(await connect({ host: 'ssh://me@far.example:2222' }, machine()), /ssh:\/\/me@far/);
      const refused = await connect({ host: 'ssh://other@far.example' }, machine());
      assert.ok('unavailable' in refused);
      assert.match(refused.unavailable, /ssh: what\?/);
    });
  });

  it('says what is wrong where nothing answers', async () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['unix:///nowhere.sock', /nothing at unix:\/\/\/nowhere\.sock/],
      ['tcp://127.0.0.1:9', /not running/],
      ['carrier-pigeon://x', /no engine address/],
    ];
    for (const [host, expected] of cases) {
      const found = await connect({ host }, machine());
      assert.ok('unavailable' in found);
      assert.match(found.unavailable, expected);
    }
  });
});
