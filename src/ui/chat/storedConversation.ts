import * as z from 'zod/mini';
import { noUsage } from '../../core/usage.ts';
import {
  contextSchema,
  conversationSummarySchema,
  entrySchema,
  usageSchema,
} from '../../protocol/chatState.ts';

const artifactSchema = z.object({
  name: z.string(),
  mime: z.string(),
  bytes: z.number(),
  path: z.string(),
});

/** The form in which a conversation is kept; another version is not read. */
export const storedConversationSchema = z.object({
  version: z.literal(1),
  /** Another one with every writing, so that a window sees when another one wrote. */
  stamp: z.exactOptional(z.string()),
  conversation: conversationSummarySchema,
  entries: z.readonly(z.array(entrySchema)),
  usage: usageSchema,
  context: z.exactOptional(contextSchema),
  artifacts: z.readonly(z.array(z.object({ key: z.string(), artifact: artifactSchema }))),
});
export type StoredConversation = z.infer<typeof storedConversationSchema>;

/** A conversation in which nothing was said yet. */
export function blankConversation(id: string, at: number, workspace?: string): StoredConversation {
  const conversation = { id, title: '', at, ...(workspace === undefined ? {} : { workspace }) };
  return { version: 1, conversation, entries: [], usage: noUsage, artifacts: [] };
}
