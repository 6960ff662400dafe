import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CommandId } from '../../../src/ui/commands/commandTable.ts';
import { GloveboxError } from '../../../src/core/errors.ts';
import type * as fixes from '../../../src/ui/conversation/fixActions.ts';
import type * as faults from '../../../src/ui/faults/showFault.ts';
import { runPage } from '../../../src/ui/history/runPage.ts';
import type * as menus from '../../../src/ui/status/menu.ts';
import { hearingEditor, withEditor } from '../../support/fakeEditor.ts';
import { someRecord, someResult } from '../../support/records.ts';

const file = path.resolve(import.meta.dirname, '../../../package.nls.json');
const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
const titleOf = (command: CommandId) => texts[command.replace('glovebox.', 'command.')];

/** Each door to a command calls it by the name that the palette has for it. */
describe('one name for an action', () => {
  it('has what the menu of the status bar offers', async () => {
    let rows: readonly { readonly label: string; readonly command: CommandId }[] = [];
    const showQuickPick = async (given: typeof rows) => void (rows = given);
    const { showMenu } = await withEditor<typeof menus>('status/menu.ts', { window: { showQuickPick } });
    await showMenu();
    assert.ok(rows.length > 5);
    for (const { label, command } of rows)
      assert.equal(label.replace(/^\$\([\w-]+\) /, ''), titleOf(command));
  });

  it('has the way from a failed run or a problem to the agent', async () => {
    assert.deepEqual(
      [titleOf('glovebox.fixError'), titleOf('glovebox.history.askAbout')],
      ['Fix This Error', 'Fix This Error'],
    );
    const failed = someRecord({ result: someResult({ status: 'error', exitCode: 1 }) });
    const page = runPage(failed, {
      language: 'en',
      cspSource: 'x:',
      nonce: 'n',
      artifactUri: () => undefined,
      secrets: () => [],
    });
    assert.match(page, /askAbout[^>]*>Fix This Error</);
    interface Provider {
      provideCodeActions(document: object, range: object, context: object): readonly { title: string }[];
    }
    let provider: Provider | undefined;
    const { registerFixActions } = await withEditor<typeof fixes>('conversation/fixActions.ts', {
      languages: { registerCodeActionsProvider: (_: unknown, given: Provider) => (provider = given) },
      CodeAction: class {
        title: string;
        constructor(title: string) {
          this.title = title;
        }
      },
      CodeActionKind: { QuickFix: 'quickfix' },
      DiagnosticSeverity: { Error: 0, Warning: 1 },
    });
    registerFixActions();
    const problem = { severity: 0, message: 'x', range: { start: { line: 1 } } };
    const actions = provider?.provideCodeActions({ uri: { scheme: 'file' } }, {}, { diagnostics: [problem] });
    assert.deepEqual(
      actions?.map(({ title }) => title),
      ['Fix This Error'],
    );
  });

  it('has the way to the state of the sandbox', async () => {
    const title = titleOf('glovebox.showSandbox');
    const { editor, heard } = hearingEditor();
    const { showFault } = await withEditor<typeof faults>('faults/showFault.ts', {
      ...editor,
      CancellationError: class extends Error {},
    });
    await showFault(new GloveboxError('no-sandbox', 'There is none.'), { error: () => undefined });
    assert.deepEqual(heard.messages, [`error: Glovebox: There is none. | ${title}`]);
    assert.ok(texts['walkthrough.run.description']?.includes(`[${title}](command:glovebox.showSandbox)`));
  });
});
