import { kindNames, type GuaranteeId, type SandboxKind } from './guarantees.ts';
import type { Backend, SandboxInfo } from './run.ts';

/** What an attack on this machine showed of one guarantee. */
export type ProofState = 'proved' | 'failed' | 'not-provable' | 'not-given';

export interface Proof {
  readonly id: GuaranteeId;
  readonly what: string;
  readonly state: ProofState;
  /** What was tried, what got through, or why there is nothing to prove. */
  readonly detail: string;
}

export interface SelfTestReport {
  /** When it was made; milliseconds since the epoch. */
  readonly at: number;
  readonly sandbox: SandboxInfo;
  readonly proofs: readonly Proof[];
}

export const proofWords: Readonly<Record<ProofState, string>> = {
  proved: 'proved here',
  failed: 'FAILED',
  'not-provable': 'not provable here',
  'not-given': 'not given',
};

/** Begins the words about what is kept in part. */
export const inPart = 'in part: ';

/** What got through; empty when the sandbox holds. */
export function failures(report: SelfTestReport): readonly Proof[] {
  return report.proofs.filter(({ state }) => state === 'failed');
}

export function kindOf({ backend, runtime }: SandboxInfo): SandboxKind {
  return backend === 'docker' && /runsc|gvisor/i.test(runtime) ? 'gvisor' : backend;
}

export function backendOf(kind: SandboxKind): Backend {
  return kind === 'gvisor' ? 'docker' : kind;
}

/** The report as a page for people. */
export function selfTestPage(report: SelfTestReport): string {
  const { sandbox, proofs } = report;
  const failed = failures(report);
  const verdict =
    failed.length === 0
      ? 'Nothing that was tried got through.'
      : `**${failed.length} of the attacks got through. This sandbox is closed: nothing runs in it until a test holds.**`;
  const cell = (text: string): string => text.replace(/[|\n\r<>`[\]*_\\]/g, ' ');
  return [
    `# Self-test: ${kindNames[kindOf(sandbox)]}`,
    '',
    verdict,
    '',
    `${cell(sandbox.runtime)}, ${new Date(report.at).toLocaleString()}`,
    '',
    '| Guarantee | On this machine | How, or what is missing |',
    '| --- | --- | --- |',
    ...proofs.map(
      (proof) => `| ${proof.what} | ${stateOf(proof)} | ${cell(proof.detail.replace(inPart, ''))} |`,
    ),
    '',
    '*Proved here*: programs of ours tried to break it in this sandbox, and could not. *Not provable here*: kept, but',
    'no program of ours can show it. *Not given*: this sandbox does not promise it; choose another one for code',
    'that needs it.',
    '',
  ].join('\n');
}

/** What is promised in part can be proved in part alone. */
function stateOf({ state, detail }: Proof): string {
  return state === 'proved' && detail.startsWith(inPart) ? 'proved in part' : proofWords[state];
}
