import assert from 'node:assert/strict';
import { GloveboxError } from '../../../src/core/errors.ts';
import type * as fixes from '../../../src/ui/conversation/fixActions.ts';
import { howItEnded } from '../../../src/ui/conversation/howItEnded.ts';
import type * as faults from '../../../src/ui/faults/showFault.ts';
import type * as deleting from '../../../src/ui/history/deleteQuestion.ts';
import type * as exporting from '../../../src/ui/history/exportRuns.ts';
import type * as picking from '../../../src/ui/history/pickRun.ts';
import type * as items from '../../../src/ui/history/runItem.ts';
import type * as telling from '../../../src/ui/run/tellOutcome.ts';
import type * as keys from '../../../src/ui/secrets/apiKey.ts';
import { proposalOf } from '../../page/support/samples.ts';
import { hearingEditor, withEditor } from '../../support/fakeEditor.ts';
import { someRecord, someResult } from '../../support/records.ts';

const log = { error: () => undefined };
class CancellationError extends Error {}

describe('what is told about a fault', () => {
  async function told(error: unknown): Promise<readonly string[]> {
    const { editor, heard } = hearingEditor();
    const { showFault } = await withEditor<typeof faults>('faults/showFault.ts', {
      ...editor,
      CancellationError,
    });
    await showFault(error, log);
    return heard.messages;
  }

  it('is nothing where it is only that somebody cancelled, by whichever way', async () => {
    assert.deepEqual(await told(AbortSignal.abort().reason), []);
    assert.deepEqual(await told(new CancellationError()), []);
    assert.deepEqual(await told(new GloveboxError('cancelled', 'Cancelled.')), []);
  });

  it('is its first paragraph, with the way out', async () => {
    assert.deepEqual(await told(new GloveboxError('no-key', 'There is no key.\n\nMore.')), [
      'error: Glovebox: There is no key. | Set API Key',
    ]);
  });
});

describe('the message after a run of the editor', () => {
  it('fetches what is missing, and does not offer to fix code that is right', async () => {
    const { editor, heard } = hearingEditor();
    heard.press = 'Fetch matplotlib';
    const { tellOutcome } = await withEditor<typeof telling>('run/tellOutcome.ts', {
      ...editor,
      CancellationError,
    });
    const proposal = proposalOf('t', { title: 'sales.py' });
    const outcome = {
      proposal,
      report: { verdict: 'allow', findings: [] },
      decision: { kind: 'run', hash: '', by: 'person' },
    } as const;
    await tellOutcome(
      { ...outcome, result: someResult({ status: 'error', exitCode: 1, missingPackage: 'matplotlib' }) },
      log,
    );
    await tellOutcome({ ...outcome, result: someResult({ status: 'error', exitCode: 1 }) }, log);
    assert.deepEqual(heard.messages, [
      'information: sales.py needs matplotlib, which has not been fetched for the embedded sandbox. | Fetch matplotlib',
      'information: sales.py ended with exit code 1. | Fix This Error',
    ]);
    assert.deepEqual(heard.commands, ['glovebox.fetchPackages "matplotlib"']);
  });
});

describe('removing the key', () => {
  async function said(stored: string | undefined, environment: string | undefined): Promise<string> {
    const { editor, heard } = hearingEditor();
    const { ApiKey } = await withEditor<typeof keys>('secrets/apiKey.ts', editor);
    let kept = stored;
    const secrets = {
      get: async () => kept,
      store: async () => undefined,
      delete: async () => void (kept = undefined),
      keys: async () => [],
      onDidChange: () => ({ dispose: () => undefined }),
    };
    await new ApiKey(secrets, environment === undefined ? {} : { ANTHROPIC_API_KEY: environment }).clear();
    return heard.messages.join();
  }

  it('says that it was removed only where there was one', async () => {
    assert.equal(await said('k', undefined), 'information: The API key was removed.');
    assert.match(await said('k', 'e'), /was removed\. ANTHROPIC_API_KEY of the environment is used/);
    assert.equal(await said(undefined, undefined), 'information: No API key is kept here.');
    assert.match(await said(undefined, 'e'), /No API key is kept here\. The one in use is ANTHROPIC_API_KEY/);
  });
});

describe('the history in plain words', () => {
  it('says where an export went, and opens it', async () => {
    const { editor, heard } = hearingEditor();
    heard.press = 'Open';
    const target = { path: '/out/run-1.json' };
    const written: string[] = [];
    const { exportRuns } = await withEditor<typeof exporting>('history/exportRuns.ts', {
      ...editor,
      window: { ...editor.window, showSaveDialog: async () => target },
      workspace: {
        fs: {
          writeFile: async (_: unknown, bytes: Uint8Array) =>
            void written.push(Buffer.from(bytes).toString()),
        },
      },
    });
    await exportRuns([someRecord()], () => []);
    await new Promise(setImmediate);
    assert.match(written.join(), /"runId": "run-1"/);
    assert.deepEqual(heard.messages, ['information: Exported 1 run to run-1.json. | Open']);
    assert.deepEqual(heard.commands, [`vscode.open ${JSON.stringify(target)}`]);
  });

  it('says that nothing was run yet where it is empty', async () => {
    const { editor, heard } = hearingEditor();
    const { pickRun } = await withEditor<typeof picking>('history/pickRun.ts', editor);
    const app = async () => ({ history: async () => ({ list: async () => [] }) }) as never;
    assert.equal(await pickRun(app, 'Pick a run'), undefined);
    assert.match(heard.messages.join(), /^information: Nothing was run yet/);
  });

  it('names the run that is deleted, and of several the first', async () => {
    const { deleteQuestion } = await withEditor<typeof deleting>('history/deleteQuestion.ts', {});
    const record = someRecord({ title: 'totals\u202e.py' });
    assert.match(deleteQuestion([record]).question, /^Delete “totals⟨U\+202E⟩\.py” of .+ and its files/);
    assert.match(deleteQuestion([undefined]).question, /^Delete this run/);
    const many = deleteQuestion(Array.from({ length: 12 }, () => record));
    assert.match(many.question, /^Delete 12 runs/);
    assert.match(many.detail ?? '', /^(“totals.*\n){10}… and 2 more$/);
  });

  it('offers the agent only for a run that it could mend', async () => {
    const ThemeIcon = class {};
    const TreeItem = class {};
    const MarkdownString = class {
      appendText(): this {
        return this;
      }
    };
    const { runItem } = await withEditor<typeof items>('history/runItem.ts', {
      ThemeIcon,
      ThemeColor: ThemeIcon,
      TreeItem,
      MarkdownString,
    });
    const context = (status: Parameters<typeof runItem>[0]['status']) =>
      runItem({ ...someRecord(), verdict: 'allow', wallMs: 1, status }, new Date()).contextValue;
    assert.deepEqual(
      (['ok', 'error', 'oom', 'blocked', 'cancelled', 'unavailable', 'running'] as const).map(context),
      ['run', 'run.failed', 'run.failed', 'run.failed', 'run', 'run', 'run.running'],
    );
  });
});

describe('what the agent is asked about a run', () => {
  it('is a sentence for each ending', () => {
    const of = (status: 'error' | 'killed' | 'oom') => howItEnded({ status, exitCode: 1, signal: 'SIGSEGV' });
    assert.equal(of('error'), 'This run ended with an error (exit code 1).');
    assert.equal(of('killed'), 'This run was killed by SIGSEGV.');
    assert.equal(of('oom'), 'This run was stopped because it needed more memory than it may use.');
  });
});

describe('the light bulb', () => {
  it('offers to fix errors of others, and of our own findings what no interpreter reads', async () => {
    interface Provider {
      provideCodeActions(document: object, range: object, context: object): readonly object[];
    }
    let provider: Provider | undefined;
    const CodeActionKind = { QuickFix: 'quickfix' };
    const { registerFixActions } = await withEditor<typeof fixes>('conversation/fixActions.ts', {
      languages: { registerCodeActionsProvider: (_: unknown, given: Provider) => (provider = given) },
      CodeAction: class {},
      CodeActionKind,
      DiagnosticSeverity: { Error: 0, Warning: 1 },
    });
    registerFixActions();
    const document = { uri: { scheme: 'file' } };
    const problem = { severity: 0, message: 'x', range: { start: { line: 1 } } };
    const offered = (source: string, code?: string | { readonly value: string }): number =>
      provider?.provideCodeActions(document, {}, { diagnostics: [{ ...problem, source, code }] }).length ??
      -1;
    assert.deepEqual([offered('Pylance', 'E1'), offered('Pylance')], [1, 1]);
    assert.deepEqual([offered('Glovebox', 'code.eval'), offered('Glovebox', { value: 'code.eval' })], [0, 0]);
    assert.deepEqual([offered('Glovebox', 'syntax'), offered('Glovebox', { value: 'syntax' })], [1, 1]);
  });
});
