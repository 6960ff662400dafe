import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** A program, the line of the finding, and the way that its last line tells. */
const routes: readonly (readonly [name: string, code: string, line: number, route: string])[] = [
  [
    'a name, an object and another name',
    "const cp = require('child_process');\nconst t = { go: cp.exec };\nconst g = t.go;\ng('id');\n",
    4,
    '`g` is `child_process.exec`, required at line 1, named `cp` at line 1, taken from the object at line 3',
  ],
  [
    'an import under another name that is bound',
    "import { exec as go } from 'node:child_process';\nconst b = go.bind(null, 'id');\nsetTimeout(b, 1);\n",
    3,
    '`b` is `child_process.exec`, imported at line 1 as `go`, bound at line 2',
  ],
  [
    'an argument',
    "const F = Function;\nfunction run(f) {\n  return f('1');\n}\nrun(F);\n",
    3,
    '`f` is `Function`, named `F` at line 1, passed on as an argument at line 5, assigned at line 2',
  ],
  [
    'what a function returns',
    'function get() {\n  return Function;\n}\nget()("1");\n',
    4,
    '`Function`, returned by `get` at line 4',
  ],
  [
    'a name put together from pieces',
    "const k = 'ev' + 'al';\nglobalThis[k]('1');\n",
    2,
    '`eval`, named by the text `eval` at line 2',
  ],
  [
    'a module name put together from pieces',
    "const m = ['child', 'process'].join('_');\nrequire(m).exec('id');\n",
    2,
    '`child_process`, required by the text `child_process` at line 2',
  ],
  [
    'a map',
    "const m = new Map([['a', Function]]);\nconst f = m.get('a');\nf('x');\n",
    3,
    '`f` is `Function`, taken from the list at line 2',
  ],
  [
    'a callback',
    "const F = Function;\n['1'].map(F);\n",
    2,
    '`Function`, named `F` at line 1, passed on as a callback at line 2',
  ],
  [
    'a path that a renamed function reads',
    "import fs from 'node:fs';\nconst read = fs.readFileSync;\nread('/etc/' + 'passwd');\n",
    3,
    '`read` is `fs.readFileSync`, imported at line 1, assigned at line 2',
  ],
];

describe('the routes of findings in JavaScript', () => {
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  for (const [name, code, line, route] of routes) {
    it(`tell of ${name}`, async () => {
      for (const language of ['javascript', 'typescript'] as const) {
        const { findings } = await validator.check(language, code);
        const found = findings.find((finding) => finding.range.startLine === line - 1);
        assert.deepEqual(found?.route, [route], JSON.stringify(findings));
      }
    });
  }

  it('are empty where the code spells out what it reaches', async () => {
    const { findings } = await validator.check(
      'javascript',
      "const { exec } = require('child_process');\nexec('id');\n",
    );
    assert.ok(findings.length >= 2);
    for (const finding of findings) assert.deepEqual(finding.route, []);
  });
});
