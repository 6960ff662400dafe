import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { conversationSummarySchema, type ConversationSummary } from '../../protocol/chatState.ts';
import type { ConversationStore } from './chatParts.ts';

const headSchema = z.object({
  conversation: conversationSummarySchema,
  stamp: z.exactOptional(z.string()),
});
interface Head {
  readonly version: string;
  /** Undefined where the file can't be understood. */
  readonly head: z.infer<typeof headSchema> | undefined;
}

/** What a person would look for; anything else in an entry does not matter here. */
const textSchema = z.object({
  conversation: conversationSummarySchema,
  entries: z.array(z.object({ text: z.optional(z.string()) })),
});
const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * One JSON file for each conversation, readable by their owner alone, replaced in one step so that a
 * crash leaves the old or the new one. Writes of one conversation happen in their order.
 */
export class ConversationFiles implements ConversationStore {
  readonly #folder: string;
  readonly #writes = new Map<string, Promise<void>>();
  /** Heads of the files as they were when they were last read; other windows write here, too. */
  readonly #heads = new Map<string, Head>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<readonly ConversationSummary[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const found = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => this.#head(name.slice(0, -5))),
    );
    return found.flatMap((head) => head?.conversation ?? []).sort((a, b) => b.at - a.at);
  }

  async search(words: readonly string[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const { id } of await this.list()) {
      const said = textSchema.safeParse(await this.load(id)).data;
      const text = [said?.conversation.title, ...(said?.entries ?? []).map((entry) => entry.text)]
        .join('\n')
        .toLowerCase();
      if (words.every((word) => text.includes(word))) found.push(id);
    }
    return found;
  }

  async load(id: string): Promise<unknown> {
    if (!idPattern.test(id)) return undefined;
    try {
      return JSON.parse(await readFile(this.#file(id), 'utf8')) as unknown;
    } catch {
      return undefined;
    }
  }

  async stamp(id: string): Promise<string | undefined> {
    const head = await this.#head(id);
    return head === undefined ? undefined : (head.stamp ?? '');
  }

  save(summary: ConversationSummary, conversation: unknown): Promise<void> {
    return this.#inOrder(summary.id, async () => {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const draft = `${this.#file(summary.id)}.new`;
      await writeFile(draft, JSON.stringify(conversation), { mode: 0o600 });
      const version = await versionOf(draft);
      await rename(draft, this.#file(summary.id));
      this.#heads.set(summary.id, { version, head: headSchema.safeParse(conversation).data });
    });
  }

  remove(id: string): Promise<void> {
    return this.#inOrder(id, () => rm(this.#file(id), { force: true }));
  }

  /** Reads a file only when it is another one than before. */
  async #head(id: string): Promise<Head['head']> {
    if (!idPattern.test(id)) return undefined;
    const version = await versionOf(this.#file(id)).catch(() => undefined);
    const known = this.#heads.get(id);
    if (version !== undefined && known?.version === version) return known.head;
    const head = headSchema.safeParse(await this.load(id)).data;
    if (version === undefined) this.#heads.delete(id);
    else this.#heads.set(id, { version, head });
    return head;
  }

  #inOrder(id: string, write: () => Promise<void>): Promise<void> {
    if (!idPattern.test(id)) return Promise.reject(new Error(`Not the id of a conversation: ${id}`));
    const next = (this.#writes.get(id) ?? Promise.resolve()).catch(() => undefined).then(write);
    this.#writes.set(id, next);
    return next;
  }

  #file(id: string): string {
    return path.join(this.#folder, `${id}.json`);
  }
}

/** Every save puts another file in the place of the old one. */
async function versionOf(file: string): Promise<string> {
  const { ino, mtimeNs, size } = await stat(file, { bigint: true });
  return `${ino} ${mtimeNs} ${size}`;
}
