import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { GloveboxSandbox } from '../../src/deepagents/gloveboxSandbox.ts';

const long = (command: string): string => `${command}\n: ${'x'.repeat(150_000)}`;

describe('the sandbox for deepagents: what its commands leave', function () {
  this.timeout(120_000);
  const usual = process.env['TMPDIR'];
  let temporary: string;
  let sandbox: GloveboxSandbox;
  before(async () => {
    temporary = await mkdtemp(path.join(os.tmpdir(), 'glovebox-contract-'));
    process.env['TMPDIR'] = temporary;
    sandbox = await GloveboxSandbox.create();
  });
  after(async () => {
    await sandbox?.close();
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
    const left = await readdir(temporary);
    await rm(temporary, { recursive: true, force: true });
    assert.deepEqual(left, []);
  });

  it('long ones at once do not take each other’s place', async () => {
    const words = ['one', 'two', 'three'];
    const answers = await Promise.all(
      words.map(async (word) => sandbox.execute(long(`echo ${word}; exit 3`))),
    );
    assert.deepEqual(
      answers.map(({ output, exitCode }) => [output, exitCode]),
      words.map((word) => [`${word}\n`, 3]),
    );
  });

  it('a long one ends as a short one does', async () => {
    for (const command of [
      'echo out; echo err >&2; exit 7',
      'kill -9 $$',
      'echo "$#"',
      'cat; echo end',
      'false; exit',
    ]) {
      const [short, other] = [await sandbox.execute(command), await sandbox.execute(long(command))];
      assert.deepEqual(other, short, command);
    }
    const { exitCode, output } = await sandbox.execute(long('echo begun; sleep 60'), { timeout: 1 });
    assert.equal(exitCode, 124);
    assert.match(output, /^begun\n.*1 s/s);
  });

  it('none leaves a file of ours in the folders of the agent', async () => {
    await sandbox.execute('true');
    await sandbox.execute(long('true'));
    assert.match((await sandbox.execute(long('fi'))).output, /syntax error/);
    const after = await sandbox.execute('ls -A /work /tmp');
    assert.match(after.output, /^\/tmp:\n(?:matplotlib\n)?\n\/work:\noutputs\n$/);
  });

  it('output that was too much for the answer does not stay on the host', async () => {
    const { truncated } = await sandbox.execute('yes | head -c 12000000');
    assert.equal(truncated, true);
    const files = (await readdir(temporary, { recursive: true })).filter((name) => name.endsWith('.txt'));
    assert.deepEqual(files, []);
  });
});
