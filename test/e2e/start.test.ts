import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { run } from '../../scripts/setup/command.ts';
import { startMessagesServer } from '../support/messages/startMessagesServer.ts';
import { salesStory } from '../support/messages/stories.ts';

const root = path.resolve(import.meta.dirname, '../..');
const key = 'sk-ant-test-0123456789';
const start = path.join(root, 'scripts', 'start.ts');
// No key, and no desktop: the prepared program, and the workbench for the browser.
const env = { ...process.env, ANTHROPIC_API_KEY: '', DISPLAY: '', WAYLAND_DISPLAY: '' };

describe('npm start', () => {
  it('does the main job once and prints each step of the way', async () => {
    const { code, output } = await run(process.execPath, [start, '--no-open'], { env });
    assert.equal(code, 0, output);
    const steps = [...output.matchAll(/^▸ (\w+)/gm)].map((match) => match[1]);
    const way = ['propose', 'findings', 'decision', 'run', 'output', 'metrics', 'artifacts', 'history'];
    assert.deepEqual(steps, way);
    assert.match(output, /prepared monthly_totals\.py/);
    assert.match(output, /Total\s+524,320\.41/);
    assert.match(output, /monthly_sales\.png \(image\/png/);
  });

  it('lets the model write the code where there is a key', async () => {
    const messages = await startMessagesServer(salesStory, { apiKey: key });
    try {
      const keyed = { ...env, ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: messages.url };
      const { code, output } = await run(process.execPath, [start, '--no-open'], { env: keyed });
      assert.equal(code, 0, output);
      assert.match(output, /^▸ propose +Claude writes the code for: .*monthly sales totals/m);
      assert.match(output, /^▸ decision +to run it, by the policy/m);
      assert.match(output, /524,320\.41/);
      assert.match(output, /\(image\/png/);
      assert.equal(output.includes(key), false);
      assert.ok(messages.requests.length >= 2, 'the request, and what the run gave');
      assert.deepEqual(messages.rejections, []);
    } finally {
      await messages.close();
    }
  });

  it('does the main job in the embedded sandbox on a machine without Docker, and says why there', async () => {
    // Nothing answers there, and where Docker is somebody else's business none is started.
    const hidden = { ...env, DOCKER_HOST: 'tcp://127.0.0.1:9' };
    const { code, output } = await run(process.execPath, [start, '--no-open'], { env: hidden });
    assert.equal(code, 0, output);
    assert.match(output, /prepared monthly_totals_svg\.py/);
    assert.match(output, /^▸ run\s+wasm \(pyodide [^\n]*\n {2}chosen because there is no Docker here/m);
    assert.match(output, /Total\s+524,320\.41/);
    assert.match(output, /\.svg \(image\/svg\+xml/);
    assert.match(output, /^▸ history/m);
  });

  it('does it in the embedded sandbox too where an engine answers that gets no image', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'gbx-start-'));
    const engine = await listen(path.join(folder, 'engine.sock'));
    const offline = { http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' };
    const bare = { ...env, ...offline, DOCKER_HOST: `unix://${engine.path}` };
    try {
      const { code, output } = await run(process.execPath, [start, '--no-open'], { env: bare });
      assert.equal(code, 0, output);
      assert.match(output, /^· going on with the embedded sandbox/m);
      assert.match(output, /^▸ run\s+wasm \(pyodide /m);
      assert.match(output, /Total\s+524,320\.41/);
    } finally {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('opens the workbench on an address of this machine that only its token opens', async () => {
    const child = spawn(process.execPath, [start], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    try {
      const address = await printedAddress(child);
      assert.equal(address.hostname, '127.0.0.1');
      const visit = async (url: URL) => (await fetch(url, { redirect: 'manual' })).status;
      assert.equal(await visit(address), 302, 'the token is taken and kept in a cookie');
      address.searchParams.set('tkn', 'guessed');
      assert.equal(await visit(address), 403);
    } finally {
      child.kill('SIGINT');
      await ended;
    }
    assert.equal(child.exitCode, 0);
  });
});

/** An engine that answers, and has and makes nothing. */
async function listen(socket: string): Promise<{ path: string; close(): Promise<void> }> {
  const known: Record<string, object> = {
    '/_ping': {},
    '/version': { Version: '28.0.0', ApiVersion: '1.48', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' },
    '/info': {
      OSType: 'linux',
      MemoryLimit: true,
      CpuCfsQuota: true,
      PidsLimit: true,
      Runtimes: { runc: {} },
    },
  };
  const server = http.createServer((request, response) => {
    const route = (request.url ?? '').replace(/^\/v[\d.]+|\?.*$/g, '');
    const answer = known[route];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { message: 'no such thing' }));
  });
  server.listen(socket);
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { path: socket, close };
}

async function printedAddress(child: ChildProcess): Promise<URL> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    const [found] = /http:\/\/\S+/.exec(text) ?? [];
    if (found !== undefined && text.includes(`${found}\n`)) return new URL(found);
  }
  throw new Error(`No address was printed:\n${text}`);
}
