import { firstCode, type Decider, type FinalDecision } from '../../core/decision.ts';
import { neutralLine } from './controlText.ts';

/** Who decided and how, and whose code it was. */
export function decisionText(decision: FinalDecision): string {
  const edited = firstCode(decision) !== undefined;
  switch (decision.kind) {
    case 'reject': {
      const reason = decision.reason === undefined ? '' : ` ${neutralLine(decision.reason, 400)}`;
      return `${edited ? 'Edited by a person, then rejected' : 'Rejected'}.${reason}`;
    }
    case 'unsuited':
      return `Nobody was asked. ${neutralLine(decision.reason, 400)}`;
    case 'run': {
      const insisted = decision.inSpiteOfFindings === true ? ', in spite of the findings' : '';
      return `${approval(decision.by, edited)}${insisted}`;
    }
  }
}

function approval(by: Decider, edited: boolean): string {
  if (by !== 'policy') {
    const scope = by === 'conversation' ? ', for all clean code of the chat' : '';
    return `${edited ? 'Edited and approved' : 'Approved'} by a person${scope}`;
  }
  return edited ? 'Edited by a person and let through by the policy' : 'Let through by the policy';
}
