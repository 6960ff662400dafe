import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { connect, thisMachine, type Connected } from '../../src/executors/docker/endpoint/connect.ts';
import type { Machine } from '../../src/executors/docker/endpoint/candidates.ts';
import { requireEngine } from '../support/engine.ts';

const openssl = promisify(execFile);

/** The machine's real engine, reached by every way that people have. */
describe('ways to an engine', function () {
  this.timeout(60_000);
  let folder = '';
  let socket = '';
  let port = 0;
  let server: tls.Server;
  const open = new Set<net.Socket>();

  before(async () => {
    const engine = await requireEngine();
    socket = engine.engine.endpoint.replace('unix://', '');
    engine.dispose();
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-endpoint-'));
    await certificates(folder);
    const [ca, cert, key] = await Promise.all(
      ['ca.pem', 'cert.pem', 'key.pem'].map(async (file) => readFile(path.join(folder, file))),
    );
    // What `dockerd --tlsverify` does: nobody without a certificate of this authority.
    server = tls.createServer({ ca, cert, key, requestCert: true, rejectUnauthorized: true }, (client) => {
      const upstream = net.connect(socket);
      for (const each of [client, upstream]) {
        open.add(each);
        each.on('error', () => undefined);
        each.once('close', () => [client, upstream].forEach((one) => one.destroy()));
      }
      client.pipe(upstream).pipe(client);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as net.AddressInfo).port;
  });
  after(async () => {
    for (const each of open) each.destroy();
    server?.close();
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
    const bin = path.join(folder, 'bin');
    await mkdir(bin);
    // Stands for the far end: `docker system dial-stdio` is the socket on stdin and stdout.
    const script = `#!${process.execPath}
const words = process.argv.slice(2).join(' ');
if (!words.endsWith('-l me -p 2222 -- far.example docker system dial-stdio')) { console.error('what? ' + words); process.exit(1); }
const socket = require('node:net').connect(${JSON.stringify(socket)});
process.stdin.pipe(socket).pipe(process.stdout);
`;
    await writeFile(path.join(bin, 'ssh'), script);
    await chmod(path.join(bin, 'ssh'), 0o755);
    const before = process.env['PATH'];
    process.env['PATH'] = `${bin}${path.delimiter}${before ?? ''}`;
    try {
      await works(await connect({ host: 'ssh://me@far.example:2222' }, machine()), /ssh:\/\/me@far/);
      const refused = await connect({ host: 'ssh://other@far.example' }, machine());
      assert.ok('unavailable' in refused);
      assert.match(refused.unavailable, /ssh: what\?/);
    } finally {
      process.env['PATH'] = before;
    }
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

/** An authority and one certificate that serves for both ends, for 127.0.0.1. */
async function certificates(folder: string): Promise<void> {
  const at = (file: string): string => path.join(folder, file);
  const subject = ['-nodes', '-newkey', 'rsa:2048', '-days', '2'];
  await openssl('openssl', [
    'req',
    '-x509',
    ...subject,
    '-keyout',
    at('ca-key.pem'),
    '-out',
    at('ca.pem'),
    '-subj',
    '/CN=authority',
  ]);
  await openssl('openssl', [
    'req',
    '-nodes',
    '-newkey',
    'rsa:2048',
    '-keyout',
    at('key.pem'),
    '-out',
    at('csr.pem'),
    '-subj',
    '/CN=engine',
  ]);
  await writeFile(at('ext'), 'subjectAltName=IP:127.0.0.1\n');
  const signing = [
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca-key.pem'),
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    at('ext'),
  ];
  await openssl('openssl', ['x509', '-req', '-in', at('csr.pem'), ...signing, '-out', at('cert.pem')]);
}
