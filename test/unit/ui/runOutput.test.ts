import assert from 'node:assert/strict';
import { emptyResult, type RunEvent, type RunResult } from '../../../src/core/run.ts';
import { propose } from '../../../src/pipeline/propose.ts';
import { neutralise, neutralLine } from '../../../src/ui/output/controlText.ts';
import { LineStream } from '../../../src/ui/output/lineStream.ts';
import { bytes, metricsBlock, milliseconds } from '../../../src/ui/output/metricsBlock.ts';
import { RunChannel } from '../../../src/ui/output/runChannel.ts';

const sandbox = {
  backend: 'docker',
  runtime: 'runc',
  image: 'glovebox/python',
  digest: 'sha256:abc',
} as const;
const result: RunResult = {
  ...emptyResult('r1', 'error', sandbox, ''),
  exitCode: 3,
  metrics: { wallMs: 1234.5, cpuMs: 5.25, peakMemoryBytes: 92 * 1024 * 1024, queueMs: 0, startMs: 2 },
};
const proposalOf = (id: string, title: string) =>
  propose(
    { id, origin: 'selection', language: 'python', code: 'x', purpose: '', title, files: [] },
    'docker',
  );

/** A channel in memory, as the one of the editor. */
function recorded() {
  const written: string[] = [];
  const channel = new RunChannel(
    {
      append: (text) => void written.push(text),
      show: () => undefined,
      dispose: () => undefined,
    },
    () => ['my-own-gateway-key'],
  );
  return { channel, text: () => written.join('') };
}

describe('neutralised text', () => {
  it('drops terminal sequences and writes out what hides or reorders', () => {
    assert.equal(neutralise('\u001b[31mred\u001b[0m\u001b]8;;http://x\u0007link\u001b]8;;\u0007'), 'redlink');
    assert.equal(neutralise('a\u202eb\u200bc\u0000d\u0007'), 'a⟨U+202E⟩b⟨U+200B⟩c␀d␇');
    assert.equal(neutralise('one\r\ntwo\rthree\tfour\n'), 'one\ntwo\nthree\tfour\n');
    assert.equal(neutralise('\u001b'), '␛');
  });

  it('makes one short line without cutting a character in half', () => {
    assert.equal(neutralLine('a\n  b\u001b[2J c'), 'a b c');
    assert.equal(neutralLine('xx😀yy', 4), 'xx…');
  });
});

describe('a stream of program output', () => {
  it('keeps sequences whole that arrive in two chunks', () => {
    const stream = new LineStream('', 100, () => []);
    assert.equal(
      stream.push('a\u001b[3') + stream.push('1mb\r') + stream.push('\nc') + stream.end(),
      'ab\nc\n',
    );
  });

  it('marks each line once, wherever the chunks are cut', () => {
    const stream = new LineStream('! ', 100, () => []);
    assert.equal(
      stream.push('a') + stream.push('b\nc\n') + stream.push('d') + stream.end(),
      '! ab\n! c\n! d\n',
    );
  });

  it('stops at its budget and counts the rest', () => {
    const stream = new LineStream('', 5, () => []);
    assert.equal(stream.push('123') + stream.push('45678') + stream.end(), '12345\n');
    assert.equal(stream.dropped, 3);
  });
});

describe('the metrics block', () => {
  it('names status, exit code, times, memory and image', () => {
    const rows = Object.fromEntries(metricsBlock(result));
    assert.equal(rows['status'], 'error (exit code 3)');
    assert.equal(rows['wall time'], '1.23 s');
    assert.equal(rows['CPU time'], '5.3 ms');
    assert.equal(rows['peak memory'], '92 MB');
    assert.equal(rows['image'], 'glovebox/python (sha256:abc)');
  });

  it('says why it was this sandbox, where that is known', () => {
    const why = 'chosen because an engine answers';
    const rows = Object.fromEntries(metricsBlock({ ...result, sandbox: { ...sandbox, reason: why } }));
    assert.equal(rows['why there'], why);
    assert.ok(!('why there' in Object.fromEntries(metricsBlock(result))));
  });

  it('does not state what nobody measured', () => {
    const killed = { ...result, metrics: { ...result.metrics, cpuMs: 0, peakMemoryBytes: 0 } };
    assert.equal(Object.fromEntries(metricsBlock(killed))['peak memory'], 'not known');
    const never = emptyResult('r1', 'blocked', sandbox, '');
    assert.deepEqual(
      metricsBlock(never).map(([name]) => name),
      ['status', 'sandbox', 'image'],
    );
  });

  it('writes sizes and times in the unit that fits', () => {
    assert.deepEqual([0, 1023, 1024, 1536, 5 * 1024 ** 3].map(bytes), [
      '0 B',
      '1023 B',
      '1 KB',
      '1.5 KB',
      '5 GB',
    ]);
    assert.deepEqual([0, 2.34, 99.6, 30_000].map(milliseconds), ['0 ms', '2.3 ms', '100 ms', '30 s']);
  });
});

describe('the run channel', () => {
  const output = (stream: 'stdout' | 'stderr', text: string): RunEvent => ({ kind: 'output', stream, text });

  it('shows name, both streams and then one metrics block', () => {
    const { channel, text } = recorded();
    const proposal = proposalOf('p1', 'sales.py:3-9');
    channel.show(proposal, { kind: 'started', sandbox, at: 0 });
    channel.show(proposal, output('stdout', 'total 3'));
    channel.show(proposal, output('stderr', 'careful\n'));
    channel.show(proposal, { kind: 'finished', result });
    assert.match(text(), /━━━ sales\.py:3-9 ━━━ .*\ntotal 3\nstderr │ careful\n/);
    assert.equal(text().match(/status {7}error \(exit code 3\)/g)?.length, 1);
    channel.dispose();
  });

  it('says why it was this sandbox', () => {
    const { channel, text } = recorded();
    const elsewhere = {
      ...sandbox,
      backend: 'wasm',
      reason: 'chosen because there is no Docker here',
    } as const;
    channel.show(proposalOf('p1', 'x'), { kind: 'finished', result: { ...result, sandbox: elsewhere } });
    assert.match(text(), /\n +why there +chosen because there is no Docker here\n/);
    channel.dispose();
  });

  it('names the command that fetches a package which was not found', () => {
    const { channel, text } = recorded();
    const missing = { ...result, missingPackage: 'matplotlib' };
    channel.show(proposalOf('p1', 'x'), { kind: 'finished', result: missing });
    assert.match(text(), /\nto get it: the command "Glovebox: Fetch Python Packages…"\n/);
    channel.dispose();
  });

  it('links to the file that has all of what was too long', () => {
    const { channel, text } = recorded();
    const fullOutput = [{ stream: 'stdout' as const, path: '/home/a b/stdout.txt' }];
    channel.show(proposalOf('p1', 'x'), { kind: 'finished', result: { ...result, fullOutput } });
    assert.match(text(), /\nall of stdout: file:\/\/\/(.:\/)?home\/a%20b\/stdout\.txt\n/);
    channel.dispose();
  });

  it('says of what was rejected that and no figures', () => {
    const { channel, text } = recorded();
    const proposal = proposalOf('p1', 'a.py');
    channel.decided(proposal, { kind: 'reject', reason: 'not now' });
    channel.show(proposal, { kind: 'finished', result: emptyResult('r1', 'blocked', sandbox, 'not now') });
    assert.match(text(), /━━━ a\.py ━━━ .*\n… Rejected\. not now\n─── a\.py\n$/);
    channel.dispose();
  });

  it('says that a person edited or insisted, and nothing where it is as ever', () => {
    const { channel, text } = recorded();
    const proposal = proposalOf('p1', 'a.py');
    const run = { kind: 'run', hash: '', by: 'person' } as const;
    channel.decided(proposal, { ...run, editedFrom: 'y' });
    channel.show(proposal, { kind: 'finished', result });
    assert.match(text(), /━━━ a\.py ━━━ .*\n… Edited and approved by a person\n/);
    channel.decided(proposal, run);
    channel.show(proposal, { kind: 'finished', result });
    assert.equal(text().match(/pproved/g)?.length, 1);
    channel.decided(proposal, { ...run, inSpiteOfFindings: true });
    channel.show(proposal, { kind: 'finished', result });
    assert.match(text(), /… Approved by a person, in spite of the findings\n/);
    channel.dispose();
  });

  it('shows no secret that a program writes, wherever its pieces are cut', () => {
    const { channel, text } = recorded();
    const proposal = proposalOf('p1', 'env.py');
    channel.show(proposal, output('stdout', 'key sk-ant-api03-abc\u001b[3'));
    channel.show(proposal, output('stderr', 'careful\n'));
    channel.show(proposal, output('stdout', '1mdefghijklmnop, my-own-gat'));
    channel.show(proposal, output('stdout', 'eway-key\nDB_PASSWORD=hunter2'));
    channel.show(proposal, output('stdout', '2'));
    channel.show(proposal, {
      kind: 'finished',
      result: {
        ...result,
        value: "'AKIAIOSFODNN7EXAMPLE'",
        message: 'https://me:hunter22@db.local/ refused',
      },
    });
    for (const part of ['defghij', 'gateway', 'hunter', 'IOSFODNN'])
      assert.ok(!text().includes(part), text());
    assert.match(
      text(),
      /key sk-\nstderr │ careful\n\[secret removed\], my-o\[secret removed\]\nDB_PASSWORD=\[/,
    );
    assert.match(text(), /Out: '\[secret removed\]'\nhttps:\/\/me:\[secret removed\]@db\.local\/ refused/);
    channel.dispose();
  });

  it('says again whose output it is when two runs write at once', () => {
    const { channel, text } = recorded();
    const one = proposalOf('p1', 'one.py');
    const two = proposalOf('p2', 'two.py');
    channel.show(one, output('stdout', 'first\n'));
    channel.show(two, output('stdout', 'second\n'));
    channel.show(two, { kind: 'finished', result });
    channel.show(one, { kind: 'finished', result });
    assert.ok(text().indexOf('second') < text().indexOf('first'));
    assert.match(text(), /━━━ two\.py ━━━[^]*second\n[^]*━━━ one\.py ━━━[^]*first\n/);
    channel.dispose();
  });

  it('writes nothing any more once it is closed, also behind a note', async () => {
    const { channel, text } = recorded();
    const output: RunEvent = { kind: 'output', stream: 'stdout', text: 'one\n' };
    const proposal = proposalOf('p1', 'a.py');
    channel.show(proposal, output);
    channel.note('A file was changed.');
    channel.show(proposal, output);
    channel.dispose();
    const before = text();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(text(), before);
  });
});
