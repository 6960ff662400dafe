import type { AgentEvent } from '../../core/agent.ts';
import type { Report } from '../../core/finding.ts';
import type { EditRequest } from '../../core/permission.ts';
import type { InputFile, Proposal } from '../../core/proposal.ts';
import type { Artifact } from '../../core/run.ts';
import type { StoredConversation } from './storedConversation.ts';

interface Checked {
  readonly proposal: Proposal;
  readonly report: Report;
}

/** What stands behind the entries of a conversation and is not shown; of it, artifacts alone are kept. */
export class BehindEntries {
  readonly #proposals = new Map<string, Checked>();
  readonly #edits = new Map<string, EditRequest>();
  readonly #artifacts: Map<string, Artifact>;
  readonly #files = new Map<string, readonly InputFile[]>();

  constructor(artifacts: StoredConversation['artifacts']) {
    this.#artifacts = new Map(artifacts.map(({ key, artifact }) => [key, artifact]));
  }

  /** A proposal of this window, as it was checked. */
  proposal(id: string): Checked | undefined {
    return this.#proposals.get(id);
  }

  /** A change that was proposed in this window, as it was saved. */
  edit(id: string): EditRequest | undefined {
    return this.#edits.get(id);
  }

  artifact(cardId: string, name: string): Artifact | undefined {
    return this.#artifacts.get(artifactKey(cardId, name));
  }

  /** The files that went with a request of this window. */
  files(requestId: string): readonly InputFile[] {
    return this.#files.get(requestId) ?? [];
  }

  sent(requestId: string, files: readonly InputFile[]): void {
    if (files.length > 0) this.#files.set(requestId, files);
  }

  heard(event: AgentEvent): void {
    if (event.kind === 'proposed')
      this.#proposals.set(event.proposal.id, { proposal: event.proposal, report: event.report });
    if (event.kind === 'asked' && event.request.kind === 'edit')
      this.#edits.set(event.request.id, event.request);
    if (event.kind === 'changed' && event.result.written && event.result.saved !== undefined)
      this.#savedAs(event.requestId, event.result.saved);
    if (event.kind === 'ran')
      for (const artifact of event.result.artifacts) this.#made(event.proposalId, artifact);
    if (event.kind === 'run' && event.event.kind === 'artifact')
      this.#made(event.proposalId, event.event.artifact);
  }

  /** From now on the change is what came of it; its diff is another one, and needs a hash of its own. */
  #savedAs(id: string, after: string): void {
    const edit = this.#edits.get(id);
    if (edit !== undefined) this.#edits.set(id, { ...edit, after, hash: `${edit.hash} saved` });
  }

  /** A branch has the same requests, and asks them again with the same files. */
  copyFiles(to: BehindEntries): void {
    for (const [id, files] of this.#files) to.sent(id, files);
  }

  stored(): StoredConversation['artifacts'] {
    return [...this.#artifacts].map(([key, artifact]) => ({ key, artifact }));
  }

  #made(cardId: string, artifact: Artifact): void {
    this.#artifacts.set(artifactKey(cardId, artifact.name), artifact);
  }
}

const artifactKey = (cardId: string, name: string) => `${cardId}\n${name}`;
