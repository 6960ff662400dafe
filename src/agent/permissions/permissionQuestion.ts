import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PermissionAnswer, PermissionRequest } from '../../core/permission.ts';

const shared = {
  id: z.string(),
  threadId: z.string(),
  path: z.string(),
  hash: z.string(),
};

/** What an interrupted tool leaves in the checkpoint: enough to ask the same again after a restart. */
export const permissionQuestion = z.object({
  kind: z.literal('permission'),
  request: z.discriminatedUnion('kind', [
    z.object({
      ...shared,
      kind: z.literal('edit'),
      purpose: z.string(),
      before: z.string().exactOptional(),
      after: z.string(),
      fileHash: z.string().exactOptional(),
    }),
    z.object({ ...shared, kind: z.literal('secret'), bytes: z.number() }),
  ]),
});

export function permissionQuestionOf(request: PermissionRequest): z.output<typeof permissionQuestion> {
  return { kind: 'permission', request };
}

const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('allow'), hash: z.string() }),
  z.object({ kind: z.literal('refuse'), reason: z.string().exactOptional() }),
]);

/** The answer in a resume value. What is not one, or allows something else than `request`, refuses. */
export function permissionAnswerOf(value: unknown, request: PermissionRequest): PermissionAnswer {
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) return { kind: 'refuse', reason: 'There was no readable answer.' };
  if (parsed.data.kind === 'allow' && parsed.data.hash !== request.hash)
    return { kind: 'refuse', reason: changedMeanwhile(request.path) };
  return parsed.data;
}

/** For the person and the model alike. */
export function changedMeanwhile(path: string): string {
  return `"${path}" has changed since it was shown, so nothing was written. Read it again and propose the change anew.`;
}

/** A hash over parts that can't run into each other. */
export function hashOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}
