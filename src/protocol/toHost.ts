import * as z from 'zod/mini';
import { longestPath, longestRequest, mostFiles } from './limits.ts';

const id = z.string().check(z.maxLength(200));
const path = z.string().check(z.maxLength(longestPath));
const request = z.string().check(z.maxLength(longestRequest));
const code = z.string().check(z.maxLength(1_000_000));

/** What a person decided on a card. `runForConversation` also lets later clean code run unasked. */
export const cardDecisionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run') }),
  z.object({ kind: z.literal('runForConversation') }),
  z.object({ kind: z.literal('runAnyway') }),
  z.object({ kind: z.literal('edit'), code }),
  z.object({ kind: z.literal('reject'), reason: z.string().check(z.maxLength(2000)) }),
]);
export type CardDecision = z.infer<typeof cardDecisionSchema>;

/** What the page asks the host for. The page is not trusted: ids are looked up, paths resolved anew. */
export const toHostSchema = z.discriminatedUnion('kind', [
  /** The page can receive; also sent when it missed something. Answered by a snapshot. */
  z.object({ kind: z.literal('ready'), version: z.number() }),
  z.object({
    kind: z.literal('ask'),
    /** The one that the person saw, in which alone it is asked; empty where the page has been told of none yet. */
    conversation: id,
    text: request,
    /** Names of attached files that the person saw; others are not sent along. */
    attachments: z.array(path),
  }),
  /** The text with this id is in the composer, and in what outlives the page. */
  z.object({ kind: z.literal('composed'), id }),
  z.object({ kind: z.literal('stop') }),
  z.object({ kind: z.literal('decide'), proposalId: id, hash: id, decision: cardDecisionSchema }),
  /** Allows or refuses what a permission card asks; `hash` is that of what the card shows. */
  z.object({
    kind: z.literal('permit'),
    requestId: id,
    hash: id,
    allow: z.boolean(),
    reason: z.string().check(z.maxLength(2000)),
  }),
  z.object({ kind: z.literal('openChange'), requestId: id }),
  z.object({ kind: z.literal('undoChange'), requestId: id }),
  z.object({ kind: z.literal('openPreview'), proposalId: id }),
  z.object({ kind: z.literal('openArtifact'), proposalId: id, name: path }),
  z.object({ kind: z.literal('openOutput') }),
  z.object({ kind: z.literal('openFullOutput'), runId: id, stream: z.enum(['stdout', 'stderr']) }),
  /** The package that the run of this card did not find. */
  z.object({ kind: z.literal('fetchPackage'), proposalId: id }),
  z.object({ kind: z.literal('openLink'), url: path }),
  z.object({ kind: z.literal('openHistory'), runId: z.optional(id) }),
  z.object({ kind: z.literal('rerun'), runId: id }),
  z.object({ kind: z.literal('attach') }),
  z.object({ kind: z.literal('attachPaths'), paths: z.array(path).check(z.maxLength(mostFiles)) }),
  /** What was attached to the draft before the window was reloaded. */
  z.object({
    kind: z.literal('reattach'),
    files: z.readonly(z.array(z.object({ name: path, bytes: z.number() })).check(z.maxLength(mostFiles))),
  }),
  z.object({ kind: z.literal('detach'), name: path }),
  /** A file with its content, pasted or dropped from outside of the editor. */
  z.object({ kind: z.literal('attachData'), name: path, data: z.string().check(z.maxLength(14_000_000)) }),
  /** Puts the editor's selection into the request. */
  z.object({ kind: z.literal('insertSelection') }),
  z.object({ kind: z.literal('complete'), token: z.number(), sign: z.enum(['@', '#', '/']), query: path }),
  z.object({ kind: z.literal('setKey') }),
  z.object({ kind: z.literal('manageTrust') }),
  z.object({ kind: z.literal('fixSandbox') }),
  z.object({ kind: z.literal('useEmbedded') }),
  z.object({ kind: z.literal('openSettings') }),
  z.object({ kind: z.literal('chooseModel') }),
  /** Asks the request before this entry again, without what came of it. */
  z.object({ kind: z.literal('retry'), entryId: id }),
  /** Goes on in a new conversation from before this request. */
  z.object({ kind: z.literal('branch'), entryId: id }),
  /** Puts other text in the place of an earlier request and goes on from there. */
  z.object({ kind: z.literal('resend'), entryId: id, text: request }),
  /** From the next run on, runs of the shown conversation share one sandbox, or no longer do. */
  z.object({ kind: z.literal('keepState'), on: z.boolean() }),
  z.object({ kind: z.literal('restartSession') }),
  z.object({ kind: z.literal('interruptSession') }),
  /** Clean code of the shown conversation is asked for again. */
  z.object({ kind: z.literal('askAgain') }),
  z.object({ kind: z.literal('newConversation') }),
  /** Those that are older than what the list has. */
  z.object({ kind: z.literal('moreConversations') }),
  z.object({ kind: z.literal('selectConversation'), id }),
  z.object({ kind: z.literal('deleteConversation'), id }),
  z.object({
    kind: z.literal('renameConversation'),
    id,
    title: z.string().check(z.minLength(1), z.maxLength(200)),
  }),
  /** Which conversations have these words in them. */
  z.object({ kind: z.literal('findConversations'), token: z.number(), query: path }),
]);
export type ToHost = z.infer<typeof toHostSchema>;
