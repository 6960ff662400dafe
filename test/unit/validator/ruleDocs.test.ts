import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';
import { policySchema } from '../../../src/validator/policy/policySchema.ts';
import { severityOf } from '../../../src/validator/policy/severityOf.ts';
import { ruleDocs } from '../../../src/validator/ruleDocs.ts';
import { rules } from '../../../src/validator/rules.ts';

const root = path.join(import.meta.dirname, '../../..');

describe('the rule documentation', function () {
  this.timeout(20_000);
  const validator = createValidator({
    wasmFolder: path.join(root, 'node_modules/@vscode/tree-sitter-wasm/wasm'),
  });
  after(() => validator.dispose());

  it('is what the rule table says', () => {
    assert.equal(readFileSync(path.join(root, 'docs/rules.md'), 'utf8'), ruleDocs(rules));
  });

  it('says of each rule whether the settings can change it', () => {
    for (const { id } of rules) {
      const loosened = severityOf(policySchema.parse({ severities: { [id]: 'off' } }), id) === 'off';
      const row =
        ruleDocs(rules)
          .split('\n')
          .find((line) => line.startsWith(`| [\`${id}\`]`)) ?? '';
      assert.equal(row.endsWith('| always blocks |'), !loosened, id);
    }
  });

  it('says what is only told, and is no reason to ask', async () => {
    assert.match(ruleDocs(rules), /`info` is told and is never a reason to ask/);
    const told = rules.flatMap(({ id, languages, told }) => (told ? [{ id, languages, ...told }] : []));
    assert.deepEqual(
      told.map(({ id }) => id),
      ['bomb.loop'],
    );
    for (const { id, languages, what, code } of told) {
      const { verdict, findings } = await validator.check(languages[0] ?? 'python', code);
      assert.deepEqual(
        [verdict, findings.map(({ rule, severity }) => [rule, severity])],
        ['allow', [[id, 'info']]],
      );
      assert.ok(ruleDocs(rules).includes(`${what}\n\n\`\`\`python\n${code}\n`), id);
    }
  });

  it('names every rule once', () => {
    const ids = rules.map((rule) => rule.id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.equal(ruleDocs(rules).split(`<a id="${id}"></a>`).length, 2, id);
  });

  // Some rules are about size or about settings and have no short example that is found.
  const found = rules.filter((rule) => !['too-complex', 'policy.denied'].includes(rule.id));
  for (const rule of found) {
    it(`shows an example that ${rule.id} finds, and one that is clean`, async () => {
      const [language = 'python'] = rule.languages;
      const bad = await validator.check(language, rule.bad);
      assert.ok(
        bad.findings.some((finding) => finding.rule === rule.id),
        `${rule.bad} → ${bad.findings.map((finding) => finding.rule).join(' ')}`,
      );
      const good = await validator.check(language, rule.good);
      assert.deepEqual(good.findings, [], rule.good);
    });
  }
});
