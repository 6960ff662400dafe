import assert from 'node:assert/strict';
import path from 'node:path';
import type { Finding } from '../../../src/core/finding.ts';
import { createValidator } from '../../../src/validator/createValidator.ts';
import { rules } from '../../../src/validator/rules.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

describe('findings in Python', () => {
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());
  const findings = async (code: string): Promise<readonly Finding[]> =>
    (await validator.check('python', code)).findings;

  it('tell the route by which something is reached', async () => {
    const [finding] = await findings(
      'import subprocess as sp\ntable = {"go": sp.run}\ngo = table["go"]\ngo(["date"])\n',
    );
    assert.equal(finding?.rule, 'process.spawn');
    assert.match(finding.message, /subprocess\.run/);
    assert.deepEqual(finding.range, { startLine: 3, startColumn: 0, endLine: 3, endColumn: 12 });
    assert.deepEqual(finding.route, [
      '`go` is `subprocess.run`, imported at line 1 as `sp`, taken from the dict at line 3',
    ]);
  });

  it('tell the route in one sentence whatever the way, and none where the code spells it out', async () => {
    for (const [code, route] of [
      ['from os import system\nsystem("id")', undefined],
      ['import os\nos.system("id")', undefined],
      ['from os import *\nsystem("id")', '`system` is `os.system`, imported with `*` at line 1'],
      ['run = eval\n\nrun("1")', '`run` is `eval`, assigned at line 1'],
      ['a = eval\nb = a\nb("1")', '`b` is `eval`, named `a` at line 1, assigned at line 2'],
      [
        'import os\ndef pick():\n    return os.popen\np = pick()\np("id")',
        '`p` is `os.popen`, imported at line 1, returned by `pick` at line 4',
      ],
      [
        'from os import system as s\nclass A:\n    def __init__(self, f):\n        self.f = f\nA(s).f("id")',
        '`os.system`, imported at line 1 as `s`, kept in `.f` at line 5',
      ],
      ['import glob\nglob.os.system("id")', '`os`, taken out of `glob` at line 2'],
    ] as const) {
      const found = (await findings(code)).at(-1);
      assert.equal(found?.severity, 'block', code);
      assert.equal(found.route[0], route, code);
    }
  });

  it('call a module by its own name, also where another one does the same', async () => {
    for (const [code, name] of [
      ['import anthropic\nanthropic.Anthropic()', 'anthropic.Anthropic'],
      ['import pandas_datareader as pdr\npdr.DataReader("a", "fred")', 'pandas_datareader.DataReader'],
      ['import winreg\nwinreg.CreateKey(1, "x")', 'winreg.CreateKey'],
      ['from mysql import connector\nconnector.connect()', 'mysql.connector.connect'],
      ['import grp\ngrp.getgrall()', 'grp.getgrall'],
    ] as const) {
      const [finding] = await findings(code);
      assert.equal(finding?.severity, 'block', code);
      assert.ok(finding.message.includes(`\`${name}\``), finding.message);
    }
  });

  it('name a rule of the table and say what to do instead', async () => {
    for (const finding of await findings(
      'import os\nos.system("id")\nopen("/etc/passwd")\nwhile True: pass\n',
    )) {
      assert.ok(
        rules.some((rule) => rule.id === finding.rule),
        finding.rule,
      );
      assert.ok(finding.hint);
    }
  });

  it('count columns in UTF-16 units, as editors do', async () => {
    const [finding] = await findings('x = "😀"; eval("1")\n');
    assert.equal(finding?.range.startColumn, 10);
  });

  it('keep lines right after old and Windows line ends', async () => {
    const [finding] = await findings('x = 1\r\ny = 2\reval("1")\r\n');
    assert.equal(finding?.range.startLine, 2);
  });

  it('hold for the example of every rule, and not for its better way', async () => {
    for (const rule of rules) {
      if (!rule.languages.includes('python') || rule.id === 'policy.denied' || rule.id === 'too-complex')
        continue;
      const bad = await findings(rule.bad);
      assert.ok(
        bad.some((finding) => finding.rule === rule.id),
        `${rule.id}: ${JSON.stringify(bad)}`,
      );
      assert.deepEqual(await findings(rule.good), [], rule.id);
    }
  });

  it('refuse what cannot be read, with its place', async () => {
    const [open] = await findings('print(1)\nprint((2)\n');
    assert.equal(open?.rule, 'syntax');
    assert.equal(open.severity, 'block');
    const [old] = await findings('print "Python 2"\n');
    assert.equal(old?.rule, 'syntax');
    const [nul] = await findings('x = 1\0\n');
    assert.equal(nul?.rule, 'syntax');
  });

  it('see the program that Python sees where the grammar reads another one', async () => {
    for (const code of [
      'import os\nmatch [1, os]:\n    case [_, lib]:\n        lib.system("id")\n',
      'type(exec("1")).x = 1\n',
      'x = 1; type(exec("1")).x = 1\n',
      '# a comment\rexec("1")\n',
      '\u{1D556}\u{1D569}\u{1D556}\u{1D554}("1")\n',
      'exec\\\n("1")\n',
    ])
      assert.ok(
        (await findings(code)).some(({ rule }) => rule === 'code.eval' || rule === 'process.spawn'),
        code,
      );
    assert.deepEqual(await findings('type X = int\nmatch = {}\nmatch[1] = type(2)\ntype = 3\n'), []);
  });

  it('are none for code that only mentions danger', async () => {
    assert.deepEqual(await findings('# os.system("x")\nNOTE = "eval(1)"\nprint(NOTE)\n'), []);
  });

  it('follow the policy: denied and allowed names, severities, folders', async () => {
    const own = createValidator({
      wasmFolder,
      deniedModules: ['csv'],
      deniedCalls: ['json.loads'],
      allowedCalls: ['pickle.loads'],
      allowedPaths: ['/data'],
      severities: { 'bomb.loop': 'warn', 'native.load': 'off' },
    });
    const check = async (code: string): Promise<string[]> =>
      (await own.check('python', code)).findings.map((finding) => `${finding.severity} ${finding.rule}`);
    assert.deepEqual(await check('import csv\n'), ['block policy.denied']);
    assert.deepEqual(await check('import json\njson.loads("1")\n'), ['block policy.denied']);
    assert.deepEqual(await check('import pickle\npickle.loads(b"")\n'), []);
    assert.deepEqual(await check('open("/data/a.csv")\n'), []);
    assert.deepEqual(await check('open("/data/../etc/passwd")\n'), ['block fs.outside']);
    assert.deepEqual(await check('while True:\n    pass\n'), ['warn bomb.loop']);
    assert.deepEqual(await check('import ctypes\nctypes.CDLL(None)\n'), []);
    await own.dispose();
  });
});
