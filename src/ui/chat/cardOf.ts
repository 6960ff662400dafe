import type { Decision, Unsuited } from '../../core/decision.ts';
import type { Report } from '../../core/finding.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { Artifact, OutputStream, RunEvent, RunResult } from '../../core/run.ts';
import type { Card, CardArtifact, CardOutcome, Tail } from '../../protocol/card.ts';
import { extendTail, tailLength } from '../../protocol/change.ts';
import { cutWhole, exactLine, neutralLine } from '../output/controlText.ts';
import type { OutputCleaner } from './outputCleaner.ts';

const emptyTail = { text: '', dropped: 0 };

/** The card of a tool call of which only the id is known. */
export function draftCard(id: string): Card {
  return {
    kind: 'card',
    id,
    title: '',
    purpose: '',
    language: '',
    code: '',
    hash: '',
    files: [],
    verdict: 'allow',
    findings: [],
    status: 'drafting',
    stdout: emptyTail,
    stderr: emptyTail,
    artifacts: [],
  };
}

/** A card that waits for a decision on exactly this proposal. */
export function waitingCard(proposal: Proposal, report: Report): Card {
  return {
    ...draftCard(proposal.id),
    title: neutralLine(proposal.title),
    purpose: neutralLine(proposal.purpose, 500),
    language: proposal.language,
    code: proposal.code,
    hash: proposal.hash,
    ...(proposal.editedFrom === undefined ? {} : { edited: true }),
    files: proposal.files.map(({ name, bytes }) => ({
      name: exactLine(name),
      bytes,
      asked: proposal.unattachedFiles?.includes(name) ?? false,
    })),
    verdict: report.verdict,
    findings: report.findings.slice(0, 200).map((finding) => ({
      ...finding,
      message: neutralLine(finding.message, 500),
      route: finding.route.slice(0, 20).map((step) => neutralLine(step)),
    })),
    status: 'waiting',
  };
}

/** The card of a proposal of which a changed copy is open in the editor, or no longer. */
export function editingCard({ editing: _, ...card }: Card, changed: boolean): Card {
  return changed ? { ...card, editing: true } : card;
}

/** The card after a decision. One that is past its decision stays as it is. */
export function decidedCard(card: Card, decision: Decision | Unsuited): Card {
  if (card.status !== 'waiting' && card.status !== 'drafting') return card;
  switch (decision.kind) {
    case 'edit':
    // Its result says all there is to say.
    case 'unsuited':
      return card;
    case 'reject':
      return { ...card, status: 'rejected', reason: decision.reason ?? '' };
    case 'run': {
      const approval = decision.inSpiteOfFindings === true ? 'insisted' : decision.by;
      return { ...card, status: 'starting', approval };
    }
  }
}

/** The card after an event of its run; output has its own way. */
export function runningCard(
  card: Card,
  event: Exclude<RunEvent, { kind: 'output' }>,
  cleaner: OutputCleaner,
): Card {
  switch (event.kind) {
    case 'progress':
      return { ...card, status: 'starting', progress: neutralLine(event.message) };
    case 'started': {
      const { progress: _, ...rest } = card;
      return { ...rest, status: 'running' };
    }
    case 'artifact':
      return { ...card, artifacts: withArtifact(card.artifacts, event.artifact) };
    case 'finished':
      return endedCard(cleaner.completed(card), event.result, (text) => cleaner.whole(text));
  }
}

function endedCard(card: Card, result: RunResult, clean: (text: string) => string): Card {
  const { progress: _, ...rest } = card;
  const shown = card.stdout.text !== '' || card.stderr.text !== '';
  // A run that gave its output only at the end is shown all the same, and one that gave too much by both ends.
  const output = (stream: OutputStream): Tail =>
    shown && card[stream].dropped === 0 ? card[stream] : bothEnds(clean(result[stream]));
  return {
    ...rest,
    status: card.status === 'rejected' ? 'rejected' : 'ended',
    outcome: outcomeOf(result, clean),
    artifacts: result.artifacts.reduce(withArtifact, card.artifacts),
    stdout: output('stdout'),
    stderr: output('stderr'),
  };
}

/** Of what is too long for a card its beginning and, more of it, its end. */
function bothEnds(text: string): Tail {
  if (text.length <= tailLength) return { text, dropped: 0 };
  const head = cutWhole(text, tailLength / 4);
  const tail = extendTail(emptyTail, { text: text.slice(-tailLength / 2), dropped: 0 }).text;
  const left = (text.length - head.length - tail.length).toLocaleString('en');
  return { text: `${head}\n… ${left} characters are not shown here …\n${tail}`, dropped: 0 };
}

function withArtifact(artifacts: readonly CardArtifact[], { name, mime, bytes }: Artifact) {
  const others = artifacts.filter((other) => other.name !== name);
  return [...others, { name, mime, bytes }];
}

function outcomeOf(result: RunResult, clean: (text: string) => string): CardOutcome {
  const { backend, runtime, image, reason } = result.sandbox;
  return {
    runId: result.runId,
    status: result.status,
    exitCode: result.exitCode,
    signal: result.signal,
    ...(result.interrupted === undefined ? {} : { interrupted: result.interrupted }),
    truncated: result.truncated,
    outputBytes: result.outputBytes,
    ...(result.fullOutput === undefined ? {} : { fullOutput: result.fullOutput.map((file) => file.stream) }),
    notices: result.notices.map((notice) => neutralLine(notice, 500)),
    ...(result.missingPackage === undefined
      ? {}
      : { missingPackage: neutralLine(result.missingPackage, 80) }),
    metrics: result.metrics,
    sandbox: {
      backend,
      runtime,
      image,
      ...(reason === undefined ? {} : { reason: neutralLine(reason, 300) }),
    },
    ...(result.value === undefined ? {} : { value: clean(result.value).slice(0, 4000) }),
    ...(result.message === undefined ? {} : { message: neutralLine(clean(result.message), 1000) }),
  };
}
