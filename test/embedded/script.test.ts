import assert from 'node:assert/strict';
import type { RunResult } from '../../src/core/run.ts';
import { inputFile, runCode, told, type RunOptions } from '../contract/subject.ts';
import { embeddedForSuite } from './embeddedForSuite.ts';

const MiB = 1024 * 1024;

describe('wasm: a program in JavaScript, and what ends it', function () {
  this.timeout(120_000);
  const subject = embeddedForSuite({ shell: 'none', spares: 0, prepared: false });

  const ran = async (code: string, options: RunOptions = {}): Promise<RunResult> =>
    runCode(subject.executor, code, { language: 'javascript', title: 'program.js', ...options });

  const endless = {
    'a loop': 'while (true);',
    // The process around the engine waits in Atomics.wait for the next timer.
    'a timer that is far away': 'setTimeout(() => {}, 600_000);',
    'a look at shared memory that nobody changes':
      'const shared = new Int32Array(new SharedArrayBuffer(4));\nwhile (shared[0] === 0);',
    'promises that follow each other': '(async () => { for (;;) await null; })();',
  };
  for (const [what, code] of Object.entries(endless)) {
    it(`time: ${what} is killed from outside, with what was printed before`, async () => {
      const result = await ran(`console.log('begun');\n${code}`, { limits: { wallMs: 1500 } });
      assert.deepEqual([result.status, result.stdout], ['timeout', 'begun\n'], told(result));
    });
  }

  it('has no Atomics to wait with by itself', async () => {
    const result = await ran('console.log(typeof Atomics);');
    assert.deepEqual([result.status, result.stdout], ['ok', 'undefined\n'], told(result));
  });

  it('memory: one array above the limit and one below', async () => {
    const code = (bytes: number): string => `console.log('HELD', new Uint8Array(${bytes}).fill(1).length);`;
    const limits = { memoryBytes: 64 * MiB };
    const above = await ran(code(200 * MiB), { limits });
    assert.deepEqual([above.status, above.stdout], ['oom', ''], told(above));
    const below = await ran(code(20 * MiB), { limits });
    assert.deepEqual([below.status, below.stdout], ['ok', `HELD ${20 * MiB}\n`], told(below));
  });

  it('memory: more and more', async () => {
    const code = 'const held = [];\nfor (;;) held.push(new Uint8Array(1 << 20));';
    const result = await ran(code, { limits: { memoryBytes: 64 * MiB } });
    assert.equal(result.status, 'oom', told(result));
    assert.match(result.stderr, /out of memory/, 'its engine said so, before the process was too large');
  });

  it('output: a flood ends with output-limit, and what is shown of it is short', async () => {
    const code = "for (;;) console.log('x'.repeat(65_535));";
    const result = await ran(code, { limits: { outputTotalBytes: 3 * MiB } });
    assert.equal(result.status, 'output-limit', told(result));
    assert.ok(result.truncated.stdout && result.stdout.length < 300_000);
    assert.ok(result.outputBytes.stdout < 6 * MiB, String(result.outputBytes.stdout));
  });

  it('work folder: all files and each file have a size', async () => {
    const code = `
const fs = require('fs');
const tried = (name, bytes) => {
  try { fs.writeFileSync(name, new Uint8Array(bytes)); return 'written'; }
  catch (error) { return String(error.message).split(':', 1)[0]; }
};
console.log(tried('large', 5 << 20), tried('a', 3 << 20), tried('b', 3 << 20), tried('c', 3 << 20));
fs.rmSync('a');
console.log(tried('c', 3 << 20));`;
    const result = await ran(code, { limits: { workBytes: 8 * MiB, fileBytes: 4 * MiB } });
    assert.deepEqual(
      [result.status, result.stdout],
      ['ok', 'EFBIG written written ENOSPC\nwritten\n'],
      told(result),
    );
  });

  it('work folder: input is no part of what the program may write', async () => {
    const code = `
const fs = require('fs');
const size = (name) => fs.statSync(name).size;
const tried = (bytes) => {
  try { fs.writeFileSync('own', new Uint8Array(bytes)); return 'written'; }
  catch (error) { return String(error.message).split(':', 1)[0]; }
};
const before = size('large.csv');
console.log(before, size('data/small.csv'), tried(3 << 20), tried(5 << 20));
fs.writeFileSync('large.csv', 'short');
fs.rmSync('large.csv');
console.log(tried(5 << 20), tried(4 << 20));`;
    const limits = { workBytes: 4 * MiB, fileBytes: 8 * MiB };
    const files = [inputFile('large.csv', new Uint8Array(10 * MiB)), inputFile('data/small.csv', 'x')];
    const result = await ran(code, { limits, files });
    const expected = `${10 * MiB} 1 written ENOSPC\nENOSPC written\n`;
    assert.deepEqual([result.status, result.stdout], ['ok', expected], told(result));
  });

  it('an input file that cannot be put where it belongs is told, and nothing runs', async () => {
    const bad = [['outputs'], ['file', 'file/below'], ['folder/a', 'folder'], ['../above']];
    for (const names of bad) {
      const files = names.map((name) => inputFile(name, 'x'));
      const result = await ran("console.log('ran');", { files });
      assert.deepEqual([result.status, result.stdout], ['error', ''], told(result));
      const last = JSON.stringify(names.at(-1));
      assert.match(result.message ?? '', /could not be put into the sandbox/);
      assert.ok(result.message?.includes(`${last}: `), result.message);
    }
  });

  it('outputs: a name too long to be told takes nothing else away', async () => {
    const code =
      "for (const name of ['a', 'b'.repeat(9000), 'c']) require('fs').writeFileSync(`outputs/${name}`, '');";
    const result = await ran(code);
    const names = result.artifacts.map(({ name }) => name);
    assert.deepEqual([result.status, names], ['ok', ['a', 'c']], told(result));
    assert.deepEqual(result.notices, ['1 file in outputs left out (the name is too long)']);
  });

  it('much standard input reaches it', async () => {
    const code = "console.log(require('fs').readFileSync(0, 'utf8').length);";
    const stdin = 'x'.repeat(3 * MiB);
    const result = await ran(code, { stdin });
    assert.deepEqual([result.status, result.stdout], ['ok', `${stdin.length}\n`], told(result));
  });
});
