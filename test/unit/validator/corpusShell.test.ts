import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';
import { readCorpus } from '../../support/corpus.ts';
import { explain, scoreCorpus } from '../../support/score.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

describe('the shell corpus', function () {
  this.timeout(60_000);
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  it('has every evasion blocked', async () => {
    const cases = [
      'shell-evasion',
      'shell-evasion-second',
      'shell-evasion-third',
      'shell-evasion-fourth',
    ].flatMap(readCorpus);
    assert.ok(cases.length >= 60, `${cases.length} evasions`);
    const score = await scoreCorpus(validator, 'shell', cases, (verdict) => verdict === 'block');
    assert.equal(score.wrong.length, 0, explain(score));
  });

  it('has every ordinary script allowed without a warning', async () => {
    const cases = [
      'shell-ordinary',
      'shell-ordinary-second',
      'shell-ordinary-third',
      'shell-ordinary-fourth',
    ].flatMap(readCorpus);
    assert.ok(cases.length >= 40, `${cases.length} scripts`);
    const score = await scoreCorpus(validator, 'shell', cases, (verdict) => verdict === 'allow');
    assert.equal(score.wrong.length, 0, explain(score));
  });

  it('warns of programs that it does not know', async () => {
    const report = await validator.check('shell', 'frobnicate data.csv');
    assert.equal(report.verdict, 'warn');
    assert.deepEqual(
      report.findings.map((finding) => finding.rule),
      ['process.unknown'],
    );
  });
});
