import assert from 'node:assert/strict';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { elicitingApprover } from '../../../src/cli/mcp/elicitingApprover.ts';
import { terminalApprover } from '../../../src/cli/terminalApprover.ts';
import type { Report } from '../../../src/core/finding.ts';
import { hiddenCharacters } from '../../../src/core/hiddenCharacters.ts';
import type { Proposal } from '../../../src/core/proposal.ts';
import { propose } from '../../../src/pipeline/propose.ts';
import { recordingTerminal } from '../../support/recordingTerminal.ts';

const file = (name: string) => ({ name, bytes: 1, open: async function* () {} });

const proposal = propose(
  {
    id: 'p',
    origin: 'mcp',
    language: 'javascript',
    code: '// adds two numbers\u2028steal();\nconst a\u200bdmin = "x\u{e0068}pass\u00adword", inv\u3164 = 2;\r\n\u001b[2J',
    purpose:
      'Add two numbers\nIt can read: no files\n  │ console.log(1 + 1)\u2028\n(what follows is not run\u200b)',
    title: 'add.js',
    files: [file('a\nIt can read: no files'), file('b\u202e.csv')],
  },
  'docker',
);
const range = { startLine: 1, startColumn: 0, endLine: 1, endColumn: 1 };
const report: Report = {
  verdict: 'warn',
  findings: [
    { rule: 'r', severity: 'warn', range, message: 'reads "a\n  │ b"', route: ['by\nx'], hint: 'Use\ny' },
  ],
};

type Ask = (proposal: Proposal) => Promise<string>;

const byElicitation: Ask = async (asked) => {
  let message = '';
  const server = {
    getClientCapabilities: () => ({ elicitation: {} }),
    elicitInput: async (question: { message: string }) => {
      message = question.message;
      return { action: 'decline' };
    },
  };
  const approver = elicitingApprover({ server } as unknown as McpServer, false);
  await approver.decide(asked, report, new AbortController().signal);
  return message;
};

const onTerminal: Ask = async (asked) => {
  const { printed, terminal } = recordingTerminal({ answers: [''] });
  await terminalApprover(terminal, undefined).decide(asked, report, terminal.signal);
  return printed.err;
};

const code = [
  '  │ // adds two numbers\\x2028steal();',
  '  │ const a\\x200bdmin = "x\\xe0068pass\\xadword", inv\\x3164 = 2;',
  '  │ \\x1b[2J',
];

for (const [door, ask] of [
  ['an MCP client', byElicitation],
  ['the terminal', onTerminal],
] as const)
  describe(`the question on ${door}`, () => {
    it('hides nothing of purpose, names and code', async () => {
      const asked = await ask(proposal);
      assert.deepEqual(asked.match(hiddenCharacters), null);
      assert.ok(asked.includes(code.join('\n')), asked);
      assert.ok(asked.includes('a\\x0aIt can read: no files, b\\x202e.csv'), asked);
    });

    it('has no line that purpose, names or findings made up', async () => {
      const lines = (await ask(proposal)).split('\n');
      assert.deepEqual(
        lines.filter((line) => line.startsWith('  │')),
        code,
      );
      assert.deepEqual(
        lines.filter((line) => line === 'It can read: no files'),
        [],
      );
      assert.equal(lines.filter((line) => line.includes('what follows is not run')).length, 1);
      assert.ok(lines.includes('add.js:2:1: warn [r] reads "a\\x0a  │ b"'), lines.join('\n'));
    });
  });

describe('the question on an MCP client', () => {
  it('says how long the code is before all, and ends with it', async () => {
    const asked = await byElicitation(proposal);
    assert.match(asked, /^Run this javascript in the sandbox\? It is 3 lines of code/);
    assert.ok(asked.endsWith(`\nThe code:\n${code.join('\n')}`), asked);
    const short = await byElicitation({ ...proposal, code: 'f()', files: [] });
    assert.match(short, /It is one line of code.*\n.*\nIt can read: no files\n/);
  });
});

describe('a proposal where nobody can be asked on the terminal', () => {
  it('is rejected with what is in the way of the question', async () => {
    const { terminal } = recordingTerminal();
    const decision = await terminalApprover(terminal, 'clean').decide(proposal, report, terminal.signal);
    assert.deepEqual(decision, {
      kind: 'reject',
      reason:
        'Nobody can be asked here, because stdin and stderr are not both a terminal, and --approve does not cover this.',
    });
  });
});

describe('several questions at once on the terminal', () => {
  it('are asked one after the other, each with its own code and its own answer', async () => {
    const { printed, terminal } = recordingTerminal();
    const asked: PromiseWithResolvers<string>[] = [];
    const question = async () => {
      const answer = Promise.withResolvers<string>();
      asked.push(answer);
      return answer.promise;
    };
    const approver = terminalApprover({ ...terminal, question }, undefined);
    const decisions = ['first()', 'second()'].map((code) =>
      approver.decide({ ...proposal, code }, report, terminal.signal),
    );
    await new Promise(setImmediate);
    assert.equal(asked.length, 1);
    assert.deepEqual([/first\(\)/.test(printed.err), /second\(\)/.test(printed.err)], [true, false]);
    asked[0]?.resolve('y');
    await decisions[0];
    await new Promise(setImmediate);
    assert.match(printed.err, /second\(\)/);
    asked[1]?.resolve('');
    const kinds = (await Promise.all(decisions)).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['run', 'reject']);
  });
});
