import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import type { Draft } from '../../../src/core/proposal.ts';
import { propose } from '../../../src/pipeline/propose.ts';
import type { RunChannel } from '../../../src/ui/output/runChannel.ts';
import { ActiveRuns } from '../../../src/ui/run/activeRuns.ts';
import type { runEditorCode } from '../../../src/ui/run/runEditorCode.ts';
import type { UiApp } from '../../../src/ui/uiApp.ts';
import { hearingEditor, withEditor } from '../../support/fakeEditor.ts';
import { someResult } from '../../support/records.ts';
import { Position, Range } from './editorRange.ts';

const lines = ['left = 1', 'right = 2', ''];
const document = {
  languageId: 'python',
  uri: { scheme: 'untitled', path: 'a.py', toString: () => 'untitled:a.py' },
  getText: (range?: Range) => (range === undefined ? lines.join('\n') : lines[range.start.line]),
  lineAt: (line: number) => ({ text: lines[line] }),
};

/** An editor of the document in which one line is selected. */
function editorOn(line: number): object {
  const start = new Position(line, 0);
  const end = new Position(line, lines[line]?.length ?? 0);
  return { document, selection: { start, end, active: end, isEmpty: false } };
}

describe('a selection in a file that is open twice', () => {
  async function ran(active: object | undefined, visible: readonly object[]): Promise<string> {
    const { editor } = hearingEditor();
    const drafts: Draft[] = [];
    const file = await withEditor<{ readonly runEditorCode: typeof runEditorCode }>('run/runEditorCode.ts', {
      ...editor,
      Uri: class {},
      Range,
      window: { ...editor.window, activeTextEditor: active, visibleTextEditors: visible },
      workspace: { isTrusted: true, notebookDocuments: [], getWorkspaceFolder: () => undefined },
    });
    const app = {
      runCode: async (draft: Draft) => {
        drafts.push(draft);
        const proposal = propose(draft, 'docker');
        const decision = { kind: 'run', hash: proposal.hash, by: 'person' } as const;
        const report = { verdict: 'allow', findings: [] } as const;
        return { proposal, report, decision, result: someResult() };
      },
    };
    await file.runEditorCode('selection', undefined, {
      app: async () => app as unknown as UiApp,
      approver: { decide: async () => ({ kind: 'reject' }) },
      output: { show: () => undefined },
      runs: new ActiveRuns(),
      log: { error: (error: unknown) => assert.fail(String(error)) },
      channel: { reveal: () => undefined } as unknown as RunChannel,
      memory: { get: () => [] } as unknown as Memento,
    });
    return drafts.map(({ code, title }) => `${title} ${code}`).join();
  }

  it('is that of the editor in front', async () => {
    const [left, right] = [editorOn(0), editorOn(1)];
    assert.equal(await ran(right, [left, right]), 'a.py:2 right = 2');
    assert.equal(await ran(left, [left, right]), 'a.py:1 left = 1');
  });
});
