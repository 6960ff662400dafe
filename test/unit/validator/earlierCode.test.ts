import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator, type LiveValidator } from '../../../src/validator/createValidator.ts';

const wasmFolder = path.resolve(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

describe('a program that follows others in a session', () => {
  let validator: LiveValidator;
  before(() => {
    validator = createValidator({ wasmFolder });
  });
  after(() => validator.dispose());

  const evasions: readonly (readonly [string, readonly string[], string])[] = [
    ['an import under another name', ['import os as o'], 'o.system("id")'],
    ['a builtin under another name', ['f = eval'], 'f("1")'],
    ['a function that calls what it is given', ['def go(run):\n    run("id")', 'import os'], 'go(os.system)'],
    ['a module that was written', ['open("m.py", "w").write("import os\\nos.system(1)")'], 'import m'],
    ['text put together', ['a = "o"', 'b = "s"'], '__import__(a + b).system("id")'],
  ];
  for (const [name, earlier, code] of evasions) {
    it(`is judged with ${name}`, async () => {
      for (const each of earlier)
        assert.equal((await validator.check('python', each)).verdict, 'allow', each);
      const { verdict, findings } = await validator.check('python', code, earlier);
      assert.equal(verdict, 'block');
      assert.equal(findings[0]?.range.startLine, 0);
    });
  }

  it('has its places counted in itself, and says what came from an earlier run', async () => {
    const { findings } = await validator.check('python', 'x = 1\no.system("id")', [
      'import os as o',
      '# more\n\n\n',
    ]);
    assert.deepEqual(findings[0]?.range, { startLine: 1, startColumn: 0, endLine: 1, endColumn: 14 });
    assert.match(findings[0]?.route.join() ?? '', /in an earlier run/);
  });

  it('is not judged for what an earlier one did', async () => {
    const earlier = ['import os\nos.system("id")', 'def broken(:'];
    for (const code of ['print(1)', 'import pandas as pd\npd.DataFrame()']) {
      assert.deepEqual(await validator.check('python', code, earlier), { verdict: 'allow', findings: [] });
    }
  });

  it('is judged alone in a language whose names end with each run', async () => {
    const code = 'x("child_process")';
    assert.deepEqual(
      await validator.check('javascript', code, ['const x = require']),
      await validator.check('javascript', code),
    );
  });
});
