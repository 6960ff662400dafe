import assert from 'node:assert/strict';
import type { TextDocument, Uri } from 'vscode';
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

const byHand = 1;
const automatic = 2;

describe('the copy of a proposal that is edited', () => {
  /** A question whose copy is open with `text` in it; its save tells of itself before it is over, as the editor's does. */
  async function edited(text: string) {
    const { editor, heard } = hearingEditor();
    const willSave = new Emitter<{ readonly document: TextDocument; readonly reason: number }>();
    const didSave = new Emitter<TextDocument>();
    const never = new Emitter<never>().on;
    let copy: TextDocument | undefined;
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
          dispose(): void {}
        },
        TextDocumentSaveReason: { Manual: byHand },
        window: {
          ...editor.window,
          showTextDocument: open,
          tabGroups: { all: [], onDidChangeTabs: never },
        },
        workspace: {
          textDocuments: [],
          registerFileSystemProvider: () => ({ dispose: () => undefined }),
          openTextDocument: open,
          onWillSaveTextDocument: willSave.on,
          onDidSaveTextDocument: didSave.on,
          onDidChangeTextDocument: never,
          onDidCloseTextDocument: never,
        },
      },
    );
    const pending = new PendingDecisions();
    const editing = new file.ProposalEditing(pending);
    const proposal = proposalOf('c');
    const decisions: Decision[] = [];
    pending.onDidClose(({ decision }) => void decisions.push(decision));
    void pending.decide(proposal, clean, new AbortController().signal);
    await editing.open(proposal);
    const document = copy!;
    return { editing, document, saved, decisions, messages: heard.messages };
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
});
