import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { access, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findCommand } from '../../scripts/setup/command.ts';
import { GloveboxError } from '../../src/core/errors.ts';
import { defaultLimits } from '../../src/core/limits.ts';
import {
  createDockerExecutor,
  type DockerExecutor,
} from '../../src/executors/docker/createDockerExecutor.ts';
import { dockerSettings } from '../../src/executors/docker/settings.ts';
import { ensureImage } from '../../src/executors/docker/images/ensureImage.ts';
import { systemCallFilter } from '../../src/executors/systemCallFilter.ts';
import { containersOf, eventually, requireEngine } from '../support/engine.ts';
import { buildOwnImage } from './buildOwnImage.ts';
import { artifactText, inputFile, runCode, told } from './subject.ts';

const root = path.resolve(import.meta.dirname, '../..');
const never = new AbortController().signal;

/** The main job on a Podman of our own, which listens only for this test. */
describe("the sandbox on Podman's socket", function () {
  this.timeout(300_000);
  const owner = `podman-${randomUUID()}`;
  let folder = '';
  let podman: ChildProcess | undefined;
  let executor: DockerExecutor;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-podman-'));
    const socket = path.join(folder, 's');
    const storage = ['--root', path.join(folder, 'root'), '--runroot', path.join(folder, 'run')];
    // Debian's crun starts nothing where both versions of cgroups have controllers; runc does.
    const runtime = (await findCommand('runc')) === undefined ? [] : ['--runtime', 'runc'];
    podman = spawn('podman', [...storage, ...runtime, 'system', 'service', '--time=0', `unix://${socket}`], {
      stdio: 'ignore',
      // Its monitor leaves a file in the folder that it was started in when memory runs out.
      cwd: folder,
    });
    await Promise.race([
      new Promise((_resolve, reject) => podman?.once('error', reject)),
      eventually(
        'Podman listens',
        async () =>
          access(socket).then(
            () => true,
            () => false,
          ),
        30_000,
      ),
    ]);
    await loadImage(`unix://${socket}`);
    const settings = dockerSettings.parse({ host: `unix://${socket}`, poolSize: 1 });
    executor = createDockerExecutor({
      root,
      settings: () => settings,
      limits: () => defaultLimits,
      runsFolder: path.join(folder, 'runs'),
      owner,
    });
    await executor.prepare?.(() => undefined, never);
  });

  after(async () => {
    await executor?.close();
    podman?.kill();
    if (podman?.exitCode === null)
      await Promise.race([new Promise((end) => podman?.once('close', end)), wait(10_000)]);
    // Podman mounts its own folder on itself and leaves it so.
    await promisify(execFile)('umount', [path.join(folder, 'root/overlay')]).catch(() => undefined);
    if (folder !== '') await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  });

  it('says which engine it found', async () => {
    const status = await executor.describe();
    assert.equal(status.available, true);
    assert.match(status.sandbox.reason ?? '', /^Podman \d/);
  });

  it('runs the main job: a table in, its sums and a chart out', async () => {
    const code = `import pandas as pd, matplotlib.pyplot as plt
sums = pd.read_csv("sales.csv").groupby("month")["units"].sum()
print(sums.to_string())
sums.plot()
plt.savefig("outputs/trend.png")
open("outputs/sums.txt", "w").write(sums.to_string())
`;
    const files = [inputFile('sales.csv', 'month,units\n2024-01,2\n2024-02,3\n2024-01,5\n')];
    const result = await runCode(executor, code, { files });
    assert.equal(result.status, 'ok', told(result));
    assert.match(result.stdout, /2024-01 +7\n2024-02 +3/);
    assert.equal(await artifactText(result, 'sums.txt'), result.stdout.trimEnd());
    assert.ok(result.artifacts.some(({ name, bytes }) => name === 'trend.png' && bytes > 1000));
    assert.ok(result.metrics.peakMemoryBytes > 0);
  });

  it('keeps the walls: no network, no writing outside, no new rights, the same profile', async () => {
    const code = `import ctypes, os, socket
def tried(step):
    try:
        step()
        return "open"
    except OSError as error:
        return error.strerror
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *args):
    if libc.syscall(number, *args) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
print(os.getuid())
print(tried(lambda: socket.create_connection(("1.1.1.1", 53), 2)))
print(tried(lambda: open("/etc/x", "w")))
print(tried(lambda: call(425, 8, 0)))
print(tried(lambda: socket.socket(40, socket.SOCK_STREAM)))
print(tried(lambda: os.memfd_create("x")))
print(open("/proc/self/status").read())
`;
    const result = await runCode(executor, code);
    assert.equal(result.status, 'ok', told(result));
    // Podman's own profile lets the last one through.
    const [uid, network, write, uring, vsock, memfd] = result.stdout.split('\n');
    assert.equal(uid, '10001');
    for (const denied of [network, write, uring, vsock, memfd]) assert.notEqual(denied, 'open');
    assert.match(result.stdout, /^CapEff:\s+0+$/m);
    assert.match(result.stdout, /^NoNewPrivs:\s+1$/m);
    assert.match(result.stdout, /^Seccomp:\s+2$/m);
  });

  it('ends what takes too long or too much', async () => {
    const slow = await runCode(executor, 'while True: pass', { limits: { wallMs: 1500 } });
    assert.equal(slow.status, 'timeout', told(slow));
    const large = await runCode(executor, 'x = bytearray(3 * 10**9)');
    assert.equal(large.status, 'oom', told(large));
  });

  it('refuses an own image with instructions that it would follow during our build', async () => {
    const engine = await requireEngine(`unix://${path.join(folder, 's')}`);
    const customImage = `glovebox-test/${randomUUID()}:1`;
    await buildOwnImage(engine.docker, customImage, 'FROM scratch\nLABEL a=b\nONBUILD RUN touch /tmp/ran\n');
    await assert.rejects(
      ensureImage(engine.docker, { root, customImage, filter: Buffer.alloc(8) }, () => undefined, never),
      (error) => GloveboxError.is(error, 'image-build') && /ONBUILD[^]*touch[^]*squash/.test(error.message),
    );
    engine.dispose();
  });

  it('leaves no container', async () => {
    await executor.close();
    const found = await requireEngine(`unix://${path.join(folder, 's')}`);
    await eventually('they are gone', async () => (await containersOf(found.docker, owner)).length === 0);
    found.dispose();
  });
});

/** The image that the other engine has or builds, so that nothing is fetched twice. */
async function loadImage(host: string): Promise<void> {
  const from = await requireEngine();
  const to = await requireEngine(host);
  const filter = systemCallFilter(to.engine.architecture);
  assert.ok(filter !== undefined);
  const { image } = await ensureImage(from.docker, { root, filter }, () => undefined, never);
  const loading = await to.docker.loadImage(await from.docker.getImage(image).get(), { quiet: true });
  for await (const line of loading) assert.doesNotMatch(String(line), /"error"/);
  from.dispose();
  to.dispose();
}
