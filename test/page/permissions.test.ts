import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { EditRequest, PermissionRequest } from '../../src/core/permission.ts';
import { launchBrowser } from '../support/workbench/browser.ts';
import { openChat, type OpenChat } from './support/openChat.ts';
import type { Answering } from './support/scriptedAgent.ts';

const change = (before: string, after: string): EditRequest => ({
  kind: 'edit',
  id: 'call-1',
  threadId: 't',
  path: 'src/tax.py',
  purpose: 'The rate is 19 %',
  before,
  after,
  fileHash: 'f',
  hash: 'h1',
});

describe('questions about files on the chat page', () => {
  let browser: Browser;
  let open: OpenChat;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());
  beforeEach(async () => {
    open = await openChat(browser);
  });
  afterEach(() => open.close());

  async function ask(request: PermissionRequest) {
    await open.page.getByTestId('composer').fill('Mend the rate');
    await open.page.getByTestId('composer').press('Enter');
    const answering: Answering = await open.agent.next();
    answering.emit({ kind: 'asked', request });
    const answer = open.permissions.permit(request, answering.signal).then((given) => {
      answering.emit({ kind: 'answered', requestId: request.id, answer: given });
      return given;
    });
    await open.page.getByTestId('permission').waitFor();
    return { answering, answer };
  }

  it('show the difference and change nothing before somebody decides', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => `line ${at}`);
    const before = `${lines.join('\n')}\n`;
    const after = before.replace('line 20\n', 'line twenty\n<img src=x onerror=hit()>\u200b\n');
    const { answering, answer } = await ask(change(before, after));
    const rows = await open.page.getByTestId('diff').locator('li').allInnerTexts();
    const flat = rows.map((row) => row.replace(/\s+/g, ' '));
    assert.equal(flat.length, 3 + 3 + 3 + 2);
    assert.ok(flat.some((row) => row.includes('removed: line 20')));
    assert.ok(flat.some((row) => row.includes('<img src=x onerror=hit()>⟨U+200B⟩')));
    await open.page.getByTestId('open-change').click();
    await open.page.getByTestId('allow').click();
    assert.deepEqual(await answer, { kind: 'allow', hash: 'h1' });
    answering.emit({ kind: 'changed', requestId: 'call-1', result: { written: true } });
    await open.page.getByTestId('undo-change').click();
    await open.page.getByTestId('permission-status').filter({ hasText: 'Taken back' }).waitFor();
    assert.deepEqual(open.did, ['openChange src/tax.py', 'undoChange src/tax.py']);
    assert.deepEqual(open.complaints, []);
    answering.end();
  });

  it('take a refusal with its reason, from the keyboard', async () => {
    const { answering, answer } = await ask(change('a\n', 'b\n'));
    await open.page.getByTestId('refuse-reason').fill('Not now');
    await open.page.getByTestId('refuse-reason').press('Enter');
    assert.deepEqual(await answer, { kind: 'refuse', reason: 'Not now' });
    await open.page.getByTestId('permission-status').filter({ hasText: 'Rejected: Not now' }).waitFor();
    assert.equal(await open.page.getByTestId('allow').count(), 0);
    answering.end();
  });

  it('say why an allowed change was not made', async () => {
    const { answering, answer } = await ask(change('a\n', 'b\n'));
    await open.page.getByTestId('allow').click();
    await answer;
    const result = { written: false, reason: 'It has changed since it was shown.' } as const;
    answering.emit({ kind: 'changed', requestId: 'call-1', result });
    await open.page.getByTestId('permission-status').filter({ hasText: 'Not applied: It has' }).waitFor();
    answering.end();
  });

  it('warn of files that tools obey, and of what may hold secrets', async () => {
    const tasks: EditRequest = { ...change('', 'x\n'), path: '.vscode/tasks.json' };
    const first = await ask(tasks);
    await open.page.getByText('Tools on your machine may run or obey this file').waitFor();
    await open.page.getByTestId('refuse').click();
    await first.answer;
    first.answering.end();
    await open.page.getByTestId('send').waitFor();
    const secret = await ask({
      kind: 'secret',
      id: 'call-2',
      threadId: 't',
      path: '.env',
      bytes: 9,
      hash: 'h2',
    });
    await open.page.getByText('What the agent reads is sent to the model.').waitFor();
    await open.page.getByTestId('allow').click();
    assert.deepEqual(await secret.answer, { kind: 'allow', hash: 'h2' });
    await open.page.getByTestId('permission-status').filter({ hasText: 'Allowed by you' }).waitFor();
    secret.answering.end();
  });
});
