import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { checkStream } from '../../../src/cli/checkStream.ts';
import { dataFolder } from '../../../src/cli/dataFolder.ts';
import { inputFiles } from '../../../src/cli/inputFiles.ts';
import { plainText } from '../../../src/cli/plainText.ts';
import { decidedByTyping } from '../../../src/cli/runCommand.ts';
import { sourceFiles } from '../../../src/cli/sourceFiles.ts';
import { terminalApprover } from '../../../src/cli/terminalApprover.ts';
import { parseTimeout } from '../../../src/cli/usageError.ts';
import type { Verdict } from '../../../src/core/finding.ts';
import { propose } from '../../../src/pipeline/propose.ts';
import { recordingTerminal } from '../../support/recordingTerminal.ts';

const proposal = propose(
  {
    id: 'p',
    origin: 'agent',
    language: 'python',
    code: 'print(1)\u001b[2J',
    purpose: 'count',
    title: 'count.py',
    files: [],
  },
  'docker',
);
const range = { startLine: 0, startColumn: 0, endLine: 0, endColumn: 1 };
const report = (verdict: Verdict) => ({ verdict, findings: [] });
const { signal } = new AbortController();

describe('the terminal door', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-cli-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('shows escape sequences and direction marks instead of obeying them', () => {
    assert.equal(plainText('a\u001b]0;x\u0007\r\nb\tc\u202egpj.exe'), 'a\\x1b]0;x\\x07\nb\tc\\x202egpj.exe');
  });

  it('keeps its data where the platform keeps such things, or where it is told', () => {
    assert.equal(dataFolder({ GLOVEBOX_DATA: '/data/here' }, 'linux'), '/data/here');
    assert.equal(dataFolder({ HOME: '/home/ada' }, 'linux'), '/home/ada/.local/share/glovebox');
    assert.equal(dataFolder({ HOME: '/home/ada', XDG_DATA_HOME: '/xdg' }, 'linux'), '/xdg/glovebox');
    for (const elsewhere of ['', 'data', './data']) {
      const env = { HOME: '/home/ada', XDG_DATA_HOME: elsewhere };
      assert.equal(dataFolder(env, 'linux'), '/home/ada/.local/share/glovebox', 'no folder of the project');
    }
    assert.ok(path.isAbsolute(dataFolder({ HOME: '' }, 'linux')));
    assert.match(dataFolder({ HOME: '/Users/ada' }, 'darwin'), /Library.Application Support.Glovebox$/);
  });

  it('takes files under their own names and folders with their paths', async () => {
    await mkdir(path.join(folder, 'data', 'deep'), { recursive: true });
    await writeFile(path.join(folder, 'data', 'deep', 'b.csv'), 'xy');
    await writeFile(path.join(folder, 'a.csv'), 'x');
    const files = await inputFiles([path.join(folder, 'a.csv'), path.join(folder, 'data')]);
    assert.deepEqual(
      files.map(({ name, bytes }) => [name, bytes]),
      [
        ['a.csv', 1],
        ['data/deep/b.csv', 2],
      ],
    );
    const chunks: Uint8Array[] = [];
    for await (const chunk of files[1]?.open() ?? []) chunks.push(chunk);
    assert.equal(Buffer.concat(chunks).toString(), 'xy');
  });

  it('refuses inputs that are absent or have the same name', async () => {
    const file = path.join(folder, 'a.csv');
    await writeFile(file, 'x');
    await assert.rejects(inputFiles([path.join(folder, 'b.csv')]), /There is no file/);
    await assert.rejects(inputFiles([file, file]), /Two inputs would both be called a.csv/);
  });

  it('answers each line of a stream in order, also one that is not understood', async () => {
    const { printed, terminal } = recordingTerminal({
      stdin:
        '{"id":1,"code":"a"}\nnonsense\n\n{"id":"z"}\n{"id":5,"code":"x","language":"cobol"}\n{"id":{}}\n{"id":"b","code":"c"}',
    });
    const seen: string[] = [];
    await checkStream({ check: async (_language, code) => (seen.push(code), report('allow')) }, terminal);
    const lines = printed.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: unknown; verdict: string });
    assert.deepEqual(
      lines.map(({ id, verdict }) => [id, verdict]),
      [
        [1, 'allow'],
        [null, 'block'],
        ['z', 'block'],
        [5, 'block'],
        [null, 'block'],
        ['b', 'allow'],
      ],
    );
    assert.deepEqual(seen, ['a', 'c']);
  });

  it('checks the sources of a folder and leaves other files and packages out', async () => {
    for (const name of ['b.py', 'a.ts', 'c.jsx', 'd.tsx', 'notes.md', 'node_modules/x.js']) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), '');
    }
    const found: string[] = [];
    for await (const { file } of sourceFiles([folder])) found.push(path.relative(folder, file));
    assert.deepEqual(found, ['a.ts', 'b.py', 'c.jsx', 'd.tsx']);
  });

  it('refuses a timeout that is none', () => {
    assert.equal(parseTimeout('2.5'), 2500);
    for (const text of ['0', '-1', 'soon', '', 'Infinity'])
      assert.throws(() => parseTimeout(text), /--timeout takes seconds/);
  });

  it('asks on the terminal, and wants "run anyway" for blocked code', async () => {
    const decide = (verdict: Verdict, answers: string[]) => {
      const { terminal } = recordingTerminal({ answers });
      return terminalApprover(terminal, undefined).decide(proposal, report(verdict), signal);
    };
    assert.equal((await decide('allow', ['y'])).kind, 'run');
    assert.equal((await decide('allow', [''])).kind, 'reject');
    assert.equal((await decide('block', ['y'])).kind, 'reject');
    assert.deepEqual(await decide('block', ['run anyway']), {
      kind: 'run',
      hash: proposal.hash,
      by: 'person',
      inSpiteOfFindings: true,
    });
  });

  it('takes the typed command for the decision, and --approve for one in spite of any finding', async () => {
    const finding = { rule: 'r', severity: 'warn', range, message: '', route: [] } as const;
    const decide = (approve: boolean, verdict: Verdict) => {
      const findings = verdict === 'allow' ? [] : [finding];
      return decidedByTyping(approve).decide(proposal, { verdict, findings }, signal);
    };
    const run = { kind: 'run', hash: proposal.hash, by: 'person' };
    const insisted = { ...run, inSpiteOfFindings: true };
    assert.deepEqual(
      [await decide(false, 'allow'), await decide(true, 'allow'), await decide(false, 'warn')],
      [run, run, run],
    );
    assert.deepEqual([await decide(true, 'warn'), await decide(true, 'block')], [insisted, insisted]);
    assert.equal((await decide(false, 'block')).kind, 'reject');
  });

  it('rejects without a person, and --approve clean covers clean code only', async () => {
    const { printed, terminal } = recordingTerminal();
    assert.equal(
      (await terminalApprover(terminal, undefined).decide(proposal, report('allow'), signal)).kind,
      'reject',
    );
    assert.equal(
      (await terminalApprover(terminal, 'clean').decide(proposal, report('allow'), signal)).kind,
      'run',
    );
    assert.equal(
      (await terminalApprover(terminal, 'clean').decide(proposal, report('warn'), signal)).kind,
      'reject',
    );
    assert.equal(
      (await terminalApprover(terminal, 'all').decide(proposal, report('block'), signal)).kind,
      'run',
    );
    assert.equal(printed.err.includes('\u001b'), false);
  });

  it('says that nobody looked at what --approve lets run, and that all was insisted on beforehand', async () => {
    const { terminal } = recordingTerminal({ answers: ['y'] });
    const by = async (auto: 'clean' | 'all' | undefined, verdict: Verdict) => {
      const decision = await terminalApprover(terminal, auto).decide(proposal, report(verdict), signal);
      return decision.kind === 'run' ? [decision.by, decision.inSpiteOfFindings === true] : decision.kind;
    };
    assert.deepEqual(await by('clean', 'allow'), ['policy', false]);
    assert.deepEqual(await by('all', 'allow'), ['policy', false]);
    assert.deepEqual(await by('all', 'warn'), ['policy', false]);
    assert.deepEqual(await by('all', 'block'), ['person', true]);
    assert.deepEqual(await by(undefined, 'allow'), ['person', false]);
  });
});
