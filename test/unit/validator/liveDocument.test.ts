import assert from 'node:assert/strict';
import path from 'node:path';
import { mock } from 'node:test';
import treeSitter from '@vscode/tree-sitter-wasm';
import { createValidator } from '../../../src/validator/createValidator.ts';
import { readCorpus } from '../../support/corpus.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

describe('a live document', function () {
  this.timeout(60_000);
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  it('says after every edit what a fresh check says', async () => {
    const document = await validator.openText('python');
    const programs = readCorpus('evasion')
      .filter((_, at) => at % 40 === 0)
      .map((one) => one.code);
    for (const program of programs) {
      const middle = Math.floor(program.length / 2);
      const states = [
        program,
        `${program.slice(0, middle)}\n${program.slice(middle)}`,
        program.slice(0, middle),
        `import os\n${program}`,
        '',
        program,
      ];
      for (const state of states)
        assert.deepEqual(document.update(state), await validator.check('python', state), state);
    }
    document.close();
  });

  it('closes more than once', async () => {
    const document = await validator.openText('python');
    document.update('x = 1');
    document.close();
    document.close();
    assert.equal(document.update('eval("1")').verdict, 'block');
    document.close();
  });

  it('is right again after an edit that could not be parsed', async () => {
    const document = await validator.openText('python');
    // Lines of one length: a tree of the shorter text has a comment where the call is.
    const first = 'x=1000\n#abc()\neval()\n';
    document.update(first);
    const parse = mock.method(treeSitter.Parser.prototype, 'parse', () => {
      throw new Error('out of memory');
    });
    assert.equal(document.update('#abc()\neval()\n').verdict, 'block');
    parse.mock.restore();
    for (const code of [first, 'x = 1\n', first])
      assert.deepEqual(document.update(code), await validator.check('python', code), code);
    document.close();
  });
});
