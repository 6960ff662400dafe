import assert from 'node:assert/strict';
import type { Log } from 'sarif';
import type { Finding } from '../../../src/core/finding.ts';
import { rules } from '../../../src/validator/rules.ts';
import { toSarif } from '../../../src/validator/sarif.ts';

const finding: Finding = {
  rule: 'code.eval',
  severity: 'block',
  range: { startLine: 2, startColumn: 4, endLine: 2, endColumn: 11 },
  message: 'This runs text as code with eval',
  route: ['`e` is eval, from line 1'],
  hint: 'Read data with json.loads.',
};

const product = { version: '1.2.3', rulesUrl: 'https://example.org/rules.md' };

describe('SARIF output', () => {
  it('says where each finding is, counting from one, and which rule it is of', () => {
    const log = toSarif(
      [
        { file: 'a b/x.py', report: { verdict: 'block', findings: [finding] } },
        { file: 'clean.py', report: { verdict: 'allow', findings: [] } },
      ],
      product,
    );
    assert.equal(log.version, '2.1.0');
    // The types are those of the standard: what they do not have fails to compile.
    const standard: Log = log;
    assert.equal(standard.runs[0]?.tool.driver.semanticVersion, '1.2.3');
    const [run] = log.runs;
    assert.ok(run);
    assert.equal(run.tool.driver.rules.length, rules.length);
    const [result, ...more] = run.results;
    assert.equal(more.length, 0);
    assert.ok(result);
    assert.equal(result.level, 'error');
    assert.equal(run.tool.driver.rules[result.ruleIndex ?? -1]?.id, 'code.eval');
    assert.equal(
      run.tool.driver.rules[result.ruleIndex ?? -1]?.helpUri,
      'https://example.org/rules.md#code.eval',
    );
    assert.match(result.message.text, /eval\n`e` is eval, from line 1\nRead data with json\.loads\.$/);
    const place = result.locations[0]?.physicalLocation;
    assert.equal(place?.artifactLocation.uri, 'a%20b/x.py');
    assert.deepEqual(place?.region, { startLine: 3, startColumn: 5, endLine: 3, endColumn: 12 });
  });

  it('names no page where there is none that others can open', () => {
    const [run] = toSarif([], { version: '1.2.3' }).runs;
    assert.equal(JSON.stringify(run).includes('Uri"'), false);
  });

  it('leaves the index out for a rule that is not in the table, and writes files as URIs', () => {
    const old = { ...finding, rule: 'gone.rule', severity: 'info' as const };
    const log = toSarif(
      [
        { file: '/home/u/ü.py', report: { verdict: 'allow', findings: [old] } },
        { file: 'C:\\work\\x.py', report: { verdict: 'allow', findings: [old] } },
      ],
      product,
    );
    const results = log.runs[0]?.results ?? [];
    assert.ok(results.every((result) => !('ruleIndex' in result) && result.level === 'note'));
    assert.deepEqual(
      results.map((result) => result.locations[0]?.physicalLocation.artifactLocation.uri),
      ['file:///home/u/%C3%BC.py', 'file:///C:/work/x.py'],
    );
  });
});
