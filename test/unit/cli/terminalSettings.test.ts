import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { takeGlobalFlags } from '../../../src/cli/globalFlags.ts';
import { allowedText } from '../../../src/cli/settings/allowedText.ts';
import { terminalSettings } from '../../../src/cli/settings/terminalSettings.ts';
import { settingTable } from '../../../src/settings/settingTable.ts';
import { parsePolicy } from '../../../src/validator/policy/policySchema.ts';

describe('the settings of the terminal', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-settings-'));
    file = path.join(folder, 'settings.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const read = async (json: unknown, flags: readonly string[] = [], env = {}, stays = false) => {
    await writeFile(file, typeof json === 'string' ? json : JSON.stringify(json));
    return terminalSettings(takeGlobalFlags(['--settings', file, ...flags]).flags, env, stays);
  };
  const refused = async (json: unknown, ...why: readonly RegExp[]): Promise<void> => {
    const error: unknown = await read(json).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof Error && error.name === 'UsageError', String(error));
    for (const expected of why) assert.match(error.message, expected);
  };

  it('are the names and units of the editor', async () => {
    const { settings, unused } = await read({
      'glovebox.model': 'own-model',
      'glovebox.spendingLimit': 2,
      'glovebox.limits.memoryMb': 64,
      'glovebox.limits.timeoutSeconds': 2.5,
      'glovebox.docker.packages': ['polars'],
      'glovebox.process.python': 'python3.12',
    });
    assert.deepEqual(
      [settings.model.model, settings.model.spendingCapUsd, settings.limits.memoryBytes],
      ['own-model', 2, 64 * 1024 * 1024],
    );
    assert.equal(settings.limits.wallMs, 2500);
    assert.deepEqual(settings.docker.packages, ['polars']);
    assert.equal(settings.process.python, 'python3.12');
    assert.deepEqual(unused, []);
  });

  it('give way to flags, and the environment to them', async () => {
    const given = {
      'glovebox.sandbox': 'docker',
      'glovebox.model': 'own-model',
      'glovebox.baseUrl': 'https://settings.example',
    };
    const env = { ANTHROPIC_BASE_URL: 'https://environment.example' };
    const of = async (json: object, ...flags: string[]) => {
      const { settings } = await read(json, flags, env);
      return [settings.sandbox, settings.model.model, settings.model.baseUrl];
    };
    assert.deepEqual(await of(given), ['docker', 'own-model', 'https://settings.example']);
    const flags = ['--sandbox=wasm', '--model=other', '--base-url=https://flag.example'];
    assert.deepEqual(await of(given, ...flags), ['wasm', 'other', 'https://flag.example']);
    assert.deepEqual((await of({}))[2], 'https://environment.example');
  });

  it('give way to a policy file name by name, and both to the preset', async () => {
    const policy = path.join(folder, 'policy.json');
    await writeFile(policy, '{"deniedModules": ["json"], "preset": "permissive"}');
    const given = { 'glovebox.validator.deniedModules': ['csv'], 'glovebox.validator.deniedCalls': ['open'] };
    const of = async (...flags: string[]) => {
      const { settings } = await read(given, flags);
      const { preset, deniedModules, deniedCalls } = parsePolicy(settings.policy?.machine).policy;
      return [preset, deniedModules, deniedCalls];
    };
    assert.deepEqual(await of(), ['balanced', ['csv'], ['open']]);
    assert.deepEqual(await of('--policy', policy), ['permissive', ['json'], ['open']]);
    assert.deepEqual(await of('--policy', policy, '--preset=strict'), ['strict', ['json'], ['open']]);
  });

  it('keep sandboxes waiting only where the process stays', async () => {
    const given = { 'glovebox.docker.poolSize': 2 };
    const once = await read(given);
    assert.deepEqual([once.settings.docker.poolSize, once.unused], [0, ['glovebox.docker.poolSize']]);
    const staying = await read(given, [], {}, true);
    assert.deepEqual([staying.settings.docker.poolSize, staying.unused], [2, []]);
  });

  it('name what is for the editor alone, and ask before each run in spite of it', async () => {
    const { settings, unused } = await read({
      'glovebox.approval': 'ask-on-findings',
      'glovebox.openPreview': 'on-demand',
    });
    assert.deepEqual(unused, ['glovebox.approval', 'glovebox.openPreview']);
    assert.equal(settings.approval, 'always-ask');
  });

  it('are refused with all that is wrong, and what would be right', async () => {
    await refused(
      {
        'glovebox.limits.memory': 1,
        'glovebox.limits.memoryMb': 'much',
        'glovebox.sandbox': 'dockr',
        model: 'x',
      },
      /no setting "glovebox\.limits\.memory"\. There are glovebox\.limits\.timeoutSeconds, [^\n]*outputMb\.$/m,
      /glovebox\.limits\.memoryMb takes a whole number from 64 to 65536, not "much"\./,
      /glovebox\.sandbox takes one of "auto", "docker", "wasm", "process", not "dockr"\./,
      /no setting "model"; its name is glovebox\.model\./,
    );
    await refused({ 'editor.fontSize': 3 }, /There are glovebox\.model, [^\n]*glovebox\.process\.python\./);
    await refused({ 'glovebox.toString': 3, 'glovebox.__proto__': 3 }, /glovebox\.toString/, /__proto__/);
    await refused({ 'glovebox.validator.deniedModules': ['no name'] }, /settings\.json is no policy/);
    await refused(
      { 'glovebox.validator.workspace': { severities: { x: 'off' } } },
      /workspace in .* no policy/,
    );
  });

  it('are refused where the file is none', async () => {
    await refused('{', /can't be read: .*JSON/);
    await refused([], /have to be an object, such as/);
    const absent = { settingsFile: path.join(folder, 'absent.json') };
    const { flags } = takeGlobalFlags([]);
    await assert.rejects(terminalSettings({ ...flags, ...absent }, {}, false), /absent\.json can't be read/);
  });

  it('can each be told in words', () => {
    for (const [name, { schema }] of Object.entries(settingTable))
      assert.doesNotMatch(allowedText(schema), /any value|another value/, name);
  });
});
