import type { BaseMessage } from '@langchain/core/messages';
import type { InputFile } from '../core/proposal.ts';
import { attachedNames } from './askMessage.ts';
import type { WorkspaceFiles } from './workspaceFiles.ts';

/** What was attached in each conversation. It stays readable; after a restart it is found by its names. */
export class ConversationFiles {
  readonly #workspace: WorkspaceFiles | undefined;
  readonly #messages: (threadId: string) => Promise<readonly BaseMessage[]>;
  readonly #known = new Map<string, readonly InputFile[]>();

  constructor(
    workspace: WorkspaceFiles | undefined,
    messages: (threadId: string) => Promise<readonly BaseMessage[]>,
  ) {
    this.#workspace = workspace;
    this.#messages = messages;
  }

  async of(threadId: string): Promise<readonly InputFile[]> {
    const known = this.#known.get(threadId);
    if (known !== undefined) return known;
    const workspace = this.#workspace;
    if (workspace === undefined) return [];
    const names = attachedNames(await this.#messages(threadId));
    const found = await Promise.all(names.map((name) => workspace.open(name)));
    const files = found.flatMap((one) => (one.found ? [one.file] : []));
    this.#known.set(threadId, files);
    return files;
  }

  /** All files with those that come with a new request, which take the place of others of their names. */
  async add(threadId: string, files: readonly InputFile[]): Promise<readonly InputFile[]> {
    const all = new Map([...(await this.of(threadId)), ...files].map((file) => [file.name, file]));
    this.#known.set(threadId, [...all.values()]);
    return [...all.values()];
  }

  /** Gives a conversation that goes on from another one the files that its messages still name. */
  async keep(from: string, to: string, messages: readonly BaseMessage[]): Promise<void> {
    const named = new Set(attachedNames(messages));
    const files = await this.of(from);
    this.#known.set(
      to,
      files.filter(({ name }) => named.has(name)),
    );
  }

  forget(threadId: string): void {
    this.#known.delete(threadId);
  }

  clear(): void {
    this.#known.clear();
  }
}
