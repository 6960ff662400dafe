import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';
import { readCorpus } from '../../support/corpus.ts';
import { explain, scoreCorpus } from '../../support/score.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

describe('the JavaScript and TypeScript corpus', function () {
  this.timeout(60_000);
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  const typed = (name: string): boolean => name.startsWith('ts_');

  it('has every evasion blocked, also when it is called TypeScript', async () => {
    const evasions = [
      'javascript-evasion',
      'javascript-evasion-second',
      'javascript-evasion-third',
      'javascript-evasion-fourth',
    ].flatMap(readCorpus);
    assert.ok(evasions.length >= 60, `${evasions.length} evasions`);
    for (const language of ['javascript', 'typescript'] as const) {
      const cases = evasions.filter((one) => language === 'typescript' || !typed(one.name));
      const score = await scoreCorpus(validator, language, cases, (verdict) => verdict === 'block');
      assert.equal(score.wrong.length, 0, `${language}: ${explain(score)}`);
    }
  });

  it('has every ordinary program allowed without a warning', async () => {
    const programs = [
      'javascript-ordinary',
      'javascript-ordinary-second',
      'javascript-ordinary-third',
      'javascript-ordinary-fourth',
      'javascript-ordinary-fifth',
    ].flatMap(readCorpus);
    assert.ok(programs.length >= 40, `${programs.length} programs`);
    for (const language of ['javascript', 'typescript'] as const) {
      const cases = programs.filter((one) => language === 'typescript' || one.family !== 'typescript');
      const score = await scoreCorpus(validator, language, cases, (verdict) => verdict === 'allow');
      assert.equal(score.wrong.length, 0, `${language}: ${explain(score)}`);
    }
  });
});
