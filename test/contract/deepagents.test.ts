import assert from 'node:assert/strict';
import { createDeepAgent, isSandboxBackend, SandboxError } from 'deepagents';
import { ChatAnthropic } from '@langchain/anthropic';
import { GloveboxSandbox } from '../../src/deepagents/gloveboxSandbox.ts';
import { reply, say, type Reply } from '../support/messages/script.ts';
import { startMessagesServer } from '../support/messages/startMessagesServer.ts';

const encode = (value: string): Uint8Array => new TextEncoder().encode(value);
const decode = (bytes: Uint8Array | null | undefined): string => new TextDecoder().decode(bytes ?? undefined);

describe('the sandbox for deepagents', function () {
  this.timeout(120_000);
  let sandbox: GloveboxSandbox;
  before(async () => {
    sandbox = await GloveboxSandbox.create({
      initialFiles: {
        '/work/greeting.txt': 'hello\nwörld 👋\nend',
        '/tmp/deep/er/raw.bin': new Uint8Array([0, 255, 10]),
      },
    });
  });
  after(async () => sandbox?.close());

  it('is a sandbox in the eyes of the framework, with an id, and runs', () => {
    assert.equal(isSandboxBackend(sandbox), true);
    assert.match(sandbox.id, /^glovebox-/);
    assert.equal(sandbox.isRunning, true);
  });

  describe('commands', () => {
    const cases: readonly (readonly [string, string, number])[] = [
      ['echo one; echo two >&2; echo three', 'one\ntwo\nthree\n', 0],
      ['exit 42', '', 42],
      ['export WORD="a b" && echo "$WORD"', 'a b\n', 0],
      ["echo 'it'\\''s' \"$((6*7))\" '$HOME'", "it's 42 $HOME\n", 0],
      ['printf "日本 %s" é', '日本 é', 0],
      ['cat; echo after', 'after\n', 0],
      ['python3 -c "import sys; sys.exit(7)"', '', 7],
    ];
    for (const [command, output, exitCode] of cases) {
      it(`${command} → ${exitCode}`, async () => {
        assert.deepEqual(await sandbox.execute(command), { output, exitCode, truncated: false });
      });
    }

    it('a command that does not exist fails as in a shell', async () => {
      const { output, exitCode } = await sandbox.execute('no_such_command_here');
      assert.equal(exitCode, 127);
      assert.match(output, /not found/);
    });

    it('a command may be longer than an argument', async () => {
      const { output, exitCode } = await sandbox.execute(`: ${'x'.repeat(300_000)}\necho $#-done`);
      assert.deepEqual([output, exitCode], ['0-done\n', 0]);
    });

    it('a command that takes too long ends alone; files and sandbox stay', async () => {
      await sandbox.execute('echo kept > /work/kept.txt');
      const { output, exitCode } = await sandbox.execute('echo begun; sleep 60', { timeout: 1 });
      assert.equal(exitCode, 124);
      assert.match(output, /^begun\n.*1 s/s);
      assert.equal((await sandbox.execute('cat /work/kept.txt')).output, 'kept\n');
    });

    it('output beyond the cap is cut in the middle, and said to be', async () => {
      const { output, exitCode, truncated } = await sandbox.execute(
        'echo first; yes | head -c 12000000; echo last',
      );
      assert.deepEqual([exitCode, truncated], [0, true]);
      assert.ok(output.startsWith('first\n') && output.endsWith('last\n'));
      assert.ok(output.length < 9_000_000);
    });

    it('what a command leaves in the files is there for the next, and nobody is root', async () => {
      await sandbox.execute('mkdir -p /work/a && echo 1 > /work/a/n');
      assert.equal((await sandbox.execute('cat /work/a/n; id -u')).output, '1\n10001\n');
    });
  });

  describe('files by path', () => {
    it('come out as they went in, whatever is in them and in their name', async () => {
      const files: [string, Uint8Array][] = [
        ['/work/new/folder/été 日本.txt', encode('naïve\n')],
        ['/tmp/empty', new Uint8Array()],
        ['/work/double//slash.bin', Uint8Array.from({ length: 256 }, (_, index) => index)],
        ['/work/large.bin', new Uint8Array(20 * 2 ** 20).fill(7)],
      ];
      const paths = files.map(([path]) => path);
      assert.deepEqual(
        await sandbox.uploadFiles(files),
        paths.map((path) => ({ path, error: null })),
      );
      const answers = await sandbox.downloadFiles(paths);
      for (const [index, [path, content]] of files.entries()) {
        assert.equal(answers[index]?.path, path);
        assert.deepEqual(Buffer.from(answers[index]?.content ?? []).equals(Buffer.from(content)), true, path);
      }
    });

    it('fail one by one, with the words of the protocol', async () => {
      await sandbox.execute('mkdir -p /work/folder; echo x > /work/file');
      const up = await sandbox.uploadFiles([
        ['relative.txt', encode('x')],
        ['/work/../etc/x', encode('x')],
        ['/work/nul\0', encode('x')],
        ['/work/folder', encode('x')],
        ['/work/file/below', encode('x')],
        ['/etc/forbidden', encode('x')],
        ['/work/fine', encode('x')],
      ]);
      assert.deepEqual(
        up.map(({ error }) => error),
        [
          'invalid_path',
          'invalid_path',
          'invalid_path',
          'is_directory',
          'invalid_path',
          'permission_denied',
          null,
        ],
      );
      await sandbox.execute('echo x > /work/secret; chmod 000 /work/secret');
      const down = await sandbox.downloadFiles([
        'relative',
        '/work/absent',
        '/work/folder',
        '/work/secret',
        '/work/fine',
      ]);
      assert.deepEqual(
        down.map(({ error }) => error),
        ['invalid_path', 'file_not_found', 'is_directory', 'permission_denied', null],
      );
      assert.equal(down[0]?.content, null);
      assert.equal(decode(down[4]?.content), 'x');
    });

    it('were there from the start where they were asked for', async () => {
      const [greeting, raw] = await sandbox.downloadFiles(['/work/greeting.txt', '/tmp/deep/er/raw.bin']);
      assert.equal(decode(greeting?.content), 'hello\nwörld 👋\nend');
      assert.deepEqual([...(raw?.content ?? [])], [0, 255, 10]);
    });
  });

  describe("the framework's own file tools", () => {
    it('read by lines, from an offset, up to a limit', async () => {
      const lines = Array.from({ length: 1000 }, (_, index) => `row ${index}`).join('\n');
      await sandbox.write('/work/rows.txt', lines);
      const middle = await sandbox.read('/work/rows.txt', 500, 2);
      assert.match(String(middle.content), /^ +501\trow 500\n +502\trow 501\n$/);
      assert.equal((await sandbox.read('/work/rows.txt', 5000, 5)).content, '');
      assert.match((await sandbox.read('/work/absent.txt')).error ?? '', /not found/);
      assert.match(String((await sandbox.read('/work/greeting.txt')).content), /wörld 👋/);
    });

    it('write, edit and delete', async () => {
      const path = '/work/some dir/$x `y`.txt';
      assert.equal((await sandbox.write(path, 'a a\n')).error, undefined);
      assert.match((await sandbox.edit(path, 'a', 'b')).error ?? '', /Multiple/);
      assert.equal((await sandbox.edit(path, 'a', 'b', true)).occurrences, 2);
      assert.equal(decode((await sandbox.downloadFiles([path]))[0]?.content), 'b b\n');
      assert.equal((await sandbox.delete(path)).error, undefined);
      assert.equal((await sandbox.downloadFiles([path]))[0]?.error, 'file_not_found');
    });

    it('list, find and search', async () => {
      await sandbox.write('/work/tree/one.txt', 'needle here');
      await sandbox.write('/work/tree/sub/two.txt', 'nothing\nneedle too');
      await sandbox.write('/work/tree/sub/three.py', 'needle = 3');
      const listed = (await sandbox.ls('/work/tree')).files?.map(({ path, is_dir }) => [path, is_dir]);
      assert.deepEqual(listed?.sort(), [
        ['/work/tree/one.txt', false],
        ['/work/tree/sub/', true],
      ]);
      const found = (await sandbox.glob('**/*.txt', '/work/tree')).files?.map(({ path }) => path);
      assert.deepEqual(found?.sort(), ['one.txt', 'sub/two.txt']);
      const { matches } = await sandbox.grep('needle', '/work/tree', '*.txt');
      assert.deepEqual(matches?.map(({ path, line }) => `${path}:${line}`).sort(), [
        '/work/tree/one.txt:1',
        '/work/tree/sub/two.txt:2',
      ]);
    });
  });

  it('carries an agent: the model calls the tools, the sandbox does the work', async () => {
    const call = (name: string, input: unknown): Reply => reply([{ type: 'tool_use', name, input }]);
    const script = [
      call('write_file', { file_path: '/work/sum.py', content: 'print(sum(range(11)))' }),
      call('execute', { command: 'python3 /work/sum.py' }),
      say('It is 55.'),
    ];
    // What is asked for is the framework's, and none of our agent's requests.
    const server = await startMessagesServer(script, { kept: false });
    try {
      const model = new ChatAnthropic({
        model: 'claude-sonnet-4-5',
        apiKey: 'test',
        anthropicApiUrl: server.url,
      });
      const agent = createDeepAgent({ model, backend: sandbox });
      const state = await agent.invoke({ messages: [{ role: 'user', content: 'Add 0 to 10.' }] });
      const said = state.messages.map(({ content }) => JSON.stringify(content)).join('\n');
      assert.match(said, /55\\n.*exit code 0/s);
      assert.match(said, /It is 55\./);
    } finally {
      await server.close();
    }
  });

  it('begins in two steps, ends for good, and begins anew without what was there', async () => {
    const two = new GloveboxSandbox({ initialFiles: { '/work/a.txt': 'a' } });
    assert.equal(two.isRunning, false);
    await assert.rejects(
      two.execute('true'),
      (error) => SandboxError.isInstance(error) && error.code === 'NOT_INITIALIZED',
    );
    await two.initialize();
    try {
      await assert.rejects(
        two.initialize(),
        (error) => SandboxError.isInstance(error) && error.code === 'ALREADY_INITIALIZED',
      );
      await two.execute('echo b > /work/b.txt');
      await two.close();
      assert.equal(two.isRunning, false);
      await two.close();
      await two.initialize();
      assert.equal((await two.execute('ls /work/*.txt')).output, '/work/a.txt\n');
    } finally {
      await two.close();
    }
  });

  it('is not handed out when an initial file has no place', async () => {
    await assert.rejects(
      GloveboxSandbox.create({ initialFiles: { 'relative.txt': 'x' } }),
      (error) =>
        SandboxError.isInstance(error) &&
        error.code === 'FILE_OPERATION_FAILED' &&
        error.message.includes('relative.txt'),
    );
  });
});
