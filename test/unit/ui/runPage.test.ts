import assert from 'node:assert/strict';
import type { RunRecord } from '../../../src/core/record.ts';
import { emptyResult } from '../../../src/core/run.ts';
import { runPage, runPageCommands } from '../../../src/ui/history/runPage.ts';

const hostile = '</pre><script>alert(1)</script><a href="command:evil">x</a>\u001b[2J\u202e';
const sandbox = { backend: 'docker', runtime: 'runc', image: 'glovebox/python', digest: '' } as const;
const record: RunRecord = {
  runId: 'r1',
  proposalId: 'p1',
  at: 0,
  origin: 'agent',
  language: 'python',
  title: hostile,
  purpose: hostile,
  code: hostile,
  hash: 'ab'.repeat(32),
  files: [{ name: hostile, bytes: 3 }],
  report: {
    verdict: 'warn',
    findings: [
      {
        rule: 'process.spawn',
        severity: 'warn',
        range: { startLine: 4, startColumn: 0, endLine: 4, endColumn: 3 },
        message: hostile,
        route: [hostile],
      },
    ],
  },
  decision: { kind: 'run', hash: 'ab'.repeat(32), by: 'person' },
  result: {
    ...emptyResult('r1', 'ok', sandbox, hostile),
    exitCode: 0,
    metrics: { wallMs: 5, cpuMs: 4, peakMemoryBytes: 3, queueMs: 2, startMs: 1 },
    stdout: hostile,
    stderr: hostile,
    value: hostile,
    notices: [hostile],
    artifacts: [
      { name: hostile, mime: 'image/png', bytes: 9, path: '/a/b.png' },
      { name: 'gone.txt', mime: 'text/plain', bytes: 1, path: '/a/gone.txt' },
    ],
  },
};
const parts = {
  nonce: 'n0nce',
  cspSource: 'https://page',
  language: 'en',
  secrets: () => ['my-own-gateway-key'],
  artifactUri: ({ path }: { readonly path: string }) =>
    path.endsWith('.png') ? `https://page${path}` : undefined,
};

describe('the page of a run', () => {
  const page = runPage(record, parts);

  it('shows hostile text and never becomes it', () => {
    assert.doesNotMatch(page, /command:evil"|\u001b|\u202e/);
    assert.equal([...page.matchAll(/<script/g)].length, 1, 'the page’s own script alone');
    assert.match(page, /&#60;script&#62;/);
  });

  it('may load nothing but its style and the files of the run', () => {
    const policy = /Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1];
    assert.equal(
      policy,
      "default-src 'none'; img-src https://page; style-src 'nonce-n0nce'; script-src 'nonce-n0nce'; base-uri 'none'; form-action 'none'",
    );
    assert.deepEqual(
      [...page.matchAll(/src="([^"]+)"/g)].map((match) => match[1]),
      ['https://page/a/b.png'],
    );
  });

  it('links only to the commands that it may run', () => {
    const links = [...page.matchAll(/href="command:([\w.]+)\?/g)].map((match) => match[1]);
    assert.equal([...page.matchAll(/href="/g)].length, links.length);
    for (const link of links)
      assert.ok(
        runPageCommands.some((command) => command === link),
        link,
      );
  });

  it('shows findings, decision, metrics and what became of each file', () => {
    assert.match(page, /line 5/);
    assert.match(page, /Approved by a person \(verdict: warn; code abababababab\)/);
    assert.match(page, /peak memory/);
    assert.match(page, /The copy of this file is gone/);
  });

  it('says whose code it was, and compares it with what was proposed', () => {
    const decision = { kind: 'run', hash: 'ab', by: 'person', editedFrom: 'print("first")' } as const;
    const edited = runPage({ ...record, decision }, parts);
    assert.match(edited, /Edited and approved by a person \(verdict/);
    assert.match(edited, /agent, edited by a person ·/);
    assert.match(edited, /href="command:glovebox\.history\.compareEdit\?/);
    assert.doesNotMatch(page, /compareEdit|edited by/i);
    const rejected = { kind: 'reject', reason: 'no', editedFrom: 'x' } as const;
    assert.match(runPage({ ...record, decision: rejected }, parts), /Edited by a person, then rejected\. no/);
  });

  it('of what was rejected says that, and nothing of a run', () => {
    for (const status of ['cancelled', 'blocked'] as const) {
      const decision = { kind: 'reject', reason: 'not now' } as const;
      const result = emptyResult('r1', status, sandbox, 'not now');
      const rejected = runPage({ ...record, decision, result }, parts);
      assert.match(rejected, /class="status rejected">Rejected</);
      assert.equal(rejected.match(/not now/g)?.length, 1);
      assert.doesNotMatch(rejected, /Output|Metrics|wrote nothing|cancelled|class="status blocked/);
    }
  });

  it('loses nothing of the code, which can be run again from there', () => {
    const code = 'sep = "\u001b]"; evil(); sep = "\u0007"\u200b\n';
    const shown = /<pre class="code"[^>]*>([^]*?)<\/pre>/.exec(runPage({ ...record, code }, parts))?.[1];
    const written = (number: string): string => `<span class="hidden-character">U+${number}</span>`;
    assert.equal(
      shown,
      `sep = &#34;${written('001B')}]&#34;; evil(); sep = &#34;${written('0007')}&#34;${written('200B')}\n`,
    );
    assert.match(page, /pre\.code \{[^}]*white-space: pre-wrap/);
  });

  it('shows both ends of a long output, and opens all of it', () => {
    const base = record.result ?? emptyResult('r1', 'ok', sandbox, '');
    const stdout = `BEGIN\n${'row\n'.repeat(100_000)}THE END`;
    const long = { ...base, stdout, truncated: { stdout: true, stderr: false } };
    const fullOutput = [{ stream: 'stdout' as const, path: '/a/stdout.txt' }];
    const shown = runPage({ ...record, result: { ...long, fullOutput } }, parts);
    assert.match(shown, />BEGIN\n[^]*\n… [\d,]+ characters are not shown on this page …\n[^]*THE END<\/pre>/);
    assert.ok(shown.length < 300_000);
    assert.match(shown, /command:glovebox\.history\.openOutput\?%5B%22r1%22%2C%22stdout%22%5D/);
    assert.doesNotMatch(shown, /\/a\/stdout\.txt/);
    assert.doesNotMatch(runPage({ ...record, result: long }, parts), /openOutput/);
  });

  it('fetches the package that the program did not find', () => {
    const base = record.result ?? emptyResult('r1', 'ok', sandbox, '');
    const shown = runPage({ ...record, result: { ...base, missingPackage: 'matplotlib' } }, parts);
    assert.match(shown, /"command:glovebox\.fetchPackages\?%5B%22matplotlib%22%5D"\s*>Fetch matplotlib</);
    assert.doesNotMatch(page, /fetchPackages/);
  });

  it('says so when the run is still under way, and does not offer to delete it', () => {
    const { result: _result, ...running } = record;
    assert.match(runPage(running, parts), /under way/);
    assert.doesNotMatch(runPage(running, parts), /Delete/);
    assert.match(runPage(record, parts), /Delete/);
  });

  it('shows no secret that the program wrote, and all of the code', () => {
    const secrets = ['sk-ant-api03-abcdefghijklmnop', 'my-own-gateway-key'];
    const { result } = record;
    const shown = runPage(
      {
        ...record,
        code: `key = "${secrets[0]}"`,
        result: {
          ...(result ?? emptyResult('r1', 'ok', sandbox, '')),
          stdout: `out ${secrets.join(' ')}`,
          stderr: secrets.join('\n'),
          value: secrets[1] ?? '',
          message: `refused ${secrets.join()}`,
        },
      },
      parts,
    );
    assert.equal(shown.split(secrets[0]!).length, 2, 'once, in the code');
    assert.ok(!shown.includes(secrets[1]!));
  });
});
