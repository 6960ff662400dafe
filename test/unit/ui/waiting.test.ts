import assert from 'node:assert/strict';
import type { Memento, ViewBadge } from 'vscode';
import { Emitter } from '../../../src/core/lifecycle.ts';
import type { Proposal } from '../../../src/core/proposal.ts';
import { PendingDecisions } from '../../../src/ui/decisions/pendingDecisions.ts';
import { PendingPermissions } from '../../../src/ui/permissions/pendingPermissions.ts';
import type { WaitingBadge } from '../../../src/ui/status/waitingBadge.ts';
import type { rejectOnClose } from '../../../src/ui/preview/rejectOnClose.ts';
import { ActiveRuns } from '../../../src/ui/run/activeRuns.ts';
import type { SandboxState } from '../../../src/ui/sandbox/sandboxState.ts';
import type * as opening from '../../../src/ui/status/openWaiting.ts';
import type { StatusItem } from '../../../src/ui/status/statusItem.ts';
import { blocked, proposalOf } from '../../page/support/samples.ts';
import { hearingEditor, withEditor } from '../../support/fakeEditor.ts';

const { signal } = new AbortController();
const never = { on: () => ({ dispose: () => undefined }) };
/** Code that a person started from the editor. */
function started(id: string): Proposal {
  const { threadId: _, ...proposal } = proposalOf('c', { id, origin: 'selection', title: `${id}.py` });
  return proposal;
}

const edit = {
  kind: 'edit',
  id: 'e1',
  threadId: 'c',
  path: 'notes/to\u202edo.md',
  purpose: '',
  after: 'x',
  hash: 'h',
} as const;
const secret = { kind: 'secret', id: 's1', threadId: 'other', path: '.env', bytes: 1, hash: 'h' } as const;

describe('the status bar', () => {
  async function statusBar() {
    const { editor, heard } = hearingEditor();
    const item = { text: '', command: '', show: () => undefined, dispose: () => undefined };
    const { StatusItem: Item } = await withEditor<{ readonly StatusItem: typeof StatusItem }>(
      'status/statusItem.ts',
      {
        ...editor,
        window: { createStatusBarItem: () => item },
        workspace: {
          isTrusted: true,
          onDidGrantWorkspaceTrust: never.on,
          onDidChangeConfiguration: never.on,
          getConfiguration: () => ({ get: (_name: string, fallback: string) => fallback }),
        },
        StatusBarAlignment: { Right: 2 },
      },
    );
    const [pending, permissions, runs] = [new PendingDecisions(), new PendingPermissions(), new ActiveRuns()];
    new Item(runs, { onDidChange: never.on } as unknown as SandboxState, pending, permissions);
    const offered = () => heard.commands.filter((each) => each.includes('glovebox.pending')).at(-1);
    return { item, pending, permissions, runs, offered };
  }

  it('names what waits before what runs, and leads there', async () => {
    const { item, pending, runs } = await statusBar();
    const running = Promise.withResolvers<void>();
    const run = runs.track('runs.py', async (_signal, _stop, begins) => {
      assert.equal(item.text, '$(shield) Glovebox', 'nothing runs before its decision');
      begins();
      assert.equal(item.text, '$(loading~spin) runs.py');
      await running.promise;
    });
    const [one, two] = [started('one'), started('two')];
    const first = pending.decide(one, blocked, signal);
    assert.deepEqual([item.text, item.command], ['$(bell-dot) one.py waits for you', 'glovebox.openPreview']);
    const second = pending.decide(two, blocked, signal);
    assert.equal(item.text, '$(bell-dot) 2 wait for you');
    for (const { id, hash } of [one, two]) pending.answer(id, hash, { kind: 'reject' });
    await Promise.all([first, second]);
    assert.equal(item.text, '$(loading~spin) runs.py');
    running.resolve();
    await run;
    assert.equal(item.text, '$(shield) Glovebox');
  });

  it('names a change and a file with secrets that wait, too', async () => {
    const { item, pending, permissions, offered } = await statusBar();
    assert.match(offered() ?? '', /false$/);
    const change = permissions.permit(edit, signal);
    assert.deepEqual(
      [item.text, item.command],
      ['$(bell-dot) A change of to⟨U+202E⟩do.md waits for you', 'glovebox.openPreview'],
    );
    assert.match(offered() ?? '', /true$/);
    const file = permissions.permit(secret, signal);
    const code = started('one');
    const decision = pending.decide(code, blocked, signal);
    assert.equal(item.text, '$(bell-dot) 3 wait for you');
    pending.answer(code.id, code.hash, { kind: 'reject' });
    permissions.answer(edit.id, edit.hash, { kind: 'refuse' });
    assert.equal(item.text, '$(bell-dot) Reading .env waits for you');
    permissions.answer(secret.id, secret.hash, { kind: 'refuse' });
    await Promise.all([change, file, decision]);
    assert.equal(item.text, '$(shield) Glovebox');
    assert.match(offered() ?? '', /false$/);
  });

  it('leads to the preview of code, the diff of a change, or the conversation that asks for a file', async () => {
    const { editor, heard } = hearingEditor();
    const { openWaiting } = await withEditor<typeof opening>('status/openWaiting.ts', editor);
    const [pending, permissions] = [new PendingDecisions(), new PendingPermissions()];
    const led: string[] = [];
    const open = () =>
      openWaiting({
        pending,
        permissions,
        preview: { open: async ({ title }) => void led.push(`preview of ${title}`) },
        changes: { open: async ({ path }) => void led.push(`diff of ${path}`) },
        showConversation: async (id) => void led.push(`conversation ${id}`),
      });
    const file = permissions.permit(secret, signal);
    await open();
    const change = permissions.permit(edit, signal);
    await open();
    const code = started('one');
    const decision = pending.decide(code, blocked, signal);
    await open();
    assert.deepEqual(led, ['conversation other', `diff of ${edit.path}`, 'preview of one.py']);
    pending.answer(code.id, code.hash, { kind: 'reject' });
    for (const { id, hash } of [secret, edit]) permissions.answer(id, hash, { kind: 'refuse' });
    await Promise.all([file, change, decision]);
    await open();
    assert.deepEqual(heard.messages, ['information: Nothing waits for a decision.']);
  });
});

describe('the icon in the activity bar', () => {
  it('has the number of open questions, on whichever view is there, also of those from before', async () => {
    const { WaitingBadge: Badge } = await withEditor<{ readonly WaitingBadge: typeof WaitingBadge }>(
      'status/waitingBadge.ts',
      {},
    );
    const kept = new Map<string, unknown>([['glovebox.waiting', 1]]);
    const memory = {
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    } as unknown as Memento;
    const [history, chat]: { badge?: ViewBadge | undefined }[] = [{}, {}];
    const pending = new PendingDecisions();
    const badge = new Badge(history!, memory, pending, new PendingPermissions());
    assert.equal(history?.badge?.value, 1);
    badge.moveTo(chat!);
    assert.deepEqual([history?.badge, chat?.badge], [undefined, undefined]);
    const [mine, ofChat] = [started('p1'), proposalOf('c', { id: 'p2' })];
    const decisions = [mine, ofChat].map((proposal) => pending.decide(proposal, blocked, signal));
    assert.equal(chat?.badge?.value, 2);
    assert.equal(kept.get('glovebox.waiting'), 1, 'a run of the editor ends with its window');
    for (const { id, hash } of [mine, ofChat]) pending.answer(id, hash, { kind: 'reject' });
    await Promise.all(decisions);
    assert.deepEqual([chat?.badge, kept.get('glovebox.waiting')], [undefined, 0]);
  });
});

describe('the preview of code that a person started', () => {
  class TabInputText {
    readonly uri: { readonly scheme: string; readonly query: string };
    constructor({ id, hash }: Proposal, scheme = 'glovebox-proposal') {
      this.uri = { scheme, query: new URLSearchParams({ id, hash, side: 'proposed' }).toString() };
    }
  }

  /** Closes the preview while these tabs stay open; tells what became of the question, and what was said. */
  async function closing(proposal: Proposal, ...left: readonly TabInputText[]) {
    const { editor, heard } = hearingEditor();
    const tabs = new Emitter<{ readonly closed: readonly { readonly input: TabInputText }[] }>();
    const tabGroups = { all: [{ tabs: left.map((input) => ({ input })) }], onDidChangeTabs: tabs.on };
    const file = await withEditor<{ readonly rejectOnClose: typeof rejectOnClose }>(
      'preview/rejectOnClose.ts',
      { ...editor, window: { ...editor.window, tabGroups }, TabInputText, TabInputTextDiff: class {} },
    );
    const pending = new PendingDecisions();
    const listening = file.rejectOnClose(pending);
    const answer = pending.decide(proposal, blocked, signal);
    tabs.fire({ closed: [{ input: new TabInputText(proposal) }] });
    await new Promise((resolve) => setTimeout(resolve, 400));
    listening.dispose();
    const waits = pending.list().length > 0;
    return { answer: waits ? undefined : await answer, messages: heard.messages };
  }

  it('rejects when it is closed, and says so', async () => {
    const { answer, messages } = await closing(started('p1'));
    assert.deepEqual(answer, { kind: 'reject', reason: 'Its preview was closed.' });
    assert.deepEqual(messages, ['information: p1.py was not run: its preview was closed.']);
  });

  it('does not while it is only moved or edited, nor where a card has the question', async () => {
    const proposal = started('p1');
    for (const tab of [new TabInputText(proposal), new TabInputText(proposal, 'glovebox-edit')])
      assert.equal((await closing(proposal, tab)).answer, undefined);
    assert.equal((await closing(proposalOf('c'))).answer, undefined);
    assert.equal((await closing(started('p1'), new TabInputText(started('p2')))).answer?.kind, 'reject');
  });
});
