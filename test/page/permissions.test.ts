import assert from 'node:assert/strict';
import type { EditRequest, PermissionRequest } from '../../src/core/permission.ts';
import { becomes } from './support/becomes.ts';
import { chatForEach } from './support/chatForEach.ts';
import { endInView, hiddenWidth } from './support/inView.ts';

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
  const chat = chatForEach();

  async function ask(request: PermissionRequest) {
    const answering = await chat.ask('Mend the rate');
    answering.emit({ kind: 'asked', request });
    const answer = chat.open.permissions.permit(request, answering.signal).then((given) => {
      answering.emit({ kind: 'answered', requestId: request.id, answer: given });
      return given;
    });
    await chat.open.page.getByTestId('permission').last().waitFor();
    return { answering, answer };
  }

  it('show the difference and change nothing before somebody decides', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => `line ${at}`);
    const before = `${lines.join('\n')}\n`;
    const after = before.replace('line 20\n', 'line twenty\n<img src=x onerror=hit()>\u200b\n');
    const { answering, answer } = await ask(change(before, after));
    const shown = chat.open.page.getByTestId('diff').locator('li');
    await becomes(() => shown.count(), 3 + 3 + 3 + 2);
    const rows = await shown.allInnerTexts();
    const flat = rows.map((row) => row.replace(/\s+/g, ' '));
    assert.ok(flat.some((row) => row.includes('removed: line 20')));
    assert.ok(flat.some((row) => row.includes('<img src=x onerror=hit()>U+200B')));
    await chat.open.page.getByTestId('open-change').click();
    await chat.open.page.getByTestId('allow').click();
    assert.deepEqual(await answer, { kind: 'allow', hash: 'h1' });
    answering.emit({ kind: 'changed', requestId: 'call-1', result: { written: true } });
    await chat.open.page.getByTestId('undo-change').click();
    await chat.open.page.getByTestId('permission-status').filter({ hasText: 'Taken back' }).waitFor();
    assert.deepEqual(chat.open.did, ['openChange src/tax.py', 'undoChange src/tax.py']);
    assert.deepEqual(chat.open.complaints, []);
    answering.end();
  });

  it('show a change that was taken back far up in the conversation', async () => {
    const { answering, answer } = await ask(change('a\n', 'b\n'));
    await chat.open.page.getByTestId('allow').click();
    await answer;
    answering.emit({ kind: 'changed', requestId: 'call-1', result: { written: true } });
    for (let count = 1; count <= 250; count += 1)
      answering.emit({ kind: 'notice', message: `Notice ${count}` });
    answering.end();
    await becomes(() => chat.open.page.getByTestId('notice').count(), 250);
    await chat.open.page.getByTestId('undo-change').click();
    await chat.open.page.getByTestId('permission-status').filter({ hasText: 'Taken back' }).waitFor();
  });

  it('show all of a change, whatever a terminal or a narrow window would make of it', async () => {
    const hidden = 'sep = "\u001b]"; evil(); sep = "\u0007"';
    const far = `return x${' '.repeat(200)}; evil()`;
    const long = 'x'.repeat(300);
    const { answering, answer } = await ask({
      ...change('', `${hidden}\n${far}\n\t${long}\n`),
      path: 'src/a\u202e b.py',
    });
    const card = chat.open.page.getByTestId('permission').last();
    const lines = card.getByTestId('diff').locator('code');
    await becomes(
      () => lines.allTextContents(),
      ['sep = "U+001B]"; evil(); sep = "U+0007"', far, `\t${long}`],
    );
    await becomes(() => card.locator('.hidden-character').allTextContents(), ['U+202E', 'U+001B', 'U+0007']);
    await becomes(() => card.getAttribute('aria-label'), 'Change src/a⟨U+202E⟩ b.py');
    await becomes(() => hiddenWidth(card.locator('.diff')), 0);
    assert.ok(await endInView(lines.nth(1)));
    await chat.open.page.getByTestId('allow').click();
    await answer;
    answering.end();
  });

  it('take a refusal with its reason, from the keyboard', async () => {
    const { answering, answer } = await ask(change('a\n', 'b\n'));
    await chat.open.page.getByTestId('refuse-reason').fill('Not now');
    await chat.open.page.getByTestId('refuse-reason').press('Enter');
    assert.deepEqual(await answer, { kind: 'refuse', reason: 'Not now' });
    await chat.open.page.getByTestId('permission-status').filter({ hasText: 'Rejected: Not now' }).waitFor();
    await becomes(() => chat.open.page.getByTestId('allow').count(), 0);
    answering.end();
  });

  it('say why an allowed change was not made', async () => {
    const { answering, answer } = await ask(change('a\n', 'b\n'));
    await chat.open.page.getByTestId('allow').click();
    await answer;
    const result = { written: false, reason: 'It has changed since it was shown.' } as const;
    answering.emit({ kind: 'changed', requestId: 'call-1', result });
    await chat.open.page
      .getByTestId('permission-status')
      .filter({ hasText: 'Not applied: It has' })
      .waitFor();
    answering.end();
  });

  it('warn of files that tools obey, and of what may hold secrets', async () => {
    const tasks: EditRequest = { ...change('', 'x\n'), path: '.github/workflows/ci.yml' };
    const first = await ask(tasks);
    await chat.open.page.getByText('Tools on your machine may run or obey this file').waitFor();
    await chat.open.page.getByTestId('refuse').click();
    await first.answer;
    first.answering.end();
    await chat.open.page.getByTestId('send').waitFor();
    const secret = await ask({
      kind: 'secret',
      id: 'call-2',
      threadId: 't',
      path: '.env',
      bytes: 9,
      hash: 'h2',
    });
    await chat.open.page.getByText('What the agent reads is sent to the model.').waitFor();
    await chat.open.page.getByTestId('allow').click();
    assert.deepEqual(await secret.answer, { kind: 'allow', hash: 'h2' });
    await chat.open.page.getByTestId('permission-status').filter({ hasText: 'Allowed by you' }).waitFor();
    secret.answering.end();
  });
});
