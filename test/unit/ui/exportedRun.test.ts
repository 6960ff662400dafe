import assert from 'node:assert/strict';
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

  it('masks what the program wrote as the screen does', () => {
    for (const secret of secrets) assert.ok(!json.includes(secret), json);
    assert.match(json, /"stdout":"key \[secret removed\] and \[secret removed\]"/);
  });

  it('is there as it is while it runs', () => {
    const { result: _, ...running } = someRecord();
    assert.deepEqual(
      exportedRun(running, () => []),
      running,
    );
  });
});
