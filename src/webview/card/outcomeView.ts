import type { Card, CardOutcome } from '../../protocol/card.ts';
import { endingWords } from '../../protocol/endingWords.ts';
import { button, element } from '../element.ts';
import type { IconName } from '../icons.ts';
import { bytes, duration } from '../quantity.ts';
import { figures } from './figures.ts';

export interface OutcomeActions {
  readonly openHistory: (runId: string) => void;
  readonly openOutput: () => void;
  readonly openFullOutput: (runId: string, stream: 'stdout' | 'stderr') => void;
  readonly rerun: (runId: string) => void;
  readonly fetchPackage: () => void;
}

/** How a run ended: one line of words, one of figures, and where to see more. */
export function outcomeView(card: Card, actions: OutcomeActions): readonly Node[] {
  const { outcome } = card;
  if (outcome === undefined || card.status === 'rejected') return [];
  return [
    outcome.value === undefined
      ? undefined
      : element('pre', { class: 'output', testid: 'value', text: outcome.value }),
    outcome.message === undefined || repeats(outcome.message, card)
      ? undefined
      : element('p', { text: outcome.message }),
    ...outcome.notices.map((notice) => element('p', { class: 'quiet', text: notice })),
    outcome.missingPackage === undefined
      ? undefined
      : element(
          'div',
          { class: 'buttons' },
          button({
            label: `Fetch ${outcome.missingPackage}`,
            class: 'primary',
            testid: 'fetch-package',
            press: actions.fetchPackage,
          }),
        ),
    truncation(outcome),
    element('div', {
      class: 'metrics',
      testid: 'metrics',
      text: figures(outcome).join(' · '),
      ...(outcome.sandbox.reason === undefined ? {} : { title: `Why there: ${outcome.sandbox.reason}` }),
    }),
    element(
      'div',
      { class: 'buttons' },
      button({
        label: 'Open in history',
        class: 'quiet-button',
        testid: 'open-run',
        press: () => actions.openHistory(outcome.runId),
      }),
      button({
        label: 'Run again',
        class: 'quiet-button',
        testid: 'rerun',
        press: () => actions.rerun(outcome.runId),
      }),
      button({
        label: 'Output channel',
        class: 'quiet-button',
        testid: 'open-output',
        press: actions.openOutput,
      }),
      ...(outcome.fullOutput ?? []).map((stream) =>
        button({
          label: `Open all of ${stream}`,
          class: 'quiet-button',
          testid: 'open-full-output',
          press: () => actions.openFullOutput(outcome.runId, stream),
        }),
      ),
    ),
  ].filter((node) => node !== undefined);
}

/** Where a proposal stands, as a badge says it. */
export function statusBadge(card: Card): { text: string; tone: string; icon: IconName } {
  const words = endingWords('rejected');
  switch (card.status) {
    case 'drafting':
      return { text: 'Writing code…', tone: 'busy', icon: 'edit' };
    case 'waiting':
      return card.verdict === 'block'
        ? { text: 'Blocked by the validator', tone: 'bad', icon: 'shield' }
        : { text: 'Waiting for your decision', tone: 'wait', icon: 'shield' };
    case 'starting':
      return { text: card.progress ?? 'Starting the sandbox…', tone: 'busy', icon: 'play' };
    case 'running':
      return { text: 'Running…', tone: 'busy', icon: 'play' };
    case 'rejected':
      return { text: card.reason ? `${words}: ${card.reason}` : words, tone: 'quiet', icon: 'close' };
    case 'lapsed':
      return { text: 'Ended without a result', tone: 'quiet', icon: 'info' };
    case 'ended':
      return ended(card.outcome);
  }
}

function ended(outcome: CardOutcome | undefined): { text: string; tone: string; icon: IconName } {
  if (outcome === undefined) return { text: 'Ended', tone: 'quiet', icon: 'info' };
  const words = endingWords(outcome.status);
  if (outcome.interrupted === true) return { text: endingWords('interrupted'), tone: 'quiet', icon: 'stop' };
  const bad = { tone: 'bad', icon: 'error' } as const;
  switch (outcome.status) {
    case 'ok':
      return { text: words, tone: 'good', icon: 'check' };
    case 'error':
      return { text: `${words} with exit code ${outcome.exitCode ?? '?'}`, ...bad };
    case 'timeout':
      return { text: `${words} (${duration(outcome.metrics.wallMs)})`, ...bad };
    case 'oom':
    case 'output-limit':
    case 'blocked':
    case 'unavailable':
      return { text: words, ...bad };
    case 'killed':
      return { text: `${words}${outcome.signal === null ? '' : ` by ${outcome.signal}`}`, ...bad };
    case 'cancelled':
      return { text: words, tone: 'quiet', icon: 'close' };
  }
}

/** Says no more than the badge above it. */
function repeats(message: string, card: Card): boolean {
  return message.replace(/\.$/, '') === statusBadge(card).text;
}

function truncation({ truncated, outputBytes }: CardOutcome): Node | undefined {
  const cut = (['stdout', 'stderr'] as const).filter((stream) => truncated[stream]);
  if (cut.length === 0) return undefined;
  const parts = cut.map((stream) => `${stream} (${bytes(outputBytes[stream])} in all)`);
  return element('p', { class: 'quiet', text: `Shortened: ${parts.join(', ')}.` });
}
