import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** What only TypeScript can say, each with the one thing that it reaches. */
const programs: readonly (readonly [name: string, code: string, found: RegExp])[] = [
  ['an enum', "enum P { Out = '/etc/a' }\nrequire('fs').readFileSync(P.Out);", /\/etc\/a/],
  [
    'an enum that is built of itself',
    "const enum D { A = 'etc', B = `/${A}/b` }\nrequire('fs').readFileSync(D.B);",
    /\/etc\/b/,
  ],
  ['the names of an enum', "enum E { fs = 4, vm }\nrequire(E[5]).runInThisContext('1');", /vm/],
  [
    'a computed member of an enum',
    "enum E { ['a' + 'b'] = '/etc/c' }\nrequire('fs').readFileSync(E.ab);",
    /\/etc\/c/,
  ],
  [
    'a namespace in a namespace',
    "namespace A.B { const base = '/etc'; export const p = base + '/d'; }\nrequire('fs').readFileSync(A.B.p);",
    /\/etc\/d/,
  ],
  [
    'an alias of a member of a namespace',
    "namespace N { export function f() { return Function; } }\nimport g = N.f;\ng()('1');",
    /function out of text/,
  ],
  [
    'a decorator',
    "const log = (p: string) => (v: any, c: any) => { require('fs').rmSync(p); };\nclass Q { @log('/etc/e') go() {} }",
    /\/etc\/e/,
  ],
  [
    'what a decorator is given',
    "const dec = (v: any, c: any) => v('1');\nclass Q { @dec static f = Function; }",
    /function out of text/,
  ],
  [
    'what a decorator gives',
    "const dec = (v: any, c: any) => Function;\nclass Q { @dec m() {} go() { this.m('1'); } }",
    /function out of text/,
  ],
  [
    'a parameter property',
    "class R {\n  constructor(private readonly p: string) {}\n  go() { require('fs').rmSync(this.p); }\n}\nnew R('/etc/f').go();",
    /\/etc\/f/,
  ],
  ['casts', "const f = <any>Function;\n(<any>(f as unknown)!)('1');", /function out of text/],
  ['assignments to casts', "let a: any;\n(<any>a) = Function;\na('1');", /function out of text/],
  [
    'assignments to checked names',
    "let a: any;\n(a satisfies any) = Function;\na('1');",
    /function out of text/,
  ],
  ['a required import', "import M = require('node:fs');\nM.rmSync('/etc/g');\nexport = M;", /\/etc\/g/],
];

describe('values in TypeScript', () => {
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  it('are not lost in a program of very many decorated members', async () => {
    const classes = Array.from(
      { length: 300 },
      (_, n) => `class C${n} { @d a() { return ${n}; } @d b() {} }`,
    );
    const code = `const d = (v: any, c: any) => v;\n${classes.join('\n')}`;
    assert.equal((await validator.check('typescript', code)).verdict, 'allow');
    const { findings } = await validator.check('typescript', `${code}\nconst f = <any>Function;\nf('1');`);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['code.eval'],
    );
  });

  for (const [name, code, found] of programs) {
    it(`are followed through ${name}`, async () => {
      const { findings } = await validator.check('typescript', code);
      assert.ok(
        findings.every(({ rule }) => rule !== 'syntax' && !rule.includes('dynamic')),
        JSON.stringify(findings),
      );
      assert.ok(
        findings.some(({ message, route }) => found.test(`${message} ${route.join()}`)),
        JSON.stringify(findings),
      );
    });
  }
});
