import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { GloveboxError } from '../../src/core/errors.ts';
import { ensureImage, type ImageSpec } from '../../src/executors/docker/images/ensureImage.ts';
import type { Image } from '../../src/executors/docker/images/findImage.ts';
import { pruneImages } from '../../src/executors/docker/images/pruneImages.ts';
import type { Connected } from '../../src/executors/docker/endpoint/connect.ts';
import { eventually, requireEngine } from '../support/engine.ts';
import { buildOwnImage } from './buildOwnImage.ts';

const root = path.resolve(import.meta.dirname, '../..');
const never = new AbortController().signal;
const ignore = (): void => undefined;

describe('the images of the sandbox', function () {
  this.timeout(300_000);
  let engine: Connected;
  let ours: Image;
  let known: ReadonlySet<string>;
  let knownStages: ReadonlySet<string>;
  const made: string[] = [];

  before(async () => {
    engine = await requireEngine();
    ours = await ensure({});
    known = new Set(await names());
    knownStages = new Set(await stages());
  });
  after(async () => {
    for (const name of made) await engine.docker.getImage(name).remove({ force: true }).catch(ignore);
    engine?.dispose();
  });

  async function ensure(
    spec: Omit<ImageSpec, 'root'>,
    signal = never,
    progress = ignore as (m: string) => void,
  ) {
    return ensureImage(engine.docker, { root, ...spec }, progress, signal);
  }

  async function names(): Promise<readonly string[]> {
    const filters = { label: ['glovebox.build'] };
    return (await engine.docker.listImages({ filters })).flatMap(({ Id, RepoTags }) => RepoTags ?? [Id]);
  }

  /** Images without a name of our builds, some perhaps left by a process that was killed. */
  async function stages(): Promise<readonly string[]> {
    const filters = { label: ['glovebox.build'], dangling: ['true'] };
    return (await engine.docker.listImages({ filters })).map(({ Id }) => Id);
  }

  /** Nothing new of that kind; another build may be under way. */
  async function noStages(): Promise<void> {
    const added = async (): Promise<readonly string[]> =>
      (await stages()).filter((id) => !knownStages.has(id));
    await eventually('no stage of a build is left', async () => (await added()).length === 0, 60_000);
  }

  /** An image with Python that no test before has seen. */
  async function ownImage(
    dockerfile = `FROM ${ours.image}\nLABEL test="${randomUUID()}"\n`,
  ): Promise<string> {
    const name = `glovebox-test/${randomUUID()}:1`;
    await buildOwnImage(engine.docker, name, dockerfile);
    made.push(name);
    return name;
  }

  async function shell(image: string, script: string): Promise<string> {
    const container = await engine.docker.createContainer({
      Image: image,
      Entrypoint: ['/bin/sh', '-c', script],
      Cmd: [],
      NetworkDisabled: true,
      Tty: true,
    });
    try {
      await container.start();
      await container.wait();
      const output = await container.logs({ stdout: true, stderr: true });
      return output.toString().replaceAll('\r\n', '\n');
    } finally {
      await container.remove({ force: true });
    }
  }

  it('say which of ours they are and of what they were made', async () => {
    const { Config, Id } = await engine.docker.getImage(ours.image).inspect();
    assert.equal(Config.Labels?.['glovebox.image'], 'python');
    const inputs = Config.Labels?.['glovebox.inputs'] ?? '';
    assert.match(inputs, /^[0-9a-f]{64}$/);
    assert.equal(ours.image, `glovebox/python:${inputs.slice(0, 16)}`);
    assert.equal(ours.digest, Id);
    assert.equal(Config.User, '10001:10001');
  });

  it('are not built twice', async () => {
    const said: string[] = [];
    assert.equal((await ensure({}, never, (message) => said.push(message))).digest, ours.digest);
    assert.deepEqual(said, []);
  });

  it('hold the versions that are pinned and nothing that fetches, compiles or gives rights', async () => {
    const pinned = (await readFile(path.join(root, 'sandbox/requirements.txt'), 'utf8')).match(
      /^[a-z].*==[^ ]+/gm,
    );
    const tools =
      'apt apt-get dpkg pip pip3 gcc cc g++ ld make perl curl wget git su sudo mount unshare nsenter';
    const output = await shell(
      ours.image,
      `python3 -c 'import importlib.metadata as m; print(*sorted(f"{d.name.lower()}=={d.version}" for d in m.distributions()))'
      for each in ${tools}; do command -v $each && echo "found $each"; done
      python3 -m pip --version; find / -xdev -perm /6000 -type f 2>/dev/null; find / -xdev -name 'ca.pem' 2>/dev/null; echo end`,
    );
    const [versions, ...rest] = output.split('\n');
    for (const each of pinned ?? []) assert.ok(versions?.split(' ').includes(each), each);
    assert.match(rest[0] ?? '', /No module named pip/);
    assert.deepEqual(
      rest.slice(1).filter((line) => line !== ''),
      ['end'],
    );
  });

  it('take an own image with Python, built once however many ask at once', async () => {
    const customImage = await ownImage();
    const steps: string[] = [];
    const asked = [1, 2, 3].map(async () => ensure({ customImage }, never, (message) => steps.push(message)));
    const [one, two, three] = await Promise.all(asked);
    assert.match(one?.image ?? '', /^glovebox\/custom:/);
    assert.deepEqual([two?.digest, three?.digest], [one?.digest, one?.digest]);
    await noStages();
    assert.match(await shell(one?.image ?? '', 'ls /opt/glovebox/runner; id -u'), /__main__\.py[\s\S]*10001/);
  });

  it('say why an own image cannot serve, and leave nothing of the attempt', async () => {
    await assert.rejects(
      ensure({ customImage: await ownImage('FROM debian:trixie-slim\n') }),
      (error) => GloveboxError.is(error, 'image-build') && /cannot serve.*python3/.test(error.message),
    );
    await noStages();
    for (const customImage of ['no spaces', 'evil\nRUN x', '--flag']) {
      await assert.rejects(ensure({ customImage }), (error) => GloveboxError.is(error, 'bad-input'));
    }
  });

  it('refuse an own image with a volume, which has no size, and packages for an own image', async () => {
    const customImage = await ownImage(`FROM ${ours.image}\nVOLUME /data\n`);
    await assert.rejects(
      ensure({ customImage }),
      (error) =>
        GloveboxError.is(error, 'image-build') && /VOLUME \(\/data\)[^]*docker\.image/.test(error.message),
    );
    await assert.rejects(
      ensure({ customImage: await ownImage(), packages: ['tabulate==0.9.0'] }),
      (error) => GloveboxError.is(error, 'bad-input') && /docker\.packages/.test(error.message),
    );
    await noStages();
  });

  it('refuse an own image with instructions that the engine would follow during our build', async () => {
    const customImage = await ownImage(`FROM ${ours.image}\nONBUILD RUN touch /tmp/ran\n`);
    await assert.rejects(
      ensure({ customImage }),
      (error) =>
        GloveboxError.is(error, 'image-build') &&
        /ONBUILD[^]*touch \/tmp\/ran[^]*docker\.image/.test(error.message),
    );
    await noStages();
    const followed = await ownImage(`FROM ${customImage}\nLABEL test="${randomUUID()}"\n`);
    assert.match((await ensure({ customImage: followed })).image, /^glovebox\/custom:/);
  });

  it('let an own image see no network and no proxy while they put the runner on it', async () => {
    const spy = `ls /sys/class/net > /net; env > /env; exec $(readlink -f "$0").real "$@"`;
    const customImage = await ownImage(`FROM ${ours.image}
USER 0:0
RUN at=$(readlink -f $(command -v python3)) && mv $at $at.real && printf '%s\\n' '#!/bin/sh' '${spy}' > $at && chmod 755 $at
LABEL test="${randomUUID()}"
`);
    // A proxy on the host itself is reached from the host's own network.
    const proxy = 'http://name:password@localhost:9';
    const { image } = await ensure({ customImage, env: { HTTP_PROXY: proxy, https_proxy: proxy } });
    const seen = await shell(image, 'cat /net; cat /env');
    assert.match(seen, /^lo\s+(?!.*eth)/);
    assert.match(seen, /PATH=/);
    assert.doesNotMatch(seen, /eth0|docker0|proxy|password/i);
  });

  it('are given up on cancel, without a trace, and can be built afterwards', async () => {
    const customImage = await ownImage();
    const cancel = new AbortController();
    const building = ensure({ customImage }, cancel.signal, () => cancel.abort());
    await assert.rejects(building, (error) => GloveboxError.is(error, 'cancelled'));
    await noStages();
    assert.match((await ensure({ customImage })).image, /^glovebox\/custom:/);
  });

  it('take packages that are asked for, and name one that does not exist', async () => {
    const { image } = await ensure({ packages: ['tabulate==0.9.0'] });
    assert.match(
      await shell(image, 'python3 -c "import tabulate, numpy; print(tabulate.__version__)"'),
      /^0\.9\.0$/m,
    );
    await assert.rejects(
      ensure({ packages: ['glovebox-no-such-package-1'] }),
      (error) =>
        GloveboxError.is(error, 'image-build') &&
        /no wheel of "glovebox-no-such-package-1"[^]*glovebox\.docker\.packages/.test(error.message),
    );
    await noStages();
  });

  it('are pruned, and only ours, and not those that are to be kept', async () => {
    const theirs = await ownImage();
    const { image } = await ensure({ customImage: theirs });
    const { removed } = await pruneImages(engine.docker, known);
    assert.ok(removed.includes(image));
    const left = new Set((await engine.docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []));
    assert.ok(left.has(theirs) && left.has(ours.image) && !left.has(image));
  });
});
