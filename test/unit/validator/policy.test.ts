import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';
import { checkOptionsOf } from '../../../src/validator/policy/checkOptions.ts';
import {
  defaultPolicy,
  parsePolicy,
  parseWorkspacePolicy,
  policySchema,
  workspacePolicySchema,
} from '../../../src/validator/policy/policySchema.ts';
import { severityOf, stricter } from '../../../src/validator/policy/severityOf.ts';
import { tighten } from '../../../src/validator/policy/tighten.ts';
import { rules } from '../../../src/validator/rules.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');
const policy = (settings: object) => policySchema.parse(settings);
const workspace = (settings: object) => workspacePolicySchema.parse(settings);

describe('the policy of the validator', () => {
  it('keeps the severities of the rules by default', () => {
    for (const rule of rules) assert.equal(severityOf(defaultPolicy, rule.id), rule.severity, rule.id);
    assert.deepEqual(checkOptionsOf(defaultPolicy).severities, {});
  });

  it('reads settings, and falls back to strict where they cannot be understood', () => {
    assert.equal(parsePolicy(undefined).policy.preset, 'balanced');
    for (const wrong of [
      { presets: 'permissive' },
      { preset: 'lax' },
      { severities: { 'no.such.rule': 'off' } },
      { severities: { 'code.eval': 'ignore' } },
      { allowedPaths: ['data'] },
      { allowedPaths: ['/data/../etc'] },
      { allowedModules: ['os; import sys'] },
      'off',
    ]) {
      const parsed = parsePolicy(wrong);
      assert.equal(parsed.policy.preset, 'strict', JSON.stringify(wrong));
      assert.ok(parsed.problem);
    }
    assert.equal(parseWorkspacePolicy({ allowedModules: ['socket'] }).policy.preset, 'strict');
  });

  it('changes findings by preset and by rule', async () => {
    const code = 'eval("1")\nopen("/etc/hosts")\nwhile True: pass\n';
    const under = async (settings: object) => {
      const validator = createValidator({ wasmFolder, ...checkOptionsOf(policy(settings)) });
      try {
        const { verdict, findings } = await validator.check('python', code);
        return [verdict, ...findings.map(({ rule, severity }) => `${rule} ${severity}`)];
      } finally {
        await validator.dispose();
      }
    };
    const [evals, outside, loop] = ['code.eval', 'fs.outside', 'bomb.loop'];
    assert.deepEqual(await under({}), ['block', `${evals} block`, `${outside} block`, `${loop} block`]);
    assert.deepEqual(await under({ preset: 'permissive' }), [
      'block',
      `${evals} block`,
      `${outside} block`,
      `${loop} warn`,
    ]);
    const severities = { 'code.eval': 'off', 'fs.outside': 'info', 'bomb.loop': 'warn' };
    assert.deepEqual(await under({ severities }), ['warn', `${outside} info`, `${loop} warn`]);
  });

  it('never lets go of what it cannot read', () => {
    const lax = policy({
      preset: 'permissive',
      severities: { syntax: 'off', 'too-complex': 'off', 'policy.denied': 'info' },
    });
    for (const rule of ['syntax', 'too-complex', 'policy.denied'])
      assert.equal(severityOf(lax, rule), 'block');
  });

  it('lets a workspace tighten and never loosen, whatever both say', () => {
    const choices = ['block', 'warn', 'info', 'off'] as const;
    for (const machinePreset of ['strict', 'balanced', 'permissive'] as const) {
      for (const workspacePreset of ['strict', 'balanced', 'permissive', undefined] as const) {
        for (const mine of choices) {
          for (const theirs of choices) {
            const machine = policy({ preset: machinePreset, severities: { 'code.eval': mine } });
            const asked = workspace({
              ...(workspacePreset && { preset: workspacePreset }),
              severities: { 'fs.outside': theirs, 'code.eval': theirs },
            });
            const both = tighten(machine, asked);
            for (const { id } of rules) {
              const before = severityOf(machine, id);
              assert.equal(stricter(severityOf(both, id), before), severityOf(both, id), id);
            }
            assert.equal(severityOf(both, 'code.eval'), stricter(mine, theirs));
          }
        }
      }
    }
  });

  it('joins the lists so that the workspace can only deny', () => {
    const machine = policy({
      allowedModules: ['socket', 'pickle'],
      allowedCalls: ['pickle.loads', 'os.system'],
      allowedPaths: ['/data'],
      deniedModules: ['turtle'],
    });
    const both = tighten(machine, workspace({ deniedModules: ['pickle'], deniedCalls: ['os.system'] }));
    assert.deepEqual(both.allowedModules, ['socket']);
    assert.deepEqual(both.allowedCalls, []);
    assert.deepEqual(both.allowedPaths, ['/data']);
    assert.deepEqual(both.deniedModules, ['turtle', 'pickle']);
    assert.deepEqual(both.deniedCalls, ['os.system']);
  });

  it('steers the checks themselves', async () => {
    const verdict = async (settings: object, language: 'javascript' | 'shell' | 'python', code: string) => {
      const validator = createValidator({ wasmFolder, ...checkOptionsOf(policy(settings)) });
      try {
        return (await validator.check(language, code)).verdict;
      } finally {
        await validator.dispose();
      }
    };
    const read = 'require("fs").readFileSync("/data/a.csv")';
    assert.equal(await verdict({}, 'javascript', read), 'block');
    assert.equal(await verdict({ allowedPaths: ['/data'] }, 'javascript', read), 'allow');
    assert.equal(
      await verdict({ allowedPaths: ['/data'] }, 'javascript', read.replace('/a', '/../a')),
      'block',
    );
    assert.equal(
      await verdict({ allowedPaths: ['/data'] }, 'python', 'print(open("/data/a.csv").read())'),
      'allow',
    );
    assert.equal(await verdict({ allowedPaths: ['/data'] }, 'shell', 'cat /data/a.csv'), 'allow');
    assert.equal(
      await verdict({ deniedModules: ['math'] }, 'python', 'import math\nprint(math.pi)'),
      'block',
    );
    assert.equal(await verdict({ deniedCalls: ['ls'] }, 'shell', 'ls'), 'block');
    assert.equal(
      await verdict({ allowedModules: ['net'] }, 'javascript', 'require("net").connect(1)'),
      'allow',
    );
    assert.equal(await verdict({ preset: 'permissive' }, 'javascript', 'while (true) {}'), 'warn');
    assert.equal(await verdict({ preset: 'strict' }, 'shell', 'frobnicate'), 'block');
  });

  it('means what a person writes, by whatever way the code gets there', async () => {
    const verdict = async (settings: object, language: 'javascript' | 'python', code: string) => {
      const validator = createValidator({ wasmFolder, ...checkOptionsOf(policy(settings)) });
      try {
        return (await validator.check(language, code)).verdict;
      } finally {
        await validator.dispose();
      }
    };
    const denied: [name: string, language: 'javascript' | 'python', code: string][] = [
      ['open', 'python', 'open("a.txt")'],
      ['print', 'python', 'say = print\nsay(1)'],
      ['builtins.print', 'python', 'print(1)'],
      ['str.upper', 'python', '"a".upper()'],
      ['posix.getcwd', 'python', 'import os\nos.getcwd()'],
      ['json', 'python', 'import json\njson.dumps(1)'],
      ['pandas.DataFrame.to_csv', 'python', 'import pandas as pd\npd.DataFrame().to_csv("a.csv")'],
      ['pandas.DataFrame.to_csv', 'python', 'import pandas as pd\npd.read_csv("a.csv").to_csv("b.csv")'],
      ['pathlib.Path.write_text', 'python', 'from pathlib import Path\nPath("a").write_text("x")'],
      ['fs.promises.rm', 'javascript', 'require("fs/promises").rm("a")'],
      ['fs.promises.rm', 'javascript', 'require("node:fs").promises.rm("a")'],
      ['fs/promises.rm', 'javascript', 'import { rm } from "node:fs/promises"; rm("a")'],
    ];
    for (const [name, language, code] of denied) {
      assert.equal(await verdict({}, language, code), 'allow', code);
      assert.equal(await verdict({ deniedCalls: [name] }, language, code), 'block', `${name}: ${code}`);
    }
    const milder: [settings: object, language: 'javascript' | 'python', code: string, wanted: string][] = [
      [{ allowedCalls: ['eval'] }, 'python', 'eval("1")', 'allow'],
      [{ allowedCalls: ['eval'] }, 'python', 'exec("1")', 'block'],
      [{ allowedCalls: ['posix.system'] }, 'python', 'import os\nos.system("a")', 'allow'],
      [
        { deniedCalls: ['pandas.DataFrame.to_csv'] },
        'python',
        'class A:\n    def to_csv(self): pass\nA().to_csv()',
        'allow',
      ],
      [{ deniedModules: ['xml'] }, 'python', 'import xmlrpc_like', 'allow'],
      [{ deniedModules: ['lodash'] }, 'javascript', 'import x from "lodash/fp"; x.map([])', 'block'],
      [{ deniedModules: ['lodash'] }, 'javascript', 'import x from "lodash-es"; x.map([])', 'allow'],
      [
        { allowedCalls: ['child_process.execSync'] },
        'javascript',
        'require("child_process").execSync("ls")',
        'allow',
      ],
      [
        { allowedCalls: ['child_process.execSync'] },
        'javascript',
        'require("child_process").spawn("ls")',
        'block',
      ],
      [{ allowedModules: ['fs'] }, 'javascript', 'require("child_process").spawn("ls")', 'block'],
    ];
    for (const [settings, language, code, wanted] of milder)
      assert.equal(await verdict(settings, language, code), wanted, `${JSON.stringify(settings)}: ${code}`);
  });
});
