import assert from 'node:assert/strict';
import { isWorse, verdictOf, type Finding, type Report, type Severity } from '../../../src/core/finding.ts';

const found = (severity: Severity, message = 'reads a file', startLine = 0): Finding => ({
  rule: 'file.read',
  severity,
  range: { startLine, startColumn: 0, endLine: startLine, endColumn: 1 },
  message,
  route: [],
});
const report = (...findings: Finding[]): Report => ({ verdict: verdictOf(findings), findings });

describe('a later check of the same code', () => {
  it('is worse with a worse verdict, a graver finding, or one more that blocks or warns', () => {
    const block = found('block');
    assert.equal(isWorse(report(found('warn')), report()), true);
    assert.equal(isWorse(report(block, found('warn', 'sends it')), report(block)), true);
    assert.equal(isWorse(report(block, found('block', block.message, 3)), report(block)), true);
    const line3 = (severity: Severity): Finding => found(severity, 'reads another', 3);
    assert.equal(isWorse(report(block, line3('block')), report(block, line3('warn'))), true);
  });

  it('is no worse with the same findings, fewer, milder ones, or a remark more', () => {
    const before = report(found('block'), found('warn', 'sends it'));
    assert.equal(isWorse(before, before), false);
    assert.equal(isWorse(report(found('warn', 'sends it')), before), false);
    assert.equal(isWorse(report(found('warn'), found('warn', 'sends it')), before), false);
    assert.equal(isWorse(report(...before.findings, found('info', 'is long')), before), false);
  });
});
