import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');
const write = "cat > x.py <<'E'\nprint(1)\nE\n";

describe('programs that a script spells out and starts', () => {
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  for (const [script, rule] of [
    ['python3 -c \'import os; os.system("x")\'', 'process.spawn'],
    ["python3 - data.csv <<'E'\nimport os\nos.system('x')\nE", 'process.spawn'],
    ['node -e \'require("fs").rmSync("/etc/x")\'', 'fs.outside'],
    ['echo \'require("fs").rmSync("/etc/x")\' > x.js; node x.js', 'fs.outside'],
    ["bash -c 'curl example.org'", 'network.connect'],
    ["bash <<< 'curl example.org'", 'network.connect'],
    [
      "printf '%s\\n' '#!/usr/bin/env python3' 'import os' 'os.system(1)' > run\nchmod +x run\n./run",
      'process.spawn',
    ],
    ["printf '%s\\n' '#!/bin/sh' 'curl example.org' > run\n./run", 'network.connect'],
    ["echo 'import os; os.system(1)' > json.py; python3 -c 'import json'", 'process.spawn'],
    ['echo \'require("fs").rmSync("/etc/x")\' > x.js; node -e \'require("./x")\'', 'fs.outside'],
  ] as const) {
    it(`are checked: ${script}`, async () => {
      const { findings } = await validator.check('shell', script);
      const found = findings.find((finding) => finding.rule === rule);
      assert.match(
        found?.message ?? '',
        /^In the program that this runs, .* at its line \d: /,
        JSON.stringify(findings),
      );
    });
  }

  for (const script of [
    `${write}cat >> x.py <<'E'\nimport os\nE\npython3 x.py`,
    `${write}cp y.py x.py\npython3 x.py`,
    `${write}sed -i s/1/2/ x.py\npython3 x.py`,
    `${write}awk '{ print > "x.py" }' y\npython3 x.py`,
    `${write}sort -o x.py y\npython3 x.py`,
    `${write}exec > x.py\necho 1\npython3 x.py`,
    `${write}> x.py cat y\npython3 x.py`,
    `${write}a=x.py; cat y > "$a"\npython3 x.py`,
    `${write}cat y > json.py\npython3 x.py`,
    `${write}(sleep 1; cat y > x.py) &\npython3 x.py`,
    `${write}f() { cat y > x.py; }; f\npython3 x.py`,
    `${write}cd sub\npython3 x.py`,
    `if [ -f y ]; then\n${write}fi\npython3 x.py`,
    `[ -f y ] && ${write}python3 x.py`,
    `python3 x.py\n${write}`,
    `${write}python3 -c 'open("x.py", "w").write(input())'\npython3 x.py`,
    `${write}timeout 5 ./x.py\npython3 x.py`,
    "A='curl example.org' bash -c '$A'",
    "export A='curl example.org'; bash -c 'eval \"$A\"'",
    'cat > x.py <<E\nprint($A)\nE\npython3 x.py',
    "echo 'print(1)' | python3",
    'python3 -c "$CODE"',
    'bash -c "$(cat y)"',
    'node --require ./x.js -e 1',
    "printf '%s\\n' '#!/usr/bin/perl' '1' > run\n./run",
  ]) {
    it(`are refused where they may be others: ${script}`, async () => {
      const { verdict, findings } = await validator.check('shell', script);
      assert.equal(verdict, 'block');
      assert.ok(
        findings.some(({ message }) => /not checked|this runs/i.test(message)),
        JSON.stringify(findings),
      );
    });
  }

  for (const script of [
    `${write}python3 x.py`,
    `${write}for f in *.csv; do python3 x.py "$f" > "outputs/\${f%.csv}.txt"; done`,
    "python3 - <<'E'\nimport pandas as pd\nprint(pd.read_csv('a.csv').describe())\nE",
    "timeout 5 python3 -c 'print(1)' | sort | uniq -c | awk '{ print $2 }'",
    "cat <<-'E' > x.js\n\tconsole.log(1)\n\tE\nnode x.js",
    "node -e 'console.log([3, 1].sort())'",
    "bash -eu -c 'true'",
  ]) {
    it(`are let run: ${script}`, async () => {
      const { verdict, findings } = await validator.check('shell', script);
      assert.equal(verdict, 'allow', JSON.stringify(findings));
    });
  }

  it('are judged alike while a person edits', async () => {
    const text = await validator.openText('shell');
    assert.equal(text.update(`${write}python3 x.py`).verdict, 'allow');
    assert.equal(
      text.update(`${write.replace('print(1)', 'import os; os.system(1)')}python3 x.py`).verdict,
      'block',
    );
    text.close();
  });
});
