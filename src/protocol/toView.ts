import * as z from 'zod/mini';
import { changeSchema } from './change.ts';
import { completionSchema } from './completion.ts';
import { chatStateSchema, conversationSummarySchema } from './chatState.ts';

/** Host and page of another version do not understand each other; the page then asks for a reload. */
export const protocolVersion = 6;

/** What the host tells the page. `seq` counts up by one; a gap makes the page ask for a snapshot. */
export const toViewSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('snapshot'),
    version: z.number(),
    seq: z.number(),
    state: chatStateSchema,
  }),
  z.object({ kind: z.literal('patch'), seq: z.number(), changes: z.readonly(z.array(changeSchema)) }),
  /** Answers `complete`; outside of the sequence, for it belongs to the draft. */
  z.object({
    kind: z.literal('completions'),
    token: z.number(),
    items: z.readonly(z.array(completionSchema)),
  }),
  /** Answers `findConversations`. */
  z.object({
    kind: z.literal('found'),
    token: z.number(),
    conversations: z.readonly(z.array(conversationSummarySchema)),
  }),
  /** Puts text into the composer, e.g. from "Ask about selection". Comes again until `composed` answers it. */
  z.object({
    kind: z.literal('compose'),
    id: z.string(),
    text: z.string(),
    /** Stands for itself, so an empty line parts it from what is written there already. */
    apart: z.boolean(),
    /** Whether the person goes on there; what is only given back leaves the focus where it is. */
    focus: z.boolean(),
  }),
]);
export type ToView = z.infer<typeof toViewSchema>;
