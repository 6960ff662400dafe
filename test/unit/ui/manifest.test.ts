import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultSettings } from '../../../src/appSettings.ts';
import { policyAnswer } from '../../../src/core/policy.ts';
import { defaultPolicy, parsePolicy } from '../../../src/validator/policy/policySchema.ts';
import { labelsOf, languages, languagesOf } from '../../../src/core/language.ts';
import { commandTable, type CommandRow } from '../../../src/ui/commands/commandTable.ts';
import { readSettings } from '../../../src/settings/readSettings.ts';
import { settingTable } from '../../../src/settings/settingTable.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const manifestText = readFileSync(path.join(root, 'package.json'), 'utf8');
const texts = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;

interface Setting {
  readonly default: unknown;
  readonly scope: string;
  readonly enum?: readonly string[];
}
interface MenuEntry {
  readonly command: string;
  readonly when?: string;
}
const manifest = JSON.parse(manifestText) as {
  readonly icon: string;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: string[] } };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly icon?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly keybindings: readonly MenuEntry[];
    readonly configuration: readonly {
      readonly title: string;
      readonly properties: Readonly<Record<string, Setting>>;
    }[];
    readonly languageModelTools: readonly { readonly modelDescription: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: { readonly svg: string } }[];
    }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
  };
};
const { contributes } = manifest;
const rows: readonly (readonly [string, CommandRow])[] = Object.entries(commandTable);
const settings = Object.assign({}, ...contributes.configuration.map((each) => each.properties)) as Record<
  string,
  Setting
>;

describe('the manifest', () => {
  it('has exactly the commands of the table, with their icons', () => {
    const stated = contributes.commands.map(({ command, icon }) => [command, icon]);
    assert.deepEqual(stated.sort(), rows.map(([id, row]) => [id, row.icon]).sort());
  });

  it('offers commands in the palette as the table says', () => {
    const stated = contributes.menus['commandPalette']?.map(({ command, when }) => [command, when]) ?? [];
    const wanted = rows.flatMap(([id, { palette }]) => {
      if (palette === 'always') return [];
      return [[id, palette === 'never' ? 'false' : palette.when]];
    });
    assert.deepEqual(stated.sort(), wanted.sort());
  });

  it('names only known commands in menus and keybindings', () => {
    const named = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    const unknown = named.filter(({ command }) => !(command in commandTable));
    assert.ok(named.length > 20);
    assert.deepEqual(unknown, []);
  });

  it('says of a setting which sandboxes it acts in, where it is not all of them', () => {
    for (const name of ['limits.cpuShares', 'limits.cpus', 'docker.maxConcurrent'])
      assert.match(texts[`setting.${name}`] ?? '', /Docker only/);
    assert.match(texts['setting.docker.poolSize'] ?? '', /embedded sandbox/);
    const ofDocker = contributes.configuration.find(({ title }) => title === '%settings.docker%');
    const names = Object.keys(ofDocker?.properties ?? {});
    assert.ok(names.length > 5);
    assert.deepEqual(
      names.filter((name) => !name.startsWith('glovebox.docker.')),
      [],
    );
  });

  it('says of the Python of the local process sandbox what of it is let in', () => {
    const text = texts['setting.process.python'] ?? '';
    assert.match(text, /3\.10 or newer/);
    assert.match(text, /programs and libraries are let into the sandbox.*the folder.*is not/);
  });

  it('says what an own image needs', () => {
    assert.match(texts['setting.docker.image'] ?? '', /Python 3\.10 or newer and a shell on its `PATH`/);
  });

  it('tells other assistants which languages the embedded sandbox does without', () => {
    const [tool] = contributes.languageModelTools;
    const here = languagesOf('wasm');
    const absent = languages.filter((language) => !here.includes(language));
    assert.ok(
      tool?.modelDescription.includes(
        `the embedded one runs ${labelsOf(here)}, not ${labelsOf(absent, ' or ')}`,
      ),
    );
  });

  it('has exactly the settings of the table, with their defaults and scopes', () => {
    const stated = Object.entries(settings).map(([name, { default: value, scope }]) => [name, value, scope]);
    const wanted = Object.entries(settingTable).map(([name, row]) => [
      `glovebox.${name}`,
      row.default,
      row.scope,
    ]);
    assert.deepEqual(stated.sort(), wanted.sort());
  });

  it('accepts in code each choice that a setting offers', () => {
    for (const [name, row] of Object.entries(settingTable)) {
      assert.ok(row.schema.safeParse(row.default).success, name);
      for (const choice of settings[`glovebox.${name}`]?.enum ?? [])
        assert.ok(row.schema.safeParse(choice).success, `${name}: ${choice}`);
    }
  });

  it('restricts in untrusted workspaces whatever a workspace could set', () => {
    const settable = Object.entries(settingTable).filter(([, row]) => row.scope === 'window');
    assert.deepEqual(
      manifest.capabilities.untrustedWorkspaces.restrictedConfigurations,
      settable.map(([name]) => `glovebox.${name}`),
    );
  });

  it('has the words for every key and no word that nobody uses', () => {
    const used = [...manifestText.matchAll(/"%([^"%]+)%"/g)].map((match) => match[1]);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
  });

  it('names pictures that exist', () => {
    const pictures = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
    ];
    assert.equal(pictures.length, 6);
    for (const picture of pictures) assert.ok(existsSync(path.join(root, picture)), picture);
  });
});

describe('the modes of approval', () => {
  it('all mean the same by clean code: what was approved for a conversation never covers a warning', () => {
    const modes = settings['glovebox.approval']?.enum ?? [];
    assert.deepEqual(modes, ['always-ask', 'ask-on-findings']);
    for (const name of modes) {
      const mode = settingTable.approval.schema.parse(name);
      const answer = (verdict: 'allow' | 'warn') =>
        policyAnswer({ origin: 'agent', verdict, mode, approvedForConversation: true });
      assert.deepEqual([answer('allow'), answer('warn')], ['run', 'ask'], name);
    }
  });

  it('say what clean code is by what the policy looks at, and promise nothing about findings that only inform', () => {
    for (const key of ['setting.approval', 'setting.approval.ask-on-findings'])
      assert.match(texts[key] ?? '', /neither blocks nor warns of/);
    for (const [key, text] of Object.entries(texts))
      assert.doesNotMatch(text, /finds nothing|without findings|with a finding|unflagged/i, key);
  });
});

describe('reading settings', () => {
  it('gives the defaults of the app when nothing is set', () => {
    const { settings: read, unusable } = readSettings(() => undefined);
    const { policy, ...others } = read;
    assert.deepEqual(others, {
      ...defaultSettings,
      openPreview: 'on-proposal',
      model: { ...defaultSettings.model, thinkingTokens: 0, spendingCapUsd: 0 },
    });
    assert.deepEqual(parsePolicy(policy.machine), { policy: defaultPolicy });
    assert.deepEqual(unusable, []);
  });

  it('never turns a policy that cannot be used into a milder one', () => {
    const given: Record<string, unknown> = { 'validator.severities': { 'bomb.loop': 'of' } };
    const { settings: read, unusable } = readSettings((name) => given[name]);
    assert.deepEqual(unusable, ['validator.severities']);
    assert.equal(parsePolicy(read.policy.machine).policy.preset, 'strict');
  });

  it('asks for everything where the mode of approval is none of those that there are', () => {
    const { settings: read, unusable } = readSettings((name) =>
      name === 'approval' ? 'run-clean' : undefined,
    );
    assert.equal(read.approval, 'always-ask');
    assert.deepEqual(unusable, ['approval']);
  });

  it('turns units, and names the values that cannot be used', () => {
    const given: Record<string, unknown> = {
      'limits.timeoutSeconds': 2.5,
      'limits.memoryMb': 'much',
      baseUrl: 'file:///etc',
      approval: 'ask-on-findings',
      'docker.packages': ['polars'],
    };
    const { settings: read, unusable } = readSettings((name) => given[name]);
    assert.equal(read.limits.wallMs, 2500);
    assert.equal(read.limits.memoryBytes, defaultSettings.limits.memoryBytes);
    assert.equal(read.model.baseUrl, undefined);
    assert.equal(read.approval, 'ask-on-findings');
    assert.deepEqual(read.docker.packages, ['polars']);
    assert.deepEqual(unusable, ['baseUrl', 'limits.memoryMb']);
  });
});
