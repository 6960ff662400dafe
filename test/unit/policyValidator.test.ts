import assert from 'node:assert/strict';
import path from 'node:path';
import { policyValidator, type PolicySettings } from '../../src/policyValidator.ts';

const wasmFolder = path.resolve(import.meta.dirname, '../../node_modules/@vscode/tree-sitter-wasm/wasm');
const unpickle = 'import pickle\npickle.loads(open("a.bin", "rb").read())\n';

describe('the validator under settings', () => {
  let settings: PolicySettings = { machine: {}, workspace: {} };
  const warnings: string[] = [];
  const validator = policyValidator(
    wasmFolder,
    () => settings,
    (message) => warnings.push(message),
  );
  after(() => validator.dispose());
  const verdict = async (machine: unknown, workspace: unknown, code = unpickle): Promise<string> => {
    settings = { machine, workspace };
    return (await validator.check('python', code)).verdict;
  };

  it('follows the machine, at once', async () => {
    assert.equal(await verdict({}, {}), 'block');
    assert.equal(await verdict({ severities: { 'pickle.load': 'warn' } }, {}), 'warn');
    assert.equal(await verdict({ allowedCalls: ['pickle.loads'] }, {}), 'allow');
    assert.equal(await verdict({ deniedModules: ['json'] }, {}, 'import json\n'), 'block');
  });

  it('lets a workspace tighten and never loosen', async () => {
    const machine = { severities: { 'pickle.load': 'warn' } };
    assert.equal(await verdict(machine, { severities: { 'pickle.load': 'block' } }), 'block');
    assert.equal(await verdict(machine, { severities: { 'pickle.load': 'off' } }), 'warn');
    assert.equal(await verdict({}, { preset: 'permissive' }), 'block');
    assert.equal(await verdict({ allowedModules: ['pickle'] }, { deniedModules: ['pickle'] }), 'block');
  });

  it('is strict and says why when the settings make no sense', async () => {
    assert.deepEqual(warnings, []);
    assert.equal(await verdict({ preset: 'permissive', severities: { 'no.such.rule': 'off' } }, {}), 'block');
    assert.equal(await verdict({ preset: 'permissive' }, { allowedModules: ['pickle'] }), 'block');
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? '', /no\.such\.rule/);
  });
});
