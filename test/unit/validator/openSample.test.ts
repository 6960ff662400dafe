import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';

const root = path.join(import.meta.dirname, '../../..');
const folder = path.join(root, '../shared/validator-examples');

/** Programs by file name, without the label lines at their head. */
function programs(kind: 'evasion' | 'benign'): [file: string, code: string][] {
  return readdirSync(path.join(folder, kind))
    .filter((file) => file.endsWith('.py'))
    .map((file) => [
      file,
      readFileSync(path.join(folder, kind, file), 'utf8').replace(/^(# (class|forbidden): .*\n)*/, ''),
    ]);
}

// The sample lies beside the checkout where there is one, as in CI; its kinds are all in our own corpus.
describe('the open sample', () => {
  const validator = createValidator({
    wasmFolder: path.join(root, 'node_modules/@vscode/tree-sitter-wasm/wasm'),
  });
  before(function () {
    if (!existsSync(folder)) this.skip();
  });
  after(() => validator.dispose());

  for (const [kind, count, wanted] of [
    ['evasion', 25, 'block'],
    ['benign', 20, 'allow'],
  ] as const) {
    it(`gets ${wanted} for all ${count} of ${kind}`, async () => {
      const all = programs(kind);
      assert.ok(all.length >= count, `${all.length} programs`);
      for (const [file, code] of all) {
        const { verdict, findings } = await validator.check('python', code);
        assert.equal(verdict, wanted, `${file}: ${findings.map((finding) => finding.message).join('; ')}`);
      }
    });
  }
});
