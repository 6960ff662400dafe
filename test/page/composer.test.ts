import assert from 'node:assert/strict';
import { becomes, matches } from './support/becomes.ts';
import { chatForEach } from './support/chatForEach.ts';

describe('the composer', () => {
  const chat = chatForEach();

  const field = () => chat.open.page.getByTestId('composer');
  const offered = () => chat.open.page.getByTestId('mentions').locator('li');
  const attached = () => chat.open.page.getByTestId('attachment').allTextContents();

  it('offers skills behind a slash at the beginning, with what they are for', async () => {
    await field().pressSequentially('/dat');
    await offered().first().waitFor();
    await matches(() => offered().first().innerText(), /data-analysis\s+Totals, groups and trends/);
    await field().press('Enter');
    await becomes(() => field().inputValue(), '/data-analysis ');
    await field().pressSequentially('of sales, and 1/dat');
    await offered().first().waitFor({ state: 'hidden' });
    await field().press('Enter');
    const answering = await chat.open.agent.next();
    assert.equal(answering.request.text, '/data-analysis of sales, and 1/dat');
    answering.end();
  });

  it('looks for nothing behind a sign before a word too long for a name', async () => {
    await field().fill(`#${'x'.repeat(5000)}`);
    await field().fill('Compare #da');
    await offered().first().waitFor();
    assert.deepEqual(chat.open.did, []);
  });

  it('attaches folders behind a hash', async () => {
    await field().pressSequentially('Compare #da');
    await offered().first().waitFor();
    await field().press('Tab');
    await becomes(() => field().inputValue(), 'Compare data/ ');
    await chat.open.page.getByTestId('attachment').waitFor();
    await becomes(attached, ['data']);
  });

  it('puts the selection of the editor into the request', async () => {
    await field().pressSequentially('Why? @sel');
    await offered().first().waitFor();
    await matches(() => offered().first().innerText(), /selection\s+tax\.py:1-2/);
    await field().press('Enter');
    await chat.open.page.waitForFunction(
      (id) =>
        (globalThis as unknown as { document: { querySelector(s: string): { value: string } } }).document
          .querySelector(id)
          .value.includes('rate = 0.2'),
      '[data-testid=composer]',
    );
    await matches(() => field().inputValue(), /^Why\?/);
  });

  it('attaches a pasted table and long text, and leaves short text where it is', async () => {
    const table = Array.from({ length: 12 }, (_, row) => `a${row}\tb\t${row}`).join('\n');
    await chat.open.page.evaluate(paste, { text: table });
    await chat.open.page.getByTestId('attachment').first().waitFor();
    await chat.open.page.evaluate(paste, { text: 'x'.repeat(7000) });
    await chat.open.page.getByTestId('attachment').nth(1).waitFor();
    await becomes(attached, ['pasted-1.tsv', 'pasted-1.txt']);
    assert.equal(
      await chat.open.page.evaluate(paste, { text: 'short, text' }),
      false,
      'taken from the field',
    );
    await field().fill('Look');
    await field().press('Enter');
    const answering = await chat.open.agent.next();
    const [file] = answering.request.files;
    let text = '';
    for await (const chunk of file?.open() ?? []) text += Buffer.from(chunk).toString();
    assert.equal(text, table);
    answering.end();
  });

  it('shows the model, the cost and how full the context is', async () => {
    await chat.open.page.getByTestId('choose-model').click();
    await becomes(() => chat.open.did, ['chooseModel']);
    await becomes(() => chat.open.page.getByTestId('context-meter').isVisible(), false);
    await field().fill('Go');
    await field().press('Enter');
    const answering = await chat.open.agent.next();
    answering.emit({ kind: 'text', delta: 'Gone.' });
    const counts = { inputTokens: 90_000, outputTokens: 10_000, cacheReadTokens: 0, cacheWriteTokens: 0 };
    for (const costUsd of [0.25, 0.5])
      answering.emit({
        kind: 'usage',
        usage: { ...counts, costUsd },
        context: { used: 100_000, window: 200_000 },
      });
    answering.end();
    await chat.open.page
      .getByTestId('composer-info')
      .filter({ hasText: /200k tokens · \$0\.75/ })
      .waitFor();
    await matches(() => chat.open.page.getByTestId('context-meter').innerText(), /50 %/);
    await matches(() => chat.open.page.getByTestId('usage').innerText(), /90\.0k in · 10\.0k out · \$0\.25/);
  });

  it('keeps a request that is sent while an answer comes, and sends it when that has ended', async () => {
    const note = chat.open.page.getByTestId('composer-note');
    const waits = note.filter({ hasText: 'Will be sent when this answer has ended' });
    const first = await chat.ask('One');
    await chat.open.page.getByTestId('stop').waitFor();
    await field().fill('Two');
    await field().press('Enter');
    await waits.waitFor();
    await field().press('Escape');
    await note.waitFor({ state: 'hidden' });
    assert.equal(first.signal.aborted, false, 'the first Escape takes the request back');
    await field().press('Enter');
    await waits.waitFor();
    await field().pressSequentially(', please');
    await note.waitFor({ state: 'hidden' });
    await field().press('Enter');
    await waits.waitFor();
    assert.equal(chat.open.agent.requests.length, 1);
    first.end();
    const second = await chat.open.agent.next();
    assert.equal(second.request.text, 'Two, please');
    await becomes(() => field().inputValue(), '');
    await chat.open.page.getByTestId('stop').waitFor();
    await field().fill('Three');
    await field().press('Enter');
    await waits.waitFor();
    second.emit({ kind: 'failed', code: 'overloaded', message: 'Too busy.' });
    second.end();
    await note.filter({ hasText: 'Not sent, because the answer before it failed' }).waitFor();
    await becomes(() => field().inputValue(), 'Three');
    assert.equal(chat.open.agent.requests.length, 2);
  });

  it('says how many of the files from outside were left out, and which was too large', async () => {
    await chat.open.page.evaluate(paste, { file: 'large.png', bytes: 11_000_000, more: 22 });
    const note = chat.open.page.getByTestId('composer-note');
    await note.filter({ hasText: /^large\.png is larger than 10 MB\./ }).waitFor();
    await matches(
      () => note.innerText(),
      /Only the first 20 files were taken\. Attach the other 3 after them/,
    );
    await becomes(async () => (await attached()).length, 19);
  });

  it('attaches pasted pictures under a plain name, and two of one name as two', async () => {
    await chat.open.page.evaluate(paste, { file: '../../shot 1.png' });
    await becomes(attached, ['shot 1.png']);
    await chat.open.page.evaluate(paste, { file: 'shot 1.png' });
    await becomes(attached, ['shot 1.png', 'shot 1-2.png']);
    assert.deepEqual(chat.open.complaints, []);
  });
});

interface PageScope {
  readonly document: { querySelector(selector: string): { dispatchEvent(event: unknown): boolean } };
  readonly DataTransfer: new () => {
    setData(type: string, data: string): void;
    readonly items: { add(file: unknown): void };
  };
  readonly File: new (parts: readonly unknown[], name: string, options: object) => unknown;
  readonly ClipboardEvent: new (type: string, options: object) => unknown;
}

interface Pasted {
  readonly text?: string;
  readonly file?: string;
  readonly bytes?: number;
  /** So many other files. */
  readonly more?: number;
}

/** Runs in the page; true when the paste was taken. */
function paste({ text, file, bytes = 2, more = 0 }: Pasted): boolean {
  const scope = globalThis as unknown as PageScope;
  const clipboardData = new scope.DataTransfer();
  if (text !== undefined) clipboardData.setData('text/plain', text);
  const add = (name: string, size: number) =>
    clipboardData.items.add(new scope.File([new Uint8Array(size)], name, { type: 'image/png' }));
  if (file !== undefined) add(file, bytes);
  for (let index = 0; index < more; index++) add(`${index}.png`, 2);
  const event = new scope.ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  return !scope.document.querySelector('[data-testid=composer]').dispatchEvent(event);
}
