import type { BaseMessage } from '@langchain/core/messages';
import type { InputFile } from '../core/proposal.ts';
import { attachedIn, type AttachedName } from './attachedNames.ts';
import type { FoundFile, WorkspaceFiles } from './workspaceFiles.ts';

/**
 * What was attached in each conversation. It stays readable; after a restart what came from the workspace is
 * found there by its name. What came from elsewhere is gone then: a file of its name may be another one.
 */
export class ConversationFiles {
  readonly #workspace: WorkspaceFiles | undefined;
  readonly #messages: (threadId: string) => Promise<readonly BaseMessage[]>;
  readonly #known = new Map<string, readonly InputFile[]>();
  readonly #gone = new Map<string, readonly string[]>();

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
    const attached = attachedIn(await this.#messages(threadId));
    const found = await Promise.all(
      attached.map(async ({ name, elsewhere }) => (elsewhere === true ? undefined : this.#open(name))),
    );
    const files = found.flatMap((one) => (one?.found === true ? [one.file] : []));
    this.#known.set(threadId, files);
    this.#gone.set(
      threadId,
      attached.flatMap(({ name }, at) => (found[at]?.found === true ? [] : [name])),
    );
    return files;
  }

  /** All files with those that come with a new request, which take the place of others of their names. */
  async add(threadId: string, files: readonly InputFile[]): Promise<readonly InputFile[]> {
    const all = new Map([...(await this.of(threadId)), ...files].map((file) => [file.name, file]));
    this.#known.set(threadId, [...all.values()]);
    this.#gone.set(threadId, this.#gone.get(threadId)?.filter((name) => !all.has(name)) ?? []);
    return [...all.values()];
  }

  /** Names of files that could not be found again; told once. */
  takeGone(threadId: string): readonly string[] {
    const gone = this.#gone.get(threadId) ?? [];
    this.#gone.delete(threadId);
    return gone;
  }

  /** How a message is to keep the names of its files. */
  async names(files: readonly InputFile[]): Promise<readonly AttachedName[]> {
    return Promise.all(
      files.map(async (file) => {
        const { name } = file;
        const found = await this.#open(name);
        return found?.found === true && isSame(file, found.file) ? { name } : { name, elsewhere: true };
      }),
    );
  }

  /** Gives a conversation that goes on from another one the files that its messages still name. */
  async keep(from: string, to: string, messages: readonly BaseMessage[]): Promise<void> {
    const named = new Set(attachedIn(messages).map(({ name }) => name));
    const files = await this.of(from);
    this.#known.set(
      to,
      files.filter(({ name }) => named.has(name)),
    );
  }

  forget(threadId: string): void {
    this.#known.delete(threadId);
    this.#gone.delete(threadId);
  }

  clear(): void {
    this.#known.clear();
    this.#gone.clear();
  }

  async #open(name: string): Promise<FoundFile | undefined> {
    return this.#workspace?.open(name);
  }
}

/** A place may begin below the folder of the workspace, where a dialog gave the file. */
function isSame(attached: InputFile, found: InputFile): boolean {
  if (attached.place === undefined || found.place === undefined) return false;
  const place = `/${attached.place.replaceAll('\\', '/')}`;
  return attached.bytes === found.bytes && `/${found.place}`.endsWith(place);
}
