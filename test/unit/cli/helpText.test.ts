import assert from 'node:assert/strict';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { checkStream } from '../../../src/cli/checkStream.ts';
import { exitStatus } from '../../../src/cli/exitStatus.ts';
import { takeGlobalFlags } from '../../../src/cli/globalFlags.ts';
import { helpText } from '../../../src/cli/helpText.ts';
import { elicitingApprover } from '../../../src/cli/mcp/elicitingApprover.ts';
import { skippedFolders } from '../../../src/cli/sourceFiles.ts';
import { terminalApprover } from '../../../src/cli/terminalApprover.ts';
import { verdicts } from '../../../src/core/finding.ts';
import { propose } from '../../../src/pipeline/propose.ts';
import { settingTable } from '../../../src/settings/settingTable.ts';
import { recordingTerminal } from '../../support/recordingTerminal.ts';

/** The help as one line of words. */
const words = helpText.replace(/\s+/g, ' ');

describe('the help of the terminal', () => {
  it('shows a line that the stream of programs takes, and what its answers have', async () => {
    const example = /^ *(\{"id": 1.*\})$/m.exec(helpText)?.[1] ?? '';
    const { terminal, printed } = recordingTerminal({ stdin: example });
    const seen: string[] = [];
    const check = async (language: string, code: string) => {
      seen.push(language, code);
      return { verdict: 'allow', findings: [] } as const;
    };
    await checkStream({ check }, terminal);
    assert.deepEqual(seen, ['python', 'print(1)']);
    const keys = Object.keys(JSON.parse(printed.out) as object).map((key) => `"${key}"`);
    assert.ok(words.includes(`a line of {${keys.join(', ')}}`), printed.out);
  });

  it('says what each --approve of ask lets run', async () => {
    const draft = {
      id: 'p',
      origin: 'agent',
      language: 'python',
      code: '1',
      purpose: '',
      title: '',
    } as const;
    const proposal = propose({ ...draft, files: [] }, 'docker');
    const unasked = async (approve: 'clean' | 'all') => {
      const runs: string[] = [];
      for (const verdict of verdicts) {
        const approver = terminalApprover(recordingTerminal().terminal, approve);
        const never = new AbortController().signal;
        const { kind } = await approver.decide(proposal, { verdict, findings: [] }, never);
        if (kind === 'run') runs.push(verdict);
      }
      return runs;
    };
    assert.deepEqual(await unasked('clean'), ['allow']);
    assert.match(words, / clean runs unasked what the validator neither blocks nor warns of;/);
    assert.deepEqual(await unasked('all'), ['allow', 'warn', 'block']);
    assert.match(words, / all runs everything, blocked code too, still in the sandbox\./);
  });

  it('offers --approve clean of mcp in the same words to a client that can not ask', async () => {
    const draft = { id: 'p', origin: 'mcp', language: 'python', code: '1', purpose: '', title: '' } as const;
    const proposal = propose({ ...draft, files: [] }, 'docker');
    const server = { server: { getClientCapabilities: () => ({}) } } as unknown as McpServer;
    const report = { verdict: 'warn', findings: [] } as const;
    const never = new AbortController().signal;
    const decision = await elicitingApprover(server, false).decide(proposal, report, never);
    const what = 'unasked what the validator neither blocks nor warns of.';
    assert.ok(decision.kind === 'reject' && decision.reason?.includes(what), JSON.stringify(decision));
    assert.ok(words.includes(`--approve clean runs ${what}`));
  });

  it('names what a folder is checked without, and every exit status', () => {
    for (const folder of skippedFolders) assert.ok(words.includes(folder), folder);
    const stated = words.slice(words.indexOf('Exit status:'));
    for (const [name, status] of Object.entries(exitStatus))
      assert.match(stated, new RegExp(`[ ,]${status} `), name);
  });

  it('names flags and settings that there are', () => {
    for (const flag of [
      '--sandbox=wasm',
      '--base-url=http://a.b',
      '--preset=strict',
      '--policy=a',
      '--settings=a',
    ])
      assert.ok(takeGlobalFlags([flag]).rest.length === 0 && words.includes(flag.split('=')[0] ?? ''), flag);
    const named = [...words.matchAll(/\bglovebox\.([\w.]+\w)/g)].map((match) => match[1] ?? '');
    assert.ok(named.length > 1);
    for (const name of named) assert.ok(name in settingTable, name);
  });
});
