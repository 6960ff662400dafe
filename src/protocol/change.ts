import * as z from 'zod/mini';
import { tailSchema, type Tail } from './card.ts';
import {
  attachmentSchema,
  contextSchema,
  conversationSummarySchema,
  entrySchema,
  setupSchema,
  usageSchema,
  type ChatState,
  type Entry,
} from './chatState.ts';

const text = z.string();

/** One step from a state to the next. Deltas are appended; nothing long is ever sent twice. */
export const changeSchema = z.discriminatedUnion('kind', [
  /** A new entry at the end, or the new form of the one with this id. */
  z.object({ kind: z.literal('entry'), entry: entrySchema }),
  z.object({ kind: z.literal('append'), id: text, field: z.enum(['text', 'thinking']), delta: text }),
  z.object({ kind: z.literal('output'), id: text, stream: z.enum(['stdout', 'stderr']), delta: tailSchema }),
  /** Takes away the entry with this id and all that follow. */
  z.object({ kind: z.literal('truncate'), id: text }),
  z.object({ kind: z.literal('remove'), id: text }),
  z.object({ kind: z.literal('attachments'), attachments: z.readonly(z.array(attachmentSchema)) }),
  z.object({ kind: z.literal('conversation'), conversation: conversationSummarySchema }),
  z.object({
    kind: z.literal('conversations'),
    conversations: z.readonly(z.array(conversationSummarySchema)),
    older: z.number(),
  }),
  z.object({ kind: z.literal('setup'), setup: setupSchema }),
  z.object({ kind: z.literal('busy'), busy: z.boolean() }),
  z.object({ kind: z.literal('unasked'), unasked: z.boolean() }),
  z.object({
    kind: z.literal('usage'),
    usage: usageSchema,
    context: z.exactOptional(contextSchema),
  }),
]);
export type Change = z.infer<typeof changeSchema>;

/** Characters of each stream that a card keeps; the output channel and the history have the rest. */
export const tailLength = 16_384;

/** Puts `delta` behind `tail` and keeps the last `tailLength` characters, never half a character. */
export function extendTail(tail: Tail, delta: Tail): Tail {
  const joined = delta.dropped > 0 ? delta.text : tail.text + delta.text;
  const before = tail.dropped + delta.dropped + (delta.dropped > 0 ? tail.text.length : 0);
  if (joined.length <= tailLength) return { text: joined, dropped: before };
  let start = joined.length - tailLength;
  const first = joined.charCodeAt(start);
  if (first >= 0xdc00 && first <= 0xdfff) start += 1;
  return { text: joined.slice(start), dropped: before + start };
}

/** Pure: host and page both take this step, so both end at the same state. */
export function applyChange(state: ChatState, change: Change): ChatState {
  switch (change.kind) {
    case 'entry':
    case 'append':
    case 'output':
    case 'truncate':
    case 'remove':
      return { ...state, entries: entriesAfter(state.entries, change) };
    case 'attachments':
      return { ...state, attachments: change.attachments };
    case 'conversation':
      return { ...state, conversation: change.conversation };
    case 'conversations':
      return { ...state, conversations: change.conversations, older: change.older };
    case 'setup':
      return { ...state, setup: change.setup };
    case 'busy':
      return { ...state, busy: change.busy };
    case 'unasked':
      return { ...state, unasked: change.unasked };
    case 'usage':
      return { ...state, ...usedBy(change) };
  }
}

/** What a count changes; without news of the context that stays as it is. */
export function usedBy({ usage, context }: Extract<Change, { kind: 'usage' }>) {
  return context === undefined ? { usage } : { usage, context };
}

/** The entries after a change; others than these leave them alone. */
export function entriesAfter(entries: readonly Entry[], change: Change): readonly Entry[] {
  switch (change.kind) {
    case 'entry':
      return withEntry(entries, change.entry);
    case 'append':
    case 'output':
      return withDelta(entries, change);
    case 'truncate': {
      const at = entries.findIndex((entry) => entry.id === change.id);
      return at < 0 ? entries : entries.slice(0, at);
    }
    case 'remove':
      return entries.filter((entry) => entry.id !== change.id);
    case 'attachments':
    case 'conversation':
    case 'conversations':
    case 'setup':
    case 'busy':
    case 'unasked':
    case 'usage':
      return entries;
  }
}

function withEntry(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  const at = entries.findLastIndex((other) => other.id === entry.id);
  return at < 0 ? [...entries, entry] : entries.with(at, entry);
}

function withDelta(
  entries: readonly Entry[],
  change: Extract<Change, { kind: 'append' | 'output' }>,
): readonly Entry[] {
  const at = entries.findLastIndex((entry) => entry.id === change.id);
  const entry = entries[at];
  if (entry === undefined) return entries;
  if (change.kind === 'append') {
    if (entry.kind !== 'assistant') return entries;
    return entries.with(at, { ...entry, [change.field]: entry[change.field] + change.delta });
  }
  if (entry.kind !== 'card') return entries;
  return entries.with(at, { ...entry, [change.stream]: extendTail(entry[change.stream], change.delta) });
}
