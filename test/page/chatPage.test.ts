import assert from 'node:assert/strict';
import { becomes } from './support/becomes.ts';
import { chatForEach } from './support/chatForEach.ts';
import { blocked, clean, proposalOf, resultOf, sandbox } from './support/samples.ts';

describe('the chat page', () => {
  const chat = chatForEach();
  const ask = chat.ask;

  it('streams an answer as Markdown and keeps its parts apart', async () => {
    const answering = await ask('Explain');
    for (const delta of [
      '## Plan\n\n1. re',
      'ad\n2. sum\n\n```python\nprint(',
      '"<b>")\n```\n\nDone **now**.',
    ])
      answering.emit({ kind: 'text', delta });
    answering.end();
    const answer = chat.open.page.getByTestId('message-assistant');
    await answer.locator('strong', { hasText: 'now' }).waitFor();
    await becomes(() => answer.locator('h4').textContent(), 'Plan');
    await becomes(() => answer.locator('ol > li').allTextContents(), ['read', 'sum']);
    await becomes(() => answer.locator('pre code').textContent(), 'print("<b>")');
    assert.deepEqual(chat.open.complaints, []);
  });

  it('runs what was shown after a click on Run, and shows output, figures and pictures', async () => {
    const answering = await ask('List');
    const code = 'print(1)\n'.repeat(40);
    const proposal = proposalOf(answering.request.threadId, { code });
    answering.emit({ kind: 'proposed', proposal, report: clean });
    const deciding = chat.open.pending.decide(proposal, clean, answering.signal);
    await chat.open.page.getByTestId('run').click();
    assert.deepEqual(await deciding, { kind: 'run', hash: proposal.hash, by: 'person' });
    const say = (text: string) =>
      answering.emit({
        kind: 'run',
        proposalId: 'p1',
        event: { kind: 'output', stream: 'stdout', text },
      });
    answering.emit({ kind: 'run', proposalId: 'p1', event: { kind: 'started', sandbox, at: 0 } });
    say('one\n');
    await chat.open.page.getByTestId('stdout').filter({ hasText: 'one' }).waitFor();
    say('two\n');
    chat.open.pictures.set('a.svg', chat.open.server.put('a.svg', 'image/svg+xml', picture));
    const artifacts = [{ name: 'a.svg', mime: 'image/svg+xml', bytes: picture.length, path: '/x/a.svg' }];
    answering.emit({ kind: 'ran', proposalId: 'p1', result: resultOf({ stdout: 'one\ntwo\n', artifacts }) });
    answering.end();
    await chat.open.page.getByTestId('artifact-image').waitFor();
    await becomes(() => chat.open.page.getByTestId('stdout').textContent(), 'one\ntwo\n');
    assert.match(
      (await chat.open.page.getByTestId('metrics').textContent()) ?? '',
      /^exit 0 · 412 ms wall · 388 ms CPU · 92 MB peak · 0 ms queued · 3 ms to start · docker\/runc · glovebox-python$/,
    );
    await becomes(() => chat.open.page.getByTestId('jump').isVisible(), false, 'the end is in sight');
    await chat.open.page.getByTestId('artifact-image').click();
    await chat.open.page.getByTestId('artifact').click();
    await chat.open.page.getByTestId('open-run').click();
    await chat.open.page.getByTestId('rerun').click();
    await becomes(
      () => chat.open.did,
      ['openArtifact /x/a.svg', 'openArtifact /x/a.svg', 'openHistory r1', 'rerun r1'],
    );
    assert.deepEqual(chat.open.complaints, []);
  });

  it('needs a second, deliberate step for blocked code', async () => {
    const answering = await ask('List');
    const proposal = proposalOf(answering.request.threadId);
    const deciding = chat.open.pending.decide(proposal, blocked, answering.signal);
    await chat.open.page.getByTestId('finding').filter({ hasText: 'os.system' }).waitFor();
    await becomes(() => chat.open.page.getByTestId('run').count(), 0);
    await chat.open.page.getByTestId('run-anyway').click();
    assert.equal(chat.open.pending.list().length, 1);
    await chat.open.page.getByTestId('run-anyway-confirm').click();
    assert.deepEqual(await deciding, {
      kind: 'run',
      hash: proposal.hash,
      by: 'person',
      inSpiteOfFindings: true,
    });
    answering.end();
  });

  it('needs it anew where the same code has another finding by then', async () => {
    const { page, pending } = chat.open;
    const answering = await ask('List');
    const proposal = proposalOf(answering.request.threadId);
    void pending.decide(proposal, blocked, answering.signal);
    await page.getByTestId('run-anyway').click();
    await page.getByTestId('run-anyway-confirm').waitFor();
    const findings = blocked.findings.map((finding) => ({ ...finding, message: 'starts another command' }));
    chat.open.chat.shown.waiting(proposal, { ...blocked, findings });
    await page.getByTestId('finding').filter({ hasText: 'another command' }).waitFor();
    await becomes(() => page.getByTestId('run-anyway-confirm').count(), 0);
    answering.end();
  });

  it('sends an edited version to be checked, and a rejection with its reason', async () => {
    const answering = await ask('List');
    const first = proposalOf(answering.request.threadId);
    const deciding = chat.open.pending.decide(first, clean, answering.signal);
    await chat.open.page.getByTestId('edit').click();
    await chat.open.page.getByTestId('edit-code').fill('print(1)');
    await chat.open.page.getByTestId('edit-save').click();
    assert.deepEqual(await deciding, { kind: 'edit', code: 'print(1)' });
    const edit = { code: 'print(1)', previousCode: first.code, editedFrom: first.code };
    const second = proposalOf(answering.request.threadId, edit);
    const again = chat.open.pending.decide(second, clean, answering.signal);
    await chat.open.page.getByTestId('code').filter({ hasText: 'print(1)' }).waitFor();
    await chat.open.page.getByTestId('reject-why').click();
    await chat.open.page.getByTestId('reject-reason').fill('too short');
    await chat.open.page.getByTestId('reject-reason').press('Enter');
    assert.deepEqual(await again, { kind: 'reject', reason: 'too short' });
    await chat.open.page.getByTestId('status').filter({ hasText: 'Rejected: too short' }).waitFor();
    answering.end();
  });

  it('says that the code which ran was the person’s own', async () => {
    const answering = await ask('List');
    const proposal = proposalOf(answering.request.threadId, { editedFrom: 'print(0)' });
    const deciding = chat.open.pending.decide(proposal, clean, answering.signal);
    const status = chat.open.page.getByTestId('status');
    await status.filter({ hasText: 'Edited by you' }).waitFor();
    await chat.open.page.getByTestId('run').click();
    await deciding;
    answering.emit({ kind: 'ran', proposalId: 'p1', result: resultOf() });
    await status.filter({ hasText: 'Done · Edited and approved by you' }).waitFor();
    answering.end();
  });

  it('says that clean code runs unasked in this chat, and takes that back', async () => {
    const { page, pending } = chat.open;
    const answering = await ask('List');
    const proposal = proposalOf(answering.request.threadId);
    const deciding = pending.decide(proposal, clean, answering.signal);
    await page.getByTestId('run-for-conversation').click();
    assert.equal((await deciding).kind, 'run');
    await page.getByTestId('unasked').filter({ hasText: 'runs without asking' }).waitFor();
    const second = proposalOf(answering.request.threadId, { id: 'p2' });
    answering.emit({ kind: 'proposed', proposal: second, report: clean });
    const decision = { kind: 'run', hash: second.hash, by: 'conversation' } as const;
    answering.emit({ kind: 'decided', proposalId: 'p2', decision });
    await page.getByTestId('status').filter({ hasText: 'Approved by you for this chat' }).waitFor();
    await page.getByTestId('ask-again').click();
    await page.getByTestId('unasked').waitFor({ state: 'hidden' });
    answering.end();
  });

  it('stops with Escape and with the button, and offers to retry what failed', async () => {
    const first = await ask('Once');
    await chat.open.page.getByTestId('stop').waitFor();
    await chat.open.page.getByTestId('composer').press('Escape');
    await chat.open.page.getByTestId('send').waitFor();
    assert.equal(first.signal.aborted, true);
    await chat.open.page.getByTestId('notice').filter({ hasText: 'You stopped this answer.' }).waitFor();
    await chat.open.page.getByTestId('retry-stopped').click();
    const again = await chat.open.agent.next();
    assert.equal(again.request.text, 'Once');
    await becomes(() => chat.open.page.getByTestId('notice').count(), 0);
    again.emit({ kind: 'text', delta: 'One and' });
    await chat.open.page.getByText('One and').waitFor();
    await chat.open.page.getByTestId('stop').click();
    await chat.open.page.getByTestId('notice').waitFor();
    const second = await ask('Twice');
    second.emit({ kind: 'failed', code: 'bad-key', message: 'The key was refused.' });
    second.end();
    await chat.open.page.getByTestId('banner-setKey').click();
    const third = await chat.open.agent.next();
    assert.equal(third.request.text, 'Twice');
    assert.deepEqual(chat.open.agent.rewound, [1, 1]);
    third.emit({ kind: 'text', delta: 'At last.' });
    await chat.open.page.getByText('At last.').waitFor();
    await becomes(() => chat.open.page.getByTestId('message-user').count(), 2);
    assert.deepEqual(chat.open.did, ['askForKey']);
    third.end();
  });

  it('tells of tries in one line, and of other things in lines of their own', async () => {
    const answering = await ask('Once');
    const tell = (message: string, about?: 'retry') =>
      answering.emit({ kind: 'notice', message, ...(about === undefined ? {} : { about }) });
    tell('Uses a skill');
    for (const count of [2, 3, 4]) tell(`Trying again (${count} of 4)`, 'retry');
    tell('Read a file');
    await chat.open.page.getByTestId('notice').filter({ hasText: 'Read a file' }).waitFor();
    await becomes(
      () => chat.open.page.getByTestId('notice').allTextContents(),
      ['Uses a skill', 'Trying again (4 of 4)', 'Read a file'],
    );
    answering.end();
  });

  it('attaches files by picker and by mention, and sends those that are shown', async () => {
    await chat.open.page.getByTestId('attach').click();
    await chat.open.page.getByTestId('attachment').filter({ hasText: 'sales.csv' }).waitFor();
    await chat.open.page.getByTestId('composer').pressSequentially('Compare @cos');
    await chat.open.page.getByTestId('mentions').getByText('data/costs.csv').waitFor();
    await chat.open.page.getByTestId('composer').press('Tab');
    await chat.open.page.getByTestId('attachment').nth(1).waitFor();
    const answering = await ask('Compare both');
    assert.deepEqual(
      answering.request.files.map(({ name }) => name),
      ['sales.csv', 'data/costs.csv'],
    );
    await becomes(() => chat.open.page.getByTestId('attachment').count(), 0);
    answering.end();
  });

  it('greets from the first word on, however small the view', async () => {
    const { page } = chat.open;
    await page.setViewportSize({ width: 300, height: 420 });
    // The page has scrolled where it wants to be by its second frame.
    await page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
    );
    const heading = await page.getByTestId('welcome').getByRole('heading').boundingBox();
    assert.ok(heading !== null && heading.y >= 0, `the heading is at ${heading?.y}`);
    await page.getByTestId('welcome').hover();
    await page.mouse.wheel(0, 100);
    await page.mouse.wheel(0, -40);
    await becomes(() => page.getByTestId('jump').isVisible(), false, 'a welcome has no end to jump to');
    const welcome = await page.getByTestId('welcome').boundingBox();
    assert.ok(welcome !== null && welcome.height > 300, 'it does not fit into the view');
  });

  it('shows the same after the page was reloaded, with the draft', async () => {
    const answering = await ask('Explain');
    answering.emit({ kind: 'text', delta: 'All **there**' });
    await chat.open.page.getByTestId('composer').fill('half a thought');
    await chat.open.page.reload();
    await chat.open.page.locator('strong', { hasText: 'there' }).waitFor();
    await becomes(() => chat.open.page.getByTestId('composer').inputValue(), 'half a thought');
    answering.emit({ kind: 'text', delta: ' and on' });
    await chat.open.page.getByTestId('message-assistant').filter({ hasText: 'All there and on' }).waitFor();
    answering.end();
  });
});

const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="red"/></svg>';
