import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** A script and the way that the finding of its last line, or of its first, tells. */
const routes: readonly (readonly [name: string, code: string, route: string])[] = [
  ['a variable and another one', 'a=curl; c=$a\n$c example.org\n', '`$c` is `curl`, named `$a` at line 1'],
  ['an array', 'cmd=(curl -s x)\n"${cmd[@]}"\n', '`$cmd` is `curl`, put into an array at line 1'],
  ['a loop', 'for c in ls wget; do\n$c\ndone\n', '`$c` is `wget`, taken from the list at line 1'],
  ['an alias', "alias get='wget -q'\nget example.org\n", '`get` is `wget`, made an alias at line 1'],
  [
    'a function that runs its arguments',
    'run() {\n"$@"\n}\nrun curl x\n',
    '`$@` is `curl`, passed to `run` at line 4',
  ],
  [
    'commands that start commands',
    '\necho x | xargs env curl\n',
    '`curl`, started by `xargs` at line 2, started by `env` at line 2',
  ],
  ['letters written as numbers', "\n$'\\x63url' x\n", "`curl`, put together from `$'\\x63url'` at line 2"],
  ['a path in a variable', 'f=/etc/passwd\ncat "$f"\n', '`$f` is `/etc/passwd`, assigned at line 1'],
];

describe('the routes of findings in the shell', () => {
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  for (const [name, code, route] of routes) {
    it(`tell of ${name}`, async () => {
      const { findings } = await validator.check('shell', code);
      const found = findings.find((finding) => finding.range.startLine === 1);
      assert.deepEqual(found?.route, [route], JSON.stringify(findings));
    });
  }

  it('are empty where the script spells out what it runs', async () => {
    const { findings } = await validator.check('shell', 'curl example.org\ncat /etc/passwd\n');
    assert.deepEqual(
      findings.map(({ rule, route }) => [rule, ...route]),
      [['network.connect'], ['fs.outside']],
    );
  });
});
