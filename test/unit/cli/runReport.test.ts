import assert from 'node:assert/strict';
import { metricsText } from '../../../src/cli/runReport.ts';
import { someResult, someSandbox } from '../../support/records.ts';

describe('the block at the end of a run in the terminal', () => {
  it('says how the terminal does what other doors have a button for', () => {
    const fullOutput = [{ stream: 'stdout', path: '/data/artifacts/r/stdout.txt' }] as const;
    const text = metricsText(someResult({ status: 'error', missingPackage: 'matplotlib', fullOutput }));
    assert.match(text, /to get it {5}glovebox packages fetch matplotlib\n/);
    assert.match(text, /all of stdout {1,2}\/data\/artifacts\/r\/stdout\.txt\n/);
    assert.doesNotMatch(text, /--sandbox/);
    assert.match(metricsText(someResult({ status: 'unavailable' })), /--sandbox NAME chooses the sandbox/);
  });

  it('has no row that a message made', () => {
    const text = metricsText(someResult({ status: 'error', message: 'No.\n  status        ok' }));
    assert.equal(text.match(/^ {2}status/gm)?.length, 1);
  });

  it('says why it was this sandbox, where that is known', () => {
    const reason = 'chosen because there is no Docker here';
    const text = metricsText(someResult({ sandbox: { ...someSandbox, backend: 'wasm', reason } }));
    assert.match(text, /why there {5}chosen because there is no Docker here\n/);
    assert.doesNotMatch(metricsText(someResult()), /why there/);
  });

  it('says where a setting is set here, where something names one', () => {
    const message = 'Name another Python in glovebox.process.python.';
    const named = /to set it {5}--settings FILE takes/;
    assert.match(metricsText(someResult({ status: 'unavailable', message })), named);
    assert.match(metricsText(someResult({ notices: [message] })), named);
    assert.doesNotMatch(metricsText(someResult({ message: 'Ask glovebox.' })), named);
  });
});
