import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../src/validator/createValidator.ts';
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

  it('lets go of a validator that the settings have left, once nothing goes on in it', async () => {
    let machine: unknown = {};
    const disposed: number[] = [];
    let made = 0;
    const under = policyValidator(
      wasmFolder,
      () => ({ machine, workspace: {} }),
      () => undefined,
      (options) => {
        const number = made++;
        const inner = createValidator(options);
        const dispose = async (): Promise<void> => {
          disposed.push(number);
          await inner.dispose();
        };
        return { ...inner, dispose };
      },
    );
    const text = await under.openText('python');
    const checking = under.check('python', unpickle);
    machine = { preset: 'strict' };
    await under.check('python', unpickle);
    assert.equal((await checking).verdict, 'block');
    assert.deepEqual(disposed, [], 'a text is open in it');
    assert.equal(text.update(unpickle).verdict, 'block');
    text.close();
    text.close();
    assert.deepEqual(disposed, [0]);
    machine = {};
    await under.check('python', unpickle);
    assert.deepEqual(disposed, [0, 1]);
    await under.dispose();
    assert.deepEqual([made, disposed], [3, [0, 1, 2]]);
  });
});
