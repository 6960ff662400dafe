import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

describe('keywords that a script uses as names', () => {
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  for (const code of [
    "var await = Function; await('x')();",
    'var await = Function; var t = await`x`;',
    "var await = [Function]; await[0]('x')();",
    "var yield = Function; yield('x')();",
    "var yield = [Function]; yield[0]('x')();",
    "function run(x) { return x; } var yield = Function; run(yield('x'));",
    "function* g() { yield 1; } var yield = Function; yield('x')();",
    "async function g() { await 1; } var await = Function; await('x')();",
  ]) {
    it(`are followed: ${code}`, async () => {
      for (const language of ['javascript', 'typescript'] as const) {
        const { findings } = await validator.check(language, code);
        assert.ok(
          findings.some(({ rule }) => rule === 'code.eval'),
          `${language} ${JSON.stringify(findings)}`,
        );
        assert.doesNotMatch(JSON.stringify(findings), /[\uFF41\uFF59]/);
      }
    });
  }

  it('tell of a path that comes through them', async () => {
    const { findings } = await validator.check(
      'javascript',
      "var yield = require;\nyield('fs').rmSync('/etc/x');",
    );
    assert.deepEqual(
      findings.map(({ message }) => message),
      ['This reaches /etc/x with fs.rmSync'],
    );
  });

  for (const code of [
    'function pause(ms, await) { setTimeout(await, ms); }\npause(1, () => console.log(1));',
    'var yield = 0.035;\nconsole.log(100 / (1 + yield) ** 10);',
    'const data = await (async () => [1, 2])();\nfor await (const one of data) console.log(one);',
    'const o = { async *each() { yield await 1; }, *[Symbol.iterator]() { yield* [1]; } };\nconsole.log([...o]);',
    'class A { static async load() { return await (0, Promise.resolve)(1); } *all() { const x = yield (1); return x; } }\nA.load();',
  ]) {
    it(`are no reason to refuse: ${code.slice(0, 40)}`, async () => {
      assert.equal((await validator.check('javascript', code)).verdict, 'allow');
    });
  }
});
