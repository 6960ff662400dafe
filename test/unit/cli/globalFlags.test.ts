import assert from 'node:assert/strict';
import { flagWords, takeGlobalFlags } from '../../../src/cli/globalFlags.ts';

describe('the flags that go with every command', () => {
  it('are taken wherever they stand, in both forms', () => {
    const { flags, rest } = takeGlobalFlags([
      '--preset=strict',
      'check',
      'a.py',
      '--policy',
      'p.json',
      '--json',
    ]);
    assert.deepEqual(rest, ['check', 'a.py', '--json']);
    assert.deepEqual([flags.preset, flags.policyFile], ['strict', 'p.json']);
  });

  it('end where `--` says so: what is behind it are names', () => {
    const words = [
      'check',
      '--preset=strict',
      '--',
      'a.py',
      '--policy=off.json',
      '--preset',
      'permissive',
      '--',
    ];
    const { flags, rest } = takeGlobalFlags(words);
    assert.deepEqual([flags.preset, flags.policyFile], ['strict', undefined]);
    assert.deepEqual(rest, ['check', '--', 'a.py', '--policy=off.json', '--preset', 'permissive', '--']);
    assert.deepEqual(flagWords(['check', '--json', '--', '--help']), ['check', '--json']);
  });

  it('are refused where one comes twice, by whatever form', () => {
    for (const twice of [
      ['--policy', 'a.json', '--policy=b.json'],
      ['--preset=strict', 'check', '--preset=strict'],
      ['--sandbox', 'docker', '--sandbox', 'wasm'],
    ])
      assert.throws(() => takeGlobalFlags(twice), { name: 'UsageError', message: /is given twice/ });
  });

  it('take no other flag for their value', () => {
    for (const words of [
      ['check', '--policy'],
      ['check', '--policy', '--', 'a.py'],
      ['--policy', '--json'],
    ])
      assert.throws(() => takeGlobalFlags(words), { name: 'UsageError', message: /--policy wants a value/ });
    assert.equal(takeGlobalFlags(['--policy=--json']).flags.policyFile, '--json');
  });
});
