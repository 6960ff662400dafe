import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Decision } from '../../core/decision.ts';
import type { Report } from '../../core/finding.ts';
import type { Approver } from '../../core/ports.ts';
import type { Proposal } from '../../core/proposal.ts';
import { exactCode, exactLine, exactPurpose } from '../plainText.ts';
import { findingText } from '../runReport.ts';

const insists = 'run anyway';
/** As long as a person may take; the protocol wants some limit. */
const patienceMs = 24 * 3600 * 1000;

/** Puts code and findings to the person through the client, by what the protocol calls elicitation. */
export function elicitingApprover(server: McpServer, cleanRuns: boolean): Approver {
  return {
    async decide(proposal, report, signal): Promise<Decision> {
      const blocked = report.verdict === 'block';
      if (cleanRuns && report.verdict === 'allow') return { kind: 'run', hash: proposal.hash, by: 'policy' };
      if (server.server.getClientCapabilities()?.elicitation === undefined) return nobodyToAsk(blocked);
      const choices = [blocked ? insists : 'run', 'reject'];
      const answer = await server.server
        .elicitInput(
          {
            message: questionText(proposal, report),
            requestedSchema: {
              type: 'object',
              properties: {
                decision: { type: 'string', title: 'Decision', enum: choices },
                reason: { type: 'string', title: 'Reason for a rejection; the model reads it' },
              },
              required: ['decision'],
            },
          },
          { signal, timeout: patienceMs },
        )
        .catch(() => undefined);
      if (answer?.action !== 'accept') return { kind: 'reject', reason: 'The person did not approve this.' };
      if (answer.content?.['decision'] === choices[0])
        return { kind: 'run', hash: proposal.hash, by: 'person', inSpiteOfFindings: blocked };
      const reason = answer.content?.['reason'];
      return {
        kind: 'reject',
        reason: typeof reason === 'string' && reason !== '' ? reason : 'The person said no.',
      };
    },
  };
}

function nobodyToAsk(blocked: boolean): Decision {
  const rest = blocked
    ? 'The validator blocked this code; such code runs only when a person insists.'
    : 'Start `glovebox mcp --approve clean` to let run unasked what the validator neither blocks nor warns of.';
  return { kind: 'reject', reason: `This client can't ask the person (it has no elicitation). ${rest}` };
}

/**
 * All that the person has to see: hostile text is written out and never obeyed, nothing of it is hidden,
 * and none of it can pass for a line of ours. The code comes last, after the number of its lines.
 */
function questionText(proposal: Proposal, report: Report): string {
  const lines = proposal.code.split('\n').length;
  const files = proposal.files.map(({ name }) => exactLine(name)).join(', ');
  return [
    `Run this ${proposal.language} in the sandbox? It is ${lines === 1 ? 'one line' : `${lines} lines`} of code, at the end of this.`,
    `What it says it is for: ${exactPurpose(proposal.purpose)}`,
    `It can read: ${files === '' ? 'no files' : files}`,
    ...report.findings.map((finding) => findingText(proposal.title, finding).trimEnd()),
    'The code:',
    exactCode(proposal.code),
  ].join('\n');
}
