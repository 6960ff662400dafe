import type { AgentEvent } from '../../core/agent.ts';
import { addUsage, type Usage } from '../../core/usage.ts';
import type { Card } from '../../protocol/card.ts';
import type { Change } from '../../protocol/change.ts';
import type { Entry, EntryOf } from '../../protocol/chatState.ts';
import type { PermissionCard } from '../../protocol/permission.ts';
import { answeredCard, askedCard, changedCard } from '../permissions/permissionCard.ts';
import { decidedCard, draftCard, runningCard, waitingCard } from './cardOf.ts';
import type { OutputCleaner } from './outputCleaner.ts';

/** The conversation as the next event finds it. */
export interface TurnView {
  readonly entries: readonly Entry[];
  readonly usage: Usage;
  /** Entries from here on are void when the reply is retracted. */
  readonly mark: number;
  readonly newId: () => string;
  readonly cleaner: OutputCleaner;
}

/** Pure but for the ids and what the cleaner holds back: what an event of the agent changes on the screen. */
export function changesOf(event: AgentEvent, turn: TurnView): readonly Change[] {
  switch (event.kind) {
    case 'text':
    case 'thinking':
      return said(event.kind, event.delta, turn);
    case 'retracted': {
      const first = turn.entries[turn.mark];
      return first === undefined ? [] : [{ kind: 'truncate', id: first.id }];
    }
    case 'drafting':
      return [...closed(turn), entry(draftCard(event.proposalId))];
    case 'proposed':
      return [...closed(turn), entry(waitingCard(event.proposal, event.report))];
    case 'decided':
      return onCard(turn, event.proposalId, (card) => decidedCard(card, event.decision));
    case 'run': {
      const run = event.event;
      if (run.kind !== 'output')
        return onCard(turn, event.proposalId, (card) => runningCard(card, run, turn.cleaner));
      const text = turn.cleaner.piece(event.proposalId, run.stream, run.text);
      if (text === '') return [];
      return [{ kind: 'output', id: event.proposalId, stream: run.stream, delta: { text, dropped: 0 } }];
    }
    case 'ran':
      return onCard(turn, event.proposalId, (card) =>
        runningCard(card, { kind: 'finished', result: event.result }, turn.cleaner),
      );
    case 'asked':
      return [...closed(turn), entry(askedCard(event.request))];
    case 'answered':
      return onPermission(turn, event.requestId, (card) => answeredCard(card, event.answer));
    case 'changed':
      return onPermission(turn, event.requestId, (card) => changedCard(card, event.result));
    case 'notice':
      return [...closed(turn), noticed(event, turn)];
    case 'usage':
      return used(event, turn);
    case 'failed':
      return [
        ...closed(turn),
        entry({ kind: 'failure', id: turn.newId(), code: event.code, message: event.message }),
      ];
    case 'done':
      return closed(turn);
  }
}

const entry = (value: Entry): Change => ({ kind: 'entry', entry: value });

function noticed({ message, about }: Extract<AgentEvent, { kind: 'notice' }>, turn: TurnView): Change {
  const last = turn.entries.at(-1);
  const replaces = last?.kind === 'notice' && about !== undefined && last.about === about;
  return entry({
    kind: 'notice',
    id: replaces ? last.id : turn.newId(),
    text: message,
    ...(about === undefined ? {} : { about }),
  });
}

function openAnswer(turn: TurnView): EntryOf<'assistant'> | undefined {
  const last = turn.entries.at(-1);
  return last?.kind === 'assistant' && !last.complete ? last : undefined;
}

function said(field: 'text' | 'thinking', delta: string, turn: TurnView): readonly Change[] {
  const open = openAnswer(turn);
  // Thinking after text is a new thought: it gets its own place below.
  if (open !== undefined && !(field === 'thinking' && open.text !== ''))
    return [{ kind: 'append', id: open.id, field, delta }];
  const blank = { kind: 'assistant', id: turn.newId(), text: '', thinking: '', complete: false } as const;
  return [...closed(turn), entry({ ...blank, [field]: delta })];
}

function closed(turn: TurnView): readonly Change[] {
  const open = openAnswer(turn);
  return open === undefined ? [] : [entry({ ...open, complete: true })];
}

function used({ usage, context }: Extract<AgentEvent, { kind: 'usage' }>, turn: TurnView): readonly Change[] {
  const total: Change = {
    kind: 'usage',
    usage: addUsage(turn.usage, usage),
    ...(context === undefined ? {} : { context }),
  };
  const answer = turn.entries.slice(turn.mark).findLast((other) => other.kind === 'assistant');
  return answer === undefined ? [total] : [total, entry({ ...answer, complete: true, usage })];
}

function onPermission(
  turn: TurnView,
  id: string,
  step: (card: PermissionCard) => PermissionCard,
): readonly Change[] {
  const card = turn.entries.findLast((other) => other.id === id);
  if (card?.kind !== 'permission') return [];
  const next = step(card);
  return next === card ? [] : [entry(next)];
}

function onCard(turn: TurnView, id: string, step: (card: Card) => Card): readonly Change[] {
  const card = turn.entries.findLast((other) => other.id === id);
  if (card?.kind !== 'card') return [];
  const next = step(card);
  return next === card ? [] : [entry(next)];
}
