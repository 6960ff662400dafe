import type { BaseMessage } from '@langchain/core/messages';
import { z } from 'zod';

/** A file that came with a message, as the message keeps it. */
export type AttachedName = z.output<typeof attachedName>;

const attachedName = z.object({
  name: z.string(),
  /** It was not the workspace's file of this name, so its name does not find it again. */
  elsewhere: z.literal(true).exactOptional(),
});

/** What was attached in these messages; of files of one name, the last. */
export function attachedIn(messages: readonly BaseMessage[]): readonly AttachedName[] {
  const files = new Map<string, AttachedName>();
  for (const { additional_kwargs } of messages) {
    const attached: unknown = additional_kwargs['attached'];
    for (const each of Array.isArray(attached) ? (attached as unknown[]) : []) {
      // Older messages keep the name alone.
      const parsed = attachedName.safeParse(typeof each === 'string' ? { name: each } : each);
      if (parsed.success) files.set(parsed.data.name, parsed.data);
    }
  }
  return [...files.values()];
}
