import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';
import { readCorpus } from '../../support/corpus.ts';
import { explain, scoreCorpus } from '../../support/score.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** Every batch after the first was written against a finished engine, to see what it had not met. */
const evasionFolders = [
  '',
  '-second',
  '-third',
  '-fourth',
  '-fifth',
  '-sixth',
  '-seventh',
  '-eighth',
  '-ninth',
].map((n) => `evasion${n}`);
const ordinaryFolders = ['', '-second', '-third', '-fourth', '-fifth', '-sixth', '-seventh'].map(
  (n) => `ordinary${n}`,
);

describe('the Python corpus', function () {
  this.timeout(120_000);
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  it('holds enough, in enough families', () => {
    const evasions = evasionFolders.flatMap(readCorpus);
    assert.ok(evasions.length >= 330, `${evasions.length} evasions`);
    assert.ok(new Set(evasions.map((one) => one.family)).size >= 36);
    assert.ok(ordinaryFolders.flatMap(readCorpus).length >= 220);
    const ids = evasions.map((one) => `${one.family}/${one.name}`);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('has every evasion blocked', async () => {
    const score = await scoreCorpus(
      validator,
      'python',
      evasionFolders.flatMap(readCorpus),
      (verdict) => verdict === 'block',
    );
    assert.equal(score.wrong.length, 0, explain(score));
  });

  it('has every ordinary program allowed without a warning', async () => {
    const score = await scoreCorpus(
      validator,
      'python',
      ordinaryFolders.flatMap(readCorpus),
      (verdict) => verdict === 'allow',
    );
    assert.equal(score.wrong.length, 0, explain(score));
  });

  it('is right on at least 85 % of the debatable programs', async () => {
    const cases = readCorpus('debatable');
    const score = await scoreCorpus(
      validator,
      'python',
      cases,
      (verdict, one) => (verdict === 'block' ? 'block' : 'allow') === one.expected,
    );
    assert.ok(score.wrong.length <= cases.length * 0.15, explain(score));
  });
});
