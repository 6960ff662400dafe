import assert from 'node:assert/strict';
import { literalsOf, relativeName } from '../../../src/ui/files/namedFiles.ts';
import { escapeHtml, html } from '../../../src/ui/history/html.ts';
import type { Door, Outcome } from '../../../src/core/door.ts';
import type { Draft } from '../../../src/core/proposal.ts';
import { propose } from '../../../src/pipeline/propose.ts';
import type { runDraft as run } from '../../../src/ui/run/runDraft.ts';
import type { UiApp } from '../../../src/ui/uiApp.ts';
import { withEditor } from '../../support/fakeEditor.ts';
import { someResult } from '../../support/records.ts';
import { ActiveRuns } from '../../../src/ui/run/activeRuns.ts';
import { dedented, selectedCode, wholeFile } from '../../../src/ui/run/selectedCode.ts';
import { keyProblem, oddKey } from '../../../src/ui/secrets/keyShape.ts';

const sheet = { name: 's.py', language: 'python' } as const;
const text = 'import sys\n# %% one\na = 1\na\n# %% two\nb = 2\n';

describe('the code to run', () => {
  it('is the selection, named by its lines and dedented', () => {
    const selection = { text: '    if x:\n        y()\n\n    z()', firstLine: 2, lastLine: 5 };
    assert.deepEqual(selectedCode({ ...sheet, text, selection, cursorLine: 5 }), {
      code: 'if x:\n    y()\n\nz()',
      title: 's.py:3-6',
      cell: true,
    });
  });

  it('is the cell around the cursor where nothing is selected', () => {
    assert.equal(selectedCode({ ...sheet, text, cursorLine: 3 })?.code, '# %% one\na = 1\na');
    assert.equal(selectedCode({ ...sheet, text, cursorLine: 5 })?.title, 's.py:5-7');
    assert.equal(selectedCode({ ...sheet, text, cursorLine: 0 })?.code, 'import sys');
  });

  it('is the cell that a comment of its language begins', () => {
    const script = { name: 's.js', language: 'javascript', text: '// %% a\n1\n// %% b\n# %% c\n' } as const;
    assert.equal(selectedCode({ ...script, cursorLine: 1 })?.code, '// %% a\n1');
    assert.equal(selectedCode({ ...script, cursorLine: 3 })?.code, '// %% b\n# %% c\n');
    const lines = { name: 's.sh', language: 'shell', text: '#%% a\nls\n// %% b\n' } as const;
    assert.equal(selectedCode({ ...lines, cursorLine: 1 })?.title, 's.sh:1-4');
  });

  it('is the file where there are no cells, and nothing where that is blank', () => {
    assert.deepEqual(selectedCode({ ...sheet, text: 'print(1)\n', cursorLine: 0 }), {
      code: 'print(1)\n',
      title: 's.py',
      cell: false,
    });
    assert.equal(wholeFile({ name: 's.py', text: ' \n\t\n' }), undefined);
  });

  it('keeps code whose indentation does not agree', () => {
    assert.equal(dedented('\tif x:\n    y()'), '\tif x:\n    y()');
    assert.equal(dedented('a\n  b'), 'a\n  b');
  });
});

describe('files that code names', () => {
  it('are plain string literals, not comments, docstrings or addresses', () => {
    const code = `"""see other.csv"""\n# open("no.csv")\nopen("sales.csv"); open('data/x y.json')\nget("https://a/b.csv")\nopen(f"{n}.csv")\np = 'data\\\\w.csv'`;
    assert.deepEqual(literalsOf(code, 'python'), ['sales.csv', 'data/x y.json', 'data\\w.csv']);
  });

  it('are not what JavaScript and TypeScript have in comments', () => {
    const code = `/* "no.csv" */ this.#rows = read("sales.csv"); // 'no.json'\nget('https://a/b.csv');\nread(\`data/x.csv\`, \`\${name}.csv\`)`;
    for (const language of ['javascript', 'typescript'] as const)
      assert.deepEqual(literalsOf(code, language), ['sales.csv', 'data/x.csv']);
  });

  it('are bare words too in shell', () => {
    const code = `#!/bin/sh\nwc -l sales.csv <data/in.txt | sort >"out 1.txt" # no.csv\nn=\${#a}; cut --file=b.csv 'it is.txt' ../up.csv`;
    const files = literalsOf(code, 'shell').filter((name) => name.includes('.'));
    assert.deepEqual(files, ['sales.csv', 'data/in.txt', 'out 1.txt', 'b.csv', 'it is.txt', '../up.csv']);
  });

  it('lie inside of the folder or not at all', () => {
    assert.deepEqual(relativeName('./data//a.csv'), { kind: 'inside', name: 'data/a.csv' });
    assert.deepEqual(relativeName('data\\a.csv'), { kind: 'inside', name: 'data/a.csv' });
    for (const outside of ['/etc/passwd', '../a.csv', 'a/../../b.csv', 'C:\\a.csv', '~/a.csv', '..'])
      assert.deepEqual(relativeName(outside), { kind: 'outside' }, outside);
  });
});

describe('runs under way', () => {
  it('are listed until they end, and stop together', async () => {
    const runs = new ActiveRuns();
    const counts: number[] = [];
    runs.onDidChange((list) => counts.push(list.length));
    let ended = 0;
    runs.onDidEnd(() => ended++);
    const stopped = (signal: AbortSignal): Promise<string> =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped')));
    const both = Promise.all([runs.track('a', stopped), runs.track('b', stopped)]);
    assert.deepEqual(
      runs.list().map(({ title }) => title),
      ['a', 'b'],
    );
    runs.stopAll();
    assert.deepEqual(await both, ['stopped', 'stopped']);
    assert.deepEqual(counts, [1, 2, 1, 0]);
    assert.equal(ended, 2);
  });
});

describe('a run of the editor', () => {
  it('is under way from its decision on, and not while it waits for that', async () => {
    const shown: string[] = [];
    const runs = new ActiveRuns();
    const { runDraft } = await withEditor<{ readonly runDraft: typeof run }>('run/runDraft.ts', {
      workspace: { isTrusted: true },
    });
    const draft = {
      id: 'p1',
      origin: 'selection',
      language: 'python',
      code: '1',
      purpose: '',
      title: 'a.py',
      files: [],
    } as const;
    const proposal = propose(draft, 'docker');
    const report = { verdict: 'allow', findings: [] } as const;
    const decision = { kind: 'run', hash: proposal.hash, by: 'person' } as const;
    const states = (): void =>
      void shown.push(
        runs
          .list()
          .map(({ isRunning }) => isRunning)
          .join(),
      );
    const outcome: Outcome = { proposal, report, decision, result: someResult() };
    const app = {
      runCode: async (_draft: Draft, { output }: Door) => {
        output.proposed?.(proposal, report);
        states();
        output.decided?.(proposal, decision);
        states();
        return outcome;
      },
    };
    const said: string[] = [];
    const ended = await runDraft(draft, {
      app: async () => app as unknown as UiApp,
      approver: { decide: async () => decision },
      output: { decided: (_proposal, { kind }) => void said.push(kind), show: () => undefined },
      runs,
      log: { error: () => undefined },
    });
    assert.equal(ended, outcome);
    assert.deepEqual(shown, ['false', 'true']);
    assert.deepEqual(said, ['run'], 'the channel hears of the decision');
  });
});

describe('typed keys', () => {
  it('are refused when they can not be one, without being repeated', () => {
    for (const bad of ['', '  ', 'sk ant', 'sk-änt-1234', 'abc12']) {
      const problem = keyProblem(bad);
      assert.ok(problem !== undefined, bad);
      if (bad.trim() !== '') assert.ok(!problem.includes(bad));
    }
    assert.equal(keyProblem(' sk-ant-api03-abcdef '), undefined);
    assert.equal(oddKey('sk-ant-api03-abcdef'), false);
    assert.equal(oddKey('gateway-key-1234'), true);
  });
});

describe('markup', () => {
  it('escapes all values but markup of its own', () => {
    const hostile = '<img src=x onerror="alert(1)">&\'';
    const page = html`<p title="${hostile}">${hostile}</p>`;
    assert.equal(page.markup, `<p title="${escapeHtml(hostile)}">${escapeHtml(hostile)}</p>`);
    const list = html`<ul>
      ${[html`<li>${1}</li>`, html`<li>${undefined}</li>`]}
    </ul>`;
    assert.equal(list.markup.replace(/\s+/g, ''), '<ul><li>1</li><li></li></ul>');
    assert.doesNotMatch(escapeHtml(hostile), /[<>"']/);
  });
});
