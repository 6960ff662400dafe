import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');
const begin = "const fs = require('fs');\n";

describe('files that a program writes and then loads', () => {
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  const evil: readonly (readonly [name: string, code: string])[] = [
    ['written at once', "fs.writeFileSync('x.js', `Function('1')()`);\nrequire('./x');"],
    [
      'written in pieces',
      "fs.writeFileSync('x.js', 'Func');\nfs.appendFileSync('x.js', `tion('1')()`);\nrequire('./x.js');",
    ],
    [
      'written under another name',
      "fs.writeFileSync('a.txt', `Function('1')()`);\nfs.renameSync('a.txt', 'x.js');\nrequire('./x.js');",
    ],
    [
      'written as a package',
      "fs.writeFileSync('node_modules/x/index.js', `Function('1')()`);\nrequire('x');",
    ],
    ['imported later', "fs.promises.writeFile('./x.mjs', `Function('1')()`).then(() => import('./x.mjs'));"],
    [
      'that writes another',
      "fs.writeFileSync('x.js', `const fs = require('fs'); fs.writeFileSync('y.js', \"Function('1')()\"); require('./y');`);\nrequire('./x');",
    ],
    ['long', `fs.writeFileSync('x.js', \`${'// a line\n'.repeat(1000)}Function('1')()\`);\nrequire('./x');`],
  ];
  for (const [name, code] of evil) {
    it(`are checked as code: ${name}`, async () => {
      for (const language of ['javascript', 'typescript'] as const) {
        const { findings } = await validator.check(language, begin + code);
        assert.deepEqual(
          findings.map(({ rule, severity }) => [rule, severity]),
          [['code.eval', 'block']],
        );
        assert.match(findings[0]?.message ?? '', /^In the code that this writes: .*function out of text$/);
        assert.match(findings[0]?.route[0] ?? '', /written at line 2, loaded at line \d+$/);
      }
    });
  }

  const unknown: readonly (readonly [name: string, code: string])[] = [
    ['what is written', "fs.writeFileSync('x.js', process.argv[2]);\nrequire('./x');"],
    ['what a stream writes', "fs.createWriteStream('x.js').end(process.argv[2]);\nrequire('./x');"],
    [
      'how often something is appended',
      "fs.writeFileSync('x.js', '');\nfs.appendFileSync('x.js', process.argv[2]);\nrequire('./x');",
    ],
    ['how it is to be read', "fs.writeFileSync('x.js', '((((');\nrequire('./x');"],
  ];
  for (const [name, code] of unknown) {
    it(`are warned of where only the run knows ${name}`, async () => {
      const { verdict, findings } = await validator.check('javascript', begin + code);
      assert.equal(verdict, 'warn');
      assert.match(findings[0]?.message ?? '', /cannot be checked/);
    });
  }

  const plain: readonly (readonly [name: string, code: string])[] = [
    ['harmless', "fs.writeFileSync('x.js', 'module.exports = 1;');\nconsole.log(require('./x'));"],
    ['data', "fs.writeFileSync('x.json', JSON.stringify(process.argv));\nrequire('./x.json');"],
    ['never loaded', "fs.writeFileSync('x.js', `Function('1')()`);"],
    ['others', "fs.writeFileSync('y.js', `Function('1')()`);\nrequire('./x');"],
  ];
  for (const [name, code] of plain) {
    it(`are left alone: ${name}`, async () => {
      assert.equal((await validator.check('javascript', begin + code)).verdict, 'allow');
    });
  }
});
