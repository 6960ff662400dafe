import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';
import { readyPattern } from '../../../src/validator/javascript/interpret/safePattern.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** Expressions that are all `/etc/x`. */
const folded: readonly string[] = [
  "'/e-t-c/x'.replace(/-/g, '')",
  "'/3tc/x'.replace(/\\d/, 'e')",
  "'/3tc/x'.replace(/\\d/g, (d) => ({ 3: 'e' })[d])",
  "'etc/x'.replace(/^(\\w+)/, '/$1')",
  "'/etc1/2x'.split(/\\d/).join('')",
  "'at:/etc/x;'.match(/at:([^;]+)/)[1]",
  "/=(.*)$/.exec('a=/etc/x')[1]",
  'new TextDecoder().decode(new Uint8Array([47, 101, 116, 99, 47, 120]))',
  "Buffer.from([47, 101, 116, 99, 47, 120]).toString('latin1')",
  "Buffer.from('2f6574632f78', 'hex').toString()",
  "Buffer.from('L2V0Yy94', 'base64').toString('utf8')",
  "Buffer.concat([Buffer.from('/etc'), Buffer.from('/x')]).toString()",
  "atob('L2V0Yy94')",
  'String.fromCodePoint(...[47, 101, 116, 99, 47, 120])',
  "[48, 102, 117, 100, 48, 121].map((n) => String.fromCharCode(n - 1)).join('')",
  "String.raw`/et${'c'}/x`",
  "[...'x/cte/'].reverse().join('')",
  "Array.from('x/cte/', (c) => c).reverse().join('')",
  "['2/x', '1/etc'].sort().map((part) => part.slice(1)).join('')",
  "[['/etc'], [['/']], 'x'].flat(2).join('')",
  "['/etc'].concat(['/x'], []).join('')",
  "['/e', 'tc', '/x'].reduce((a, b) => a + b, '')",
  "['a', '/etc', 'x'].slice(1).join('/')",
  "require('path').format({ dir: '/etc', base: 'x' })",
  "require('path').format({ root: '/', name: 'etc/x' })",
  "require('path').normalize('/etc/./y/../x')",
  "require('path').resolve('a', '/etc', 'x')",
  "require('path').join(require('path').dirname('/etc/y'), 'x')",
];

describe('constants in JavaScript', () => {
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  for (const expression of folded) {
    it(`are folded: ${expression}`, async () => {
      const code = `const place = ${expression};\nrequire('fs').rmSync(place);\n`;
      const { findings } = await validator.check('javascript', code);
      assert.deepEqual(
        findings.map(({ message }) => message),
        ['This reaches /etc/x with fs.rmSync'],
      );
    });
  }

  it('are not taken for what a list was before it was sorted', async () => {
    const code = "const p = ['b', 'a'];\np.sort();\nrequire('fs').rmSync(`outputs/${p.join('')}`);\n";
    assert.equal((await validator.check('javascript', code)).verdict, 'allow');
  });
});

describe('patterns of a program', () => {
  const long = 'a'.repeat(500);

  for (const source of [
    '(a+)+$',
    '(a|a)*b',
    '(a?){30}b',
    '([a-z]+)*!',
    '(?:a*)*b',
    'a*a*a*a*b',
    '(a{1,9}){1,9}c',
    '(a)\\1',
    'a?'.repeat(30),
  ]) {
    it(`are not tried when they can run for long: ${source.slice(0, 20)}`, () => {
      assert.equal(readyPattern({ source, flags: '' }, long), undefined);
    });
  }

  it('are tried when they can not', () => {
    for (const source of ['-', '\\d+', '[^;]+', '^(\\w)', '[(+*]', 'a|b', '(?:x)?y'])
      assert.ok(readyPattern({ source, flags: 'g' }, 'a short text'), source);
  });
});
