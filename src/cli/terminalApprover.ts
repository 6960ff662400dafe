import type { Decision } from '../core/decision.ts';
import type { Report } from '../core/finding.ts';
import type { Approver } from '../core/ports.ts';
import { oneByOne } from '../core/oneByOne.ts';
import type { Proposal } from '../core/proposal.ts';
import { exactCode, exactLine, exactPurpose } from './plainText.ts';
import { findingText } from './runReport.ts';
import { nobodyToAsk, type Terminal } from './terminal.ts';

/** `--approve` of `ask`: what runs without a question. */
export type AutoApproval = 'clean' | 'all' | undefined;

/** Shows code and findings and asks on the terminal, one program after the other, unless `--approve` has decided. */
export function terminalApprover(terminal: Terminal, auto: AutoApproval): Approver {
  // A model may propose several at once, and one answer is for the one program above it.
  const inTurn = oneByOne();
  return {
    decide: (proposal, report, signal) => inTurn(async () => decide(proposal, report, signal)),
  };

  async function decide(proposal: Proposal, report: Report, signal: AbortSignal): Promise<Decision> {
    if (signal.aborted) return { kind: 'reject', reason: 'It was stopped.' };
    show(terminal, proposal, report);
    const beforehand = saidBeforehand(proposal, report, auto);
    if (beforehand !== undefined) return beforehand;
    if (terminal.question === undefined) {
      return {
        kind: 'reject',
        reason: `${nobodyToAsk}, and --approve does not cover this.`,
      };
    }
    const blocked = report.verdict === 'block';
    const text = blocked
      ? 'The validator BLOCKS this code. Type "run anyway" to run it in the sandbox in spite of that: '
      : 'Run this in the sandbox? [y/N] ';
    const answer = await terminal.question(text, signal).catch(() => '');
    const yes = blocked ? answer.trim() === 'run anyway' : /^y(es)?$/i.test(answer.trim());
    return yes ? run(proposal, blocked) : { kind: 'reject', reason: 'The person said no.' };
  }
}

/** Nobody has looked at what runs so. Only who asked for `all` has insisted, on whatever is blocked too. */
function saidBeforehand(proposal: Proposal, { verdict }: Report, auto: AutoApproval): Decision | undefined {
  if (auto === undefined || (auto === 'clean' && verdict !== 'allow')) return undefined;
  return verdict === 'block' ? run(proposal, true) : { kind: 'run', hash: proposal.hash, by: 'policy' };
}

function run(proposal: Proposal, inSpiteOfFindings: boolean): Decision {
  return { kind: 'run', hash: proposal.hash, by: 'person', inSpiteOfFindings };
}

function show(terminal: Terminal, proposal: Proposal, report: Report): void {
  const purpose = exactPurpose(proposal.purpose);
  terminal.err(`\nProposed ${proposal.language}: ${purpose}\n${exactCode(proposal.code)}\n`);
  if (proposal.files.length > 0) {
    terminal.err(`  reads ${proposal.files.map(({ name }) => exactLine(name)).join(', ')}\n`);
  }
  for (const finding of report.findings) terminal.err(findingText(proposal.title, finding));
}
