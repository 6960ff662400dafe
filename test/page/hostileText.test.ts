import assert from 'node:assert/strict';
import { becomes } from './support/becomes.ts';
import { hostileTexts } from './support/hostileTexts.ts';
import { chatForEach } from './support/chatForEach.ts';
import { endInView, hiddenWidth } from './support/inView.ts';
import { pageTrace } from './support/pageTrace.ts';
import { blocked, proposalOf, resultOf, sandbox } from './support/samples.ts';

describe('hostile text on the chat page', () => {
  const chat = chatForEach();
  const ask = chat.ask;

  async function assertHarmless(): Promise<void> {
    const trace = await pageTrace(chat.open.page);
    assert.deepEqual(trace.foreign, [], 'elements that only markup could have made');
    assert.deepEqual(trace.handlers, [], 'attributes that can run or load something');
    assert.equal(trace.hit, false, 'a script ran');
    assert.deepEqual(
      chat.open.requested.filter((url) => !url.startsWith(chat.open.server.url)),
      [],
    );
    assert.deepEqual(chat.open.complaints, []);
  }

  it('stays text in an answer, however it is cut into deltas', async () => {
    const answering = await ask('Hello');
    for (const text of hostileTexts) {
      answering.emit({ kind: 'thinking', delta: text });
      for (let at = 0; at < text.length; at += 7)
        answering.emit({ kind: 'text', delta: text.slice(at, at + 7) });
      answering.emit({ kind: 'text', delta: '\n\n' });
    }
    answering.emit({ kind: 'text', delta: 'the end' });
    answering.end();
    await chat.open.page.getByTestId('message-assistant').last().filter({ hasText: 'the end' }).waitFor();
    await chat.open.page.getByTestId('send').waitFor();
    await assertHarmless();
    const words = (await chat.open.page.getByTestId('transcript').textContent()) ?? '';
    for (const seen of ['<script>', '<img src=x', '<iframe', '<svg onload'])
      assert.ok(words.includes(seen), seen);
  });

  it('stays text in every field of a proposal and of its run', async () => {
    const answering = await ask(hostileTexts.join('\n'));
    const evil = hostileTexts.join(' ');
    const files = [
      { name: '<img src=x onerror=hit()>.csv', bytes: 1, open: () => (async function* () {})() },
    ];
    const proposal = proposalOf(answering.request.threadId, {
      purpose: evil,
      title: evil,
      code: hostileTexts.join('\n'),
      files,
    });
    const finding = { ...blocked.findings[0]!, message: evil, route: [evil], hint: evil, rule: evil };
    const deciding = chat.open.pending.decide(
      proposal,
      { verdict: 'warn', findings: [finding] },
      answering.signal,
    );
    await chat.open.page.getByTestId('run').click();
    await deciding;
    for (const stream of ['stdout', 'stderr'] as const)
      answering.emit({ kind: 'run', proposalId: 'p1', event: { kind: 'output', stream, text: evil } });
    const svg = chat.open.server.put('evil.svg', 'image/svg+xml', evilPicture);
    chat.open.pictures.set('evil.svg', svg);
    const artifacts = ['evil.svg', '"><script>hit()</script>.png', 'javascript:hit()'].map((name) => ({
      name,
      mime: 'image/svg+xml',
      bytes: 9,
      path: `/x/${name}`,
    }));
    answering.emit({
      kind: 'ran',
      proposalId: 'p1',
      result: resultOf({ artifacts, value: evil, message: evil, notices: [evil], sandbox }),
    });
    answering.emit({ kind: 'notice', message: evil });
    answering.emit({ kind: 'failed', code: evil, message: evil });
    answering.end();
    await chat.open.page.getByTestId('artifact-image').waitFor();
    await chat.open.page.getByTestId('banner').waitFor();
    await assertHarmless();
  });

  it('opens web links only through the host and nothing else at all', async () => {
    const answering = await ask('Links');
    answering.emit({
      kind: 'text',
      delta:
        '[web](https://example.org/a?b=1&c) [js](javascript:hit()) [data](data:text/html,<script>hit()</script>) ' +
        '[command](command:workbench.action.quit) [file](file:///etc/passwd) [case](JaVaScRiPt:hit()) ' +
        '[entity](java&#115;cript:hit()) ![picture](https://example.org/track.png) <https://example.org/auto>',
    });
    answering.end();
    const answer = chat.open.page.getByTestId('message-assistant');
    await answer.getByText('web').waitFor();
    await chat.open.page.getByTestId('send').waitFor();
    for (const link of await answer.locator('.link').all()) await link.click();
    for (const word of ['js', 'data', 'command', 'file', 'case', 'entity'])
      await answer.getByText(word, { exact: true }).click();
    await becomes(
      () => chat.open.did,
      [
        'openLink https://example.org/a?b=1&c',
        'openLink https://example.org/track.png',
        'openLink https://example.org/auto',
      ],
    );
    await assertHarmless();
  });

  it('would be seen by these tests if it became markup, and refused by the page even then', async () => {
    await chat.open.page.evaluate(plantMarkup);
    const trace = await pageTrace(chat.open.page);
    assert.deepEqual(trace.foreign, ['IFRAME']);
    assert.deepEqual(trace.handlers, ['style=color:red']);
    await becomes(() => /Content Security Policy/.test(chat.open.complaints.join('\n')), true);
    await assert.rejects(chat.open.page.evaluate(plantHandler), /TrustedScript/);
    await assert.rejects(chat.open.page.evaluate(plantText), /TrustedHTML/);
  });

  it('writes out characters in code that cannot be seen or that turn its order', async () => {
    const answering = await ask('Code');
    const code = 'access = "user\u202e \u2066# admin\u2069 \u2066"\nna\u200bme = 1\n';
    const proposal = proposalOf(answering.request.threadId, { code });
    void chat.open.pending.decide(proposal, { verdict: 'allow', findings: [] }, answering.signal);
    const shown = chat.open.page.getByTestId('code').locator('.hidden-character');
    await shown.first().waitFor();
    await becomes(() => shown.allTextContents(), ['U+202E', 'U+2066', 'U+2069', 'U+2066', 'U+200B']);
    answering.end();
  });

  it('leaves no code behind the edge of a narrow window, and nothing out of a name', async () => {
    const answering = await ask('Code');
    const code = `x = 1${' '.repeat(200)}; evil()\n# ${'y'.repeat(300)}\n`;
    const files = [{ name: 'a\u001b]b\u0007c\nd.csv', bytes: 1, open: () => (async function* () {})() }];
    const proposal = proposalOf(answering.request.threadId, { code, files });
    void chat.open.pending.decide(proposal, { verdict: 'allow', findings: [] }, answering.signal);
    const lines = chat.open.page.getByTestId('code').locator('code');
    await lines.first().waitFor();
    await becomes(() => hiddenWidth(chat.open.page.locator('.code-lines')), 0);
    assert.ok(await endInView(lines.first()));
    const name = await chat.open.page.getByTestId('card-file').textContent();
    assert.equal(name, 'a␛]b␇c␊d.csv (1 B)');
    answering.end();
  });
});

interface MarkupScope {
  readonly document: {
    createElement(name: string): { setAttribute(name: string, value: string): void };
    querySelector(selector: string): { append(...nodes: unknown[]): void; innerHTML: string };
  };
}

/** Runs in the page: what a careless line of ours would do. */
function plantMarkup(): void {
  const { document } = globalThis as unknown as MarkupScope;
  const text = document.createElement('p');
  text.setAttribute('style', 'color:red');
  document.querySelector('#chat').append(text, document.createElement('iframe'));
}

function plantHandler(): void {
  const { document } = globalThis as unknown as MarkupScope;
  document.createElement('img').setAttribute('onerror', 'hit()');
}

function plantText(): void {
  const { document } = globalThis as unknown as MarkupScope;
  document.querySelector('#chat').innerHTML = '<b>bold</b>';
}

const evilPicture =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="parent.hit()"><script>parent.hit()</script><image href="https://example.org/x.png"/></svg>';
