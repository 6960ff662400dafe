import assert from 'node:assert/strict';
import type { RunResult } from '../../../src/core/run.ts';
import { exportedRun } from '../../../src/ui/history/exportedRun.ts';
import { someRecord, someResult } from '../../support/records.ts';

describe('a run that is exported', () => {
  const folder = '/home/me/.data/artifacts/r1';
  const secrets = ['sk-ant-api03-abcdefghijklmnop', 'my-own-gateway-key'];
  const written = `key ${secrets.join(' and ')}`;
  const result = someResult({
    stdout: `${written}\u001b[31m`,
    stderr: written,
    value: written,
    message: written,
    notices: [`The whole stdout is in ${folder}/stdout.txt`, written],
    artifacts: [{ name: 'a.png', mime: 'image/png', bytes: 3, path: `${folder}/outputs/a.png` }],
    fullOutput: [{ stream: 'stdout', path: `${folder}/stdout.txt` }],
  });
  const json = JSON.stringify(exportedRun(someRecord({ result }), () => ['my-own-gateway-key']));

  it('has nothing of the places of this machine', () => {
    assert.ok(!json.includes('/home/me'), json);
    assert.match(json, /"artifacts":\[\{"name":"a\.png","mime":"image\/png","bytes":3\}\]/);
    assert.match(json, /The whole stdout is in a file of the machine that ran it/);
  });

  it('has no address of an engine, nor what another sandbox said of itself', () => {
    const { sandbox } = someResult();
    const address = 'ssh://me@server:22';
    const reasons = [
      [
        `Docker 27 at ${address} (glovebox.docker.host); chosen by the setting`,
        /"Docker 27 at its address \(/,
      ],
      [`chosen because there is no Docker here: No /run/user/7 at ${address}.`, /"chosen .* no Docker here"/],
    ] as const;
    for (const [reason, left] of reasons) {
      const message = `Nothing answers at ${address}: start the engine.`;
      const of = someResult({ message, notices: [message], sandbox: { ...sandbox, reason } });
      const text = JSON.stringify(exportedRun(someRecord({ result: of }), () => []));
      assert.doesNotMatch(text, /server|\/run/);
      assert.match(text, left);
    }
  });

  it('masks what the program wrote as the screen does', () => {
    for (const secret of secrets) assert.ok(!json.includes(secret), json);
    assert.match(json, /"stdout":"key \[secret removed\] and \[secret removed\]"/);
  });

  describe('in the local process sandbox', () => {
    const python = '/home/anna/work/venv/bin/python3';
    const sandbox = { backend: 'process', runtime: 'Python 3.12, bubblewrap', digest: '' } as const;
    const trace = 'File "/home/anna/work/venv/lib/python3.12/site-packages/x.py", line 1';
    const exported = (image: string, change: Partial<RunResult>): RunResult => {
      const changed = someResult({ sandbox: { ...sandbox, image, reason: `your ${image}` }, ...change });
      const run = exportedRun(someRecord({ result: changed }), () => [], '/home/anna');
      return (run as { readonly result: RunResult }).result;
    };

    it('names nobody’s folders, in what was said and in what the program could see', () => {
      const notices = [`Your Python (${python}) has no pandas`];
      const run = exported(python, { stderr: trace, notices });
      assert.deepEqual(
        [run.sandbox.image, run.sandbox.reason, run.stderr, run.notices],
        [
          'python3',
          'your python3',
          'File "…/lib/python3.12/site-packages/x.py", line 1',
          ['Your Python (python3) has no pandas'],
        ],
      );
      assert.doesNotMatch(JSON.stringify(run), /anna/);
    });

    it('names the home folder by its sign, and leaves names alone that only begin so', () => {
      const stdout = '/home/anna/.pyenv/lib, /home/annabel, /mnt/home/anna, /usr/lib';
      const message = '/home/anna/bin/python3 is Python 3.8; the local process sandbox needs 3.10 or newer.';
      const run = exported('/usr/bin/python3', { stdout, message });
      assert.equal(run.stdout, '~/.pyenv/lib, /home/annabel, /mnt/home/anna, /usr/lib');
      assert.match(run.message ?? '', /^~\/bin\/python3 is Python 3\.8/);
    });
  });

  it('leaves what a program wrote that could not see this machine', () => {
    const stdout = '/root/data.csv';
    const run = exportedRun(someRecord({ result: someResult({ stdout }) }), () => [], '/root');
    assert.match(JSON.stringify(run), /"stdout":"\/root\/data\.csv"/);
  });

  it('is there as it is while it runs', () => {
    const { result: _, ...running } = someRecord();
    assert.deepEqual(
      exportedRun(running, () => []),
      running,
    );
  });
});
