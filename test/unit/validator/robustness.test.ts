import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Report } from '../../../src/core/finding.ts';
import { createValidator } from '../../../src/validator/createValidator.ts';
import { pythonFiles, pythonFolders } from '../../robustness/pythonFiles.ts';
import { readCorpus } from '../../support/corpus.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** A small generator of the same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

function assertAnswered(report: Report, what: string): void {
  const failed = report.findings.find((finding) => finding.message.startsWith('The check itself failed'));
  assert.equal(failed, undefined, `${failed?.message}\n${what}`);
}

describe('the Python check under strain', function () {
  this.timeout(180_000);
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());
  const check = (code: string): ReturnType<typeof validator.check> => validator.check('python', code);

  it('answers every mutated program without a fault of its own', async () => {
    const programs = [...readCorpus('evasion'), ...readCorpus('ordinary')].map((one) => one.code);
    const next = numbers(7);
    const pieces = [
      '(',
      ')',
      '[',
      ':',
      '\n',
      '    ',
      'lambda ',
      '"',
      "'",
      '{',
      '}',
      '@',
      '*',
      '\\',
      'async ',
      '=',
      '\t',
      '\u{1D552}',
    ];
    for (let round = 0; round < 1500; round++) {
      const code = programs[next(programs.length)] ?? '';
      const at = next(code.length + 1);
      const until = at + next(4);
      const other = programs[next(programs.length)] ?? '';
      const from = next(other.length + 1);
      const insert =
        round % 3 === 0 ? other.slice(from, from + next(60)) : (pieces[next(pieces.length)] ?? '');
      const mutated = code.slice(0, at) + insert + code.slice(until);
      assertAnswered(await check(mutated), mutated);
    }
  });

  const deep: readonly (readonly [string, string])[] = [
    ['parentheses', `${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
    ['operators', `${'not '.repeat(10_000)}1`],
    ['attributes', `a${'.b'.repeat(20_000)}`],
    ['open brackets', '['.repeat(20_000)],
    ['lambdas', `${'lambda: '.repeat(5000)}1`],
  ];
  for (const [name, code] of deep) {
    it(`refuses ${name} nested by the thousand`, async () => {
      const report = await check(code);
      assert.equal(report.verdict, 'block');
      assert.ok(['too-complex', 'syntax'].includes(report.findings[0]?.rule ?? ''));
    });
  }

  it('refuses more text than a person can review', async () => {
    assert.equal((await check('x = 1\n'.repeat(800_000))).findings[0]?.rule, 'too-complex');
  });

  it('answers very long lines and very many lines', async () => {
    const line = await check(`${'x = 1; '.repeat(150_000)}eval("1")`);
    assert.ok(line.findings.some((finding) => finding.rule === 'code.eval'));
    const lines = await check(
      `${Array.from({ length: 100_000 }, (_, n) => `x${n} = ${n}`).join('\n')}\neval("1")`,
    );
    assert.ok(lines.findings.some((finding) => finding.rule === 'code.eval'));
  });

  it('answers random tokens', async () => {
    const tokens =
      'def class if else for in while try except with as lambda yield await async match case import from x y os eval ( ) [ ] { } : , . = := ** -> @ "a" f"{x}" 1 \n \n\t'.split(
        ' ',
      );
    const next = numbers(11);
    for (let round = 0; round < 300; round++) {
      const code = Array.from({ length: 1 + next(120) }, () => tokens[next(tokens.length)]).join(' ');
      assertAnswered(await check(code), code);
    }
  });

  it('answers files of the standard library', async function () {
    const [library] = await pythonFolders();
    if (library === undefined) this.skip();
    const all = await pythonFiles([library]);
    // Some systems come with a small one.
    const each = Math.max(1, Math.floor(all.length / 20));
    const files = all.filter((_, at) => at % each === 0);
    assert.ok(files.length >= 10);
    for (const file of files) assertAnswered(await check(await readFile(file, 'utf8')), file);
  });

  it('still sees danger behind functions that call each other without end', async () => {
    const functions = Array.from(
      { length: 60 },
      (_, n) =>
        `def f${n}(x):\n    f${Math.max(0, n - 1)}(x); f${Math.max(0, n - 1)}([x]); return f${Math.max(0, n - 1)}({1: x})`,
    );
    const report = await check(`${functions.join('\n')}\nf59(1)\nimport os\nos.system("id")\n`);
    assert.ok(report.findings.some((finding) => finding.rule === 'process.spawn'));
  });

  it('sees danger in dead branches, uncalled functions and after a return', async () => {
    for (const code of [
      'if False:\n    eval("1")\n',
      'def never():\n    eval("1")\n',
      'def late():\n    return 1\n    eval("1")\n',
      'class A:\n    def never(self):\n        return [eval(x) for x in self.items]\n',
      'x = lambda: eval("1")\n',
    ])
      assert.equal((await check(code)).verdict, 'block', code);
  });
});
