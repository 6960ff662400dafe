import assert from 'node:assert/strict';
import path from 'node:path';
import type { Report } from '../../../src/core/finding.ts';
import { createValidator } from '../../../src/validator/createValidator.ts';
import { readCorpus } from '../../support/corpus.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** The same numbers in every run, so that a failure can be found again. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function mutate(code: string, random: (below: number) => number): string {
  let text = code;
  for (let round = 0; round <= random(4); round++) {
    const at = random(text.length + 1);
    const end = Math.min(text.length, at + random(20));
    const pieces = [
      '',
      '(',
      '}',
      '"',
      '`',
      '\\',
      '\0',
      '\u2028',
      '${',
      '=>',
      ' $(',
      '|',
      ';;',
      text.slice(at, end).repeat(3),
    ];
    text = text.slice(0, at) + (pieces[random(pieces.length)] ?? '') + text.slice(end);
  }
  return text;
}

function assertAnswered(report: Report, code: string): void {
  for (const finding of report.findings) assert.doesNotMatch(finding.message, /check itself failed/, code);
}

describe('the checks of JavaScript and the shell under strain', function () {
  this.timeout(120_000);
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  for (const [language, folders] of [
    ['javascript', ['javascript-evasion', 'javascript-ordinary']],
    ['typescript', ['javascript-evasion', 'javascript-ordinary']],
    ['shell', ['shell-evasion', 'shell-ordinary']],
  ] as const) {
    it(`answers whatever mutated ${language} it is given`, async () => {
      const random = randomOf(language.length);
      const programs = folders.flatMap(readCorpus);
      for (let round = 0; round < 400; round++) {
        const code = mutate(programs[random(programs.length)]?.code ?? '', random);
        assertAnswered(await validator.check(language, code), code);
      }
    });

    it(`refuses ${language} that is no text before parsing it`, async () => {
      const program = `\x7FELF\x02\0${'\x90\0('.repeat(50_000)}`;
      const [finding, ...more] = (await validator.check(language, program)).findings;
      assert.equal(finding?.rule, 'syntax');
      assert.equal(finding.severity, 'block');
      assert.match(finding.message, /not plain text/);
      assert.deepEqual(more, []);
    });

    it(`refuses or answers ${language} that is deep, long or wide`, async () => {
      const deep =
        language === 'shell'
          ? `${'( '.repeat(3000)}ls${' )'.repeat(3000)}`
          : `${'('.repeat(10_000)}1${')'.repeat(10_000)}`;
      assert.equal((await validator.check(language, deep)).verdict, 'block');
      const [statement, last] = language === 'shell' ? ['echo a', 'eval "$1"'] : ['x = 1', 'eval("1")'];
      const wide = await validator.check(language, `${`${statement}; `.repeat(130_000)}${last}`);
      assert.ok(wide.findings.some((finding) => finding.rule === 'code.eval'));
      const lines = await validator.check(language, `${`${statement}\n`.repeat(100_000)}${last}`);
      assert.ok(lines.findings.some((finding) => finding.rule === 'code.eval'));
      const chain =
        language === 'shell' ? `x=a${'$x'.repeat(2000)}\n` : `let x = 'a'; x = x${' + x'.repeat(1000)};`;
      assertAnswered(await validator.check(language, chain), 'chain');
      const braces =
        language === 'shell' ? `echo ${'{a,b}'.repeat(40)}` : `const f = ${'(f) => '.repeat(300)}f;`;
      assertAnswered(await validator.check(language, braces), 'braces');
    });
  }
});

describe('control characters', () => {
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  it('are refused in a shell script, but not colours and tabs', async () => {
    assert.equal((await validator.check('shell', 'echo a\x08b\n')).verdict, 'block');
    assert.equal((await validator.check('shell', "\tprintf '\x1B[31mred\x1B[0m'\n")).verdict, 'allow');
  });
});
