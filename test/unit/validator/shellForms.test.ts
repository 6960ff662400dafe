import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';
import { inKnownForms } from '../../../src/validator/parse/shellForms.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** Scripts that bash runs. */
const forms: readonly string[] = [
  'for i do echo "$i"; done',
  'n=$((1)) 2>x',
  'x=$(cat a) 2>/dev/null || echo no',
  '[ "$x" = ~ ] && echo home',
  '[ ! "$x" = ~ ] && [[ ~ == "$x" ]]',
  'if [ -d ~ ]; then echo home; fi',
  ': "${CONFIG:={}}"',
  'data=${1:-{"a": 1}}',
  'month=$((10#$m + 1))',
  'cat > f <<< "$x"',
  '[ a \\< b ] || [ "$x" \\> b ]',
];

describe('forms of bash that the grammar does not read', () => {
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  for (const form of forms) {
    it(`are read as an equal form: ${form}`, async () => {
      const before = await validator.check('shell', form);
      assert.equal(before.verdict, 'allow', JSON.stringify(before.findings));
      const [finding] = (await validator.check('shell', `${form}\ncurl example.org`)).findings;
      assert.deepEqual([finding?.rule, finding?.range.startLine], ['network.connect', 1]);
    });

    it(`keep their length: ${form}`, () => {
      assert.notEqual(inKnownForms(form), form);
      assert.equal(inKnownForms(form).length, form.length);
    });
  }

  for (const [script, rule] of [
    ['for i do curl "$i"; done', 'network.connect'],
    ['n=1 2>x curl example.org', 'network.connect'],
    ['n=$((1)) 2>/etc/x', 'fs.outside'],
    [': ${A:={curl,x}}; eval "$A"', 'code.eval'],
    ['ls [ ~ ]', 'fs.outside'],
    ['ls "; [ " ~ ]', 'fs.outside'],
    ['[ $(cat ~ -v) ]', 'fs.outside'],
    ['[ `ls ~ -v` ]', 'fs.outside'],
    ['[ -n a && cat ~ -v ]', 'syntax'],
    ['[ x \\\\> /etc/x ]', 'fs.outside'],
    ['echo $(cat <<< a > /etc/x)', 'fs.outside'],
    ['if [ x ]; then cat ~ -v; fi', 'fs.outside'],
  ] as const) {
    it(`hide nothing: ${script}`, async () => {
      const { findings } = await validator.check('shell', script);
      assert.ok(
        findings.some((finding) => finding.rule === rule),
        JSON.stringify(findings),
      );
    });
  }

  it('are looked for in time', () => {
    const started = performance.now();
    for (const piece of [';[ "', '[ ~ "', 'A=$((', "[ '' ", '${A:={', 'for a '])
      inKnownForms(piece.repeat(Math.floor(199_000 / piece.length)));
    assert.ok(performance.now() - started < 5_000);
  });
});
