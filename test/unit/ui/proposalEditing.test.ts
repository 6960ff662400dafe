import assert from 'node:assert/strict';
import type { FileSystemProvider, Memento, TextDocument, Uri } from 'vscode';
import type { Decision } from '../../../src/core/decision.ts';
import { Emitter } from '../../../src/core/lifecycle.ts';
import { PendingDecisions } from '../../../src/ui/decisions/pendingDecisions.ts';
import type { ProposalEditing } from '../../../src/ui/preview/proposalEditing.ts';
import { clean, proposalOf } from '../../page/support/samples.ts';
import { hearingEditor, withEditor } from '../../support/fakeEditor.ts';

interface Address {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;
}
const addressOf = (parts: Address): object => ({
  ...parts,
  with: (change: Partial<Address>) => addressOf({ ...parts, ...change }),
  toString: () => `${parts.scheme}:${parts.path}?${parts.query}`,
});

/** What the editor keeps for a workspace, over a reload of its window. */
function memoryOf(kept: unknown): Memento {
  let value = kept;
  return {
    keys: () => [],
    get: () => value,
    update: async (_key: string, next: unknown) => void (value = next),
  };
}

const byHand = 1;
const automatic = 2;

describe('the copy of a proposal that is edited', () => {
  /** A question whose copy is open with `text` in it; its save tells of itself before it is over, as the editor's does. */
  async function edited(text: string, memory = memoryOf(undefined)) {
    const { editor, heard } = hearingEditor();
    const willSave = new Emitter<{ readonly document: TextDocument; readonly reason: number }>();
    const didSave = new Emitter<TextDocument>();
    const never = new Emitter<never>().on;
    let copy: TextDocument | undefined;
    let files: FileSystemProvider | undefined;
    const saved = (document: TextDocument, reason: number): void => {
      willSave.fire({ document, reason });
      didSave.fire(document);
    };
    const open = async (uri: Uri): Promise<TextDocument> => {
      const document = { uri, getText: () => text } as TextDocument;
      document.save = async () => {
        saved(document, byHand);
        return true;
      };
      return (copy ??= document);
    };
    const file = await withEditor<{ readonly ProposalEditing: typeof ProposalEditing }>(
      'preview/proposalEditing.ts',
      {
        ...editor,
        Uri: { from: addressOf },
        EventEmitter: class {
          readonly event = never;
          fire(): void {}
          dispose(): void {}
        },
        FileChangeType: { Changed: 1 },
        TextDocumentSaveReason: { Manual: byHand },
        window: {
          ...editor.window,
          showTextDocument: open,
          tabGroups: { all: [], onDidChangeTabs: never },
        },
        workspace: {
          textDocuments: [],
          registerFileSystemProvider: (_scheme: string, provider: FileSystemProvider) => {
            files = provider;
            return { dispose: () => undefined };
          },
          openTextDocument: open,
          onWillSaveTextDocument: willSave.on,
          onDidSaveTextDocument: didSave.on,
          onDidChangeTextDocument: never,
          onDidCloseTextDocument: never,
        },
      },
    );
    const pending = new PendingDecisions();
    const editing = new file.ProposalEditing(pending, memory);
    const proposal = proposalOf('c');
    const decisions: Decision[] = [];
    pending.onDidClose(({ decision }) => void decisions.push(decision));
    void pending.decide(proposal, clean, new AbortController().signal);
    await editing.open(proposal);
    const document = copy!;
    const write = (code: string): unknown =>
      files?.writeFile(document.uri, Buffer.from(code), { create: true, overwrite: true });
    const read = async (): Promise<string> => Buffer.from(await files!.readFile(document.uri)).toString();
    return { editing, document, saved, decisions, messages: heard.messages, write, read };
  }

  it('is used once, and nobody is told that it came too late', async () => {
    const { editing, document, decisions, messages } = await edited('print(2)');
    await Promise.all([editing.use(document.uri), editing.use(document.uri)]);
    assert.deepEqual(decisions, [{ kind: 'edit', code: 'print(2)' }]);
    assert.deepEqual(messages, []);
  });

  it('is used by a save by hand, before and after, and not by an automatic one', async () => {
    const { editing, document, saved, decisions, messages } = await edited('print(2)');
    saved(document, automatic);
    assert.deepEqual(decisions, []);
    saved(document, byHand);
    assert.equal(decisions.length, 1);
    await editing.use(document.uri);
    saved(document, byHand);
    assert.equal(decisions.length, 1);
    assert.equal(messages.length, 2, 'what comes after is too late, each time');
  });

  it('is there again after a reload of the window as it was saved, until it was used', async () => {
    const memory = memoryOf(undefined);
    const before = await edited('', memory);
    before.write('print("half');
    before.editing.dispose();
    const after = await edited('print(2)', memory);
    assert.equal(await after.read(), 'print("half');
    await after.editing.use(after.document.uri);
    assert.deepEqual(after.decisions, [{ kind: 'edit', code: 'print(2)' }]);
    const later = await edited('', memory);
    assert.equal(await later.read(), proposalOf('c').code);
  });

  it('is the proposal where what was kept is of another shape, too large or older than a month', async () => {
    const { document } = await edited('');
    const address = document.uri.toString();
    const month = 31 * 24 * 60 * 60 * 1000;
    for (const kept of [
      7,
      [null, 7, { address }],
      [{ address, text: 7, at: Date.now() }],
      [{ address, text: 'old', at: Date.now() - month }],
    ])
      assert.equal(await (await edited('', memoryOf(kept))).read(), proposalOf('c').code);
    const memory = memoryOf(undefined);
    (await edited('', memory)).write('x'.repeat(50_001));
    assert.equal(await (await edited('', memory)).read(), proposalOf('c').code);
  });
});
