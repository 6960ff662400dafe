import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defaultLimits, type Limits } from '../../../src/core/limits.ts';
import { RunCollector } from '../../../src/executors/runner/runCollector.ts';

const MiB = 1024 * 1024;

describe('RunCollector', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-collector-'))));
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  /** Feeds frames as a runner would send them, and says what was heard. */
  function collect(limits: Partial<Limits> = {}) {
    const heard: string[] = [];
    const hear = (what: string) => () => void heard.push(what);
    const hooks = { started: hear('started'), exited: hear('exited'), ended: hear('ended') };
    const more = { broken: hear('broken'), flooded: hear('flooded'), busy: () => undefined };
    const shown: string[] = [];
    const collector = new RunCollector(
      path.join(folder, 'run'),
      { ...defaultLimits, ...limits },
      (event) => event.kind === 'output' && shown.push(`${event.stream}: ${event.text}`),
      {
        ...hooks,
        ...more,
      },
    );
    const send = (type: string, payload: Buffer | object = {}): void =>
      collector.frame({
        type,
        payload: Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload)),
      });
    const artifact = (name: string, text: string): void => {
      send('a', { name, bytes: text.length });
      send('d', Buffer.from(text));
    };
    return { collector, heard, shown, send, artifact };
  }

  it('keeps files whose names would collide on the host', async () => {
    const { collector, heard, send, artifact } = collect();
    const long = '\u0958'.repeat(85);
    for (const name of ['a?/x', 'a_', 'Data', 'data/x.csv', long]) artifact(name, name);
    send('z');
    const { artifacts } = await collector.finish();
    assert.deepEqual(
      artifacts.map(({ name }) => name),
      ['a?/x', 'a_', 'Data', 'data/x.csv', long],
    );
    for (const { name, path: file } of artifacts) assert.equal(await readFile(file, 'utf8'), name);
    assert.deepEqual(heard, ['ended']);
  });

  it('leaves out what this machine can’t keep, and the run goes on', async () => {
    const { collector, heard, send, artifact } = collect();
    // Nobody, not even root, can make a folder where a file is.
    await writeFile(path.join(folder, 'run'), '');
    artifact('one.txt', 'x');
    artifact('two.txt', 'x');
    send('o', Buffer.alloc(300_000, 'x'));
    send('z');
    const { artifacts, fullOutput, notices, stdout } = await collector.finish();
    assert.deepEqual(fullOutput, []);
    assert.deepEqual([artifacts, heard], [[], ['ended']]);
    assert.match(notices.join('\n'), /2 files in outputs could not be kept \(.*\): "one\.txt"/);
    assert.match(notices.join('\n'), /Not all of stdout could be kept/);
    assert.deepEqual([stdout.truncated, stdout.bytes], [true, 300_000]);
  });

  it('takes no more files and no more bytes than allowed, whatever is sent', async () => {
    const { collector, heard, send, artifact } = collect({ artifactCount: 3, artifactBytes: 10 });
    artifact('a', '12345');
    artifact('too-large', '1234567890');
    artifact('b', '12345');
    for (let number = 0; number < 500; number++) artifact(`more-${number}`, 'x');
    send('z');
    const { artifacts, notices } = await collector.finish();
    assert.deepEqual(
      artifacts.map(({ name }) => name),
      ['a', 'b'],
    );
    assert.equal((await readdir(path.join(folder, 'run', 'outputs'))).length, 2);
    assert.match(notices.join('\n'), /500 files .*more files than allowed/);
    assert.deepEqual(heard, ['ended']);
  });

  it('ends a flood that the runner does not, and keeps no more of it', async () => {
    const { collector, heard, send } = collect({ outputTotalBytes: MiB });
    for (let sent = 0; sent < 36; sent++) send(sent % 2 === 0 ? 'o' : 'e', Buffer.alloc(MiB, 'x'));
    const { stdout, stderr } = await collector.finish();
    assert.deepEqual(heard, ['flooded']);
    assert.ok(stdout.bytes + stderr.bytes <= 5 * MiB);
    assert.ok((await stat(path.join(folder, 'run', 'stdout.txt'))).size <= 5 * MiB);
  });

  it('shows the end of what was too long, and keeps all of it in a file that no notice names', async () => {
    const { collector, shown, send } = collect({ outputBytes: 20 });
    for (const text of ['first line\n', 'x'.repeat(500), '\nTHE END\n']) send('o', Buffer.from(text));
    send('e', Buffer.from('short'));
    send('z');
    const { fullOutput, notices } = await collector.finish();
    await collector.finish();
    assert.match(shown.join(''), /^stdout: first line\n/);
    assert.deepEqual(
      shown.filter((text) => text.includes('THE END')),
      ['stdout: \n… 499 of 520 bytes left out …\nx\nTHE END\n'],
    );
    const file = path.join(folder, 'run', 'stdout.txt');
    assert.deepEqual(fullOutput, [{ stream: 'stdout', path: file }]);
    assert.match(await readFile(file, 'utf8'), /^first line\nx{500}\nTHE END\n$/);
    assert.deepEqual(notices, []);
  });

  it('does not believe data that belongs to nothing', async () => {
    const { collector, heard, send } = collect();
    send('d', Buffer.from('x'));
    await collector.finish();
    assert.deepEqual(heard, ['broken']);
  });
});
