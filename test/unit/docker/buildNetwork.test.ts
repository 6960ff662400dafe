import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { GloveboxError } from '../../../src/core/errors.ts';
import { buildNetwork } from '../../../src/executors/docker/images/buildNetwork.ts';

const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

describe('the network of an image build', () => {
  let folder = '';
  let file = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-unit-'));
    file = path.join(folder, 'ca.pem');
    await writeFile(file, pem);
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  it('trusts what the setting names', async () => {
    const { authorities } = await buildNetwork(file, {});
    assert.equal(authorities.toString(), pem);
  });

  it("trusts what the host's tools are told to trust, each file once", async () => {
    const { authorities } = await buildNetwork('', { NODE_EXTRA_CA_CERTS: file, SSL_CERT_FILE: file });
    assert.equal(authorities.toString(), `${pem}\n`);
  });

  it('has nothing to add where nothing is said', async () => {
    const network = await buildNetwork(undefined, { SSL_CERT_FILE: path.join(folder, 'absent') });
    assert.deepEqual(network, { authorities: Buffer.alloc(0), buildArgs: {}, networkMode: 'default' });
  });

  for (const name of ['absent.pem', 'key.txt']) {
    it(`says which setting is wrong when the file is ${name}`, async () => {
      await writeFile(path.join(folder, 'key.txt'), 'no certificate');
      await assert.rejects(
        buildNetwork(path.join(folder, name), {}),
        (error) => GloveboxError.is(error, 'image-build') && error.message.includes('glovebox.docker.caFile'),
      );
    });
  }

  it("passes the proxies on, and uses the host's network for one that only the host reaches", async () => {
    const far = await buildNetwork('', { HTTPS_PROXY: 'http://proxy:3128', no_proxy: 'x', PATH: '/bin' });
    const both = (name: string, value: string) => ({ [name]: value, [name.toUpperCase()]: value });
    assert.deepEqual(far.buildArgs, {
      ...both('https_proxy', 'http://proxy:3128'),
      ...both('no_proxy', 'x'),
    });
    const unlike = { http_proxy: 'http://a:1', HTTP_PROXY: 'http://b:2' };
    assert.deepEqual((await buildNetwork('', unlike)).buildArgs, unlike);
    assert.equal(far.networkMode, 'default');
    const near = await buildNetwork('', { http_proxy: 'http://user:word@127.0.0.1:3128' });
    assert.equal(near.networkMode, 'host');
  });
});
