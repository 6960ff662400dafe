import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

describe('the hints of findings in scripts', () => {
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  it('speak of the language of the program', async () => {
    const javascript = await validator.check('javascript', "eval('1');");
    assert.match(javascript.findings[0]?.hint ?? '', /JSON\.parse/);
    const shell = await validator.check('shell', 'eval "$1"');
    assert.match(shell.findings[0]?.hint ?? '', /in the script/);
    for (const { findings } of [javascript, shell])
      for (const finding of findings) assert.doesNotMatch(finding.hint ?? '', /ast\.|sys\.exit|numpy/);
  });
});
