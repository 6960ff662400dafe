import * as z from 'zod/mini';
import { cardSchema } from './card.ts';
import { permissionSchema } from './permission.ts';

const list = <T extends z.core.SomeType>(item: T) => z.readonly(z.array(item));
const text = z.string();
const count = z.number();

export const usageSchema = z.object({
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  cacheWriteTokens: count,
  /** US dollars by the price list, where the price is known. */
  costUsd: z.exactOptional(count),
});

/** How full the model's window is after its last reply, in tokens. */
export const contextSchema = z.object({ used: count, window: count });

export const attachmentSchema = z.object({ name: text, bytes: count });
export type Attachment = z.infer<typeof attachmentSchema>;

export const entrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), id: text, text, files: list(attachmentSchema) }),
  z.object({
    kind: z.literal('assistant'),
    id: text,
    text,
    thinking: text,
    /** False while more may come. */
    complete: z.boolean(),
    usage: z.exactOptional(usageSchema),
  }),
  cardSchema,
  permissionSchema,
  z.object({
    kind: z.literal('notice'),
    id: text,
    text,
    about: z.exactOptional(z.enum(['retry'])),
    /** The request before it may be asked again. */
    retry: z.exactOptional(z.boolean()),
  }),
  z.object({ kind: z.literal('failure'), id: text, code: text, message: text }),
]);
export type Entry = z.infer<typeof entrySchema>;
export type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** What stands between the person and the first run. */
export const setupSchema = z.object({
  trusted: z.boolean(),
  /** `asking`: there is none, and the person is being asked for it. */
  key: z.enum(['present', 'missing', 'asking', 'unknown']),
  sandbox: z.object({
    state: z.enum(['ready', 'missing', 'unknown']),
    label: text,
    reason: z.exactOptional(text),
    /** It is missing, and the embedded one would be there. */
    embeddedInstead: z.exactOptional(z.boolean()),
    /** Whether a run of a session can be interrupted and leave the session as it is. */
    interrupts: z.exactOptional(z.boolean()),
  }),
  model: text,
});
export type Setup = z.infer<typeof setupSchema>;

export const conversationSummarySchema = z.object({
  id: text,
  title: text,
  at: count,
  /** Its runs share one sandbox that keeps its state, because the person said so. */
  keepsState: z.exactOptional(z.boolean()),
  /** Something in it waits for the person. */
  waits: z.exactOptional(z.boolean()),
  /** An answer runs in it, and nothing of it waits for the person. */
  works: z.exactOptional(z.boolean()),
  /** Names the workspace in whose window it began. */
  workspace: z.exactOptional(text),
});
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;

/** Everything that the page shows, except the draft and the scroll position, which are its own. */
export const chatStateSchema = z.object({
  conversation: conversationSummarySchema,
  conversations: list(conversationSummarySchema),
  /** How many conversations are older than those, and shown when they are asked for. */
  older: count,
  entries: list(entrySchema),
  attachments: list(attachmentSchema),
  /** Clean code of the conversation runs without asking, because the person said so in it. */
  unasked: z.boolean(),
  setup: setupSchema,
  busy: z.boolean(),
  usage: usageSchema,
  context: z.exactOptional(contextSchema),
});
export type ChatState = z.infer<typeof chatStateSchema>;
