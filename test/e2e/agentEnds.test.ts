import assert from 'node:assert/strict';
import { failure, reply, runCode, say, type ScriptedRequest, type Turn } from '../support/messages/script.ts';
import { lastWords } from '../support/messages/storyText.ts';
import { editorWithModel } from '../support/workbench/editorWithModel.ts';
import { screenshot } from '../support/workbench/screenshots.ts';

/** What the service answers with, what the person then reads, and the kind of fault. */
const answers = [
  { status: 402, says: /can’t pay|can't pay/, code: 'billing' },
  { status: 403, says: /API key may not/, code: 'bad-key' },
  { status: 404, says: /does not know the model/, code: 'no-model' },
  { status: 413, says: /too large/, code: 'too-long' },
  { status: 500, says: /trouble answering/, code: 'model-overloaded' },
  { status: 529, says: /overloaded/, code: 'model-overloaded' },
] as const;

const wrong = { code: 'print(1 / 0)\n', purpose: 'Divide by nothing' };

function answerTo(request: ScriptedRequest): Turn {
  const words = lastWords(request);
  const status = /answer with (\d+)/.exec(words)?.[1];
  if (status !== undefined) return failure(Number(status), undefined, 0);
  if (words.includes('refuse')) return say('I would rather not', { stopReason: 'refusal' });
  if (words.includes('go in circles')) return runCode('Once more.', wrong);
  if (words.includes('at length')) return say('word '.repeat(400), { delayMs: 40 });
  if (words.includes('think aloud'))
    return reply(
      [
        { type: 'thinking', thinking: 'A long thought. '.repeat(40) },
        { type: 'text', text: 'word '.repeat(400) },
      ],
      { delayMs: 40 },
    );
  return say('Here I am again.');
}

describe('requests that come to no answer', () => {
  const model = editorWithModel(answerTo);
  const shown = (text: string | RegExp) =>
    model.open.editor.byTestId('message-assistant').filter({ hasText: text }).first();

  for (const { status, says, code } of answers) {
    it(`says what a ${status} of the service means, and lets the person try again`, async () => {
      const { editor } = model.open;
      await model.newChat();
      await editor.ask(`Please answer with ${status}.`);
      const banner = editor.byTestId('banner').filter({ hasText: says });
      await banner.waitFor();
      assert.equal(await banner.getAttribute('data-code'), code);
      await banner.getByTestId('retry').waitFor();
    });
  }

  it('goes on in the same conversation when the trouble is over', async () => {
    await model.open.editor.ask('Are you there?');
    await shown('Here I am again.').waitFor();
  });

  it('says that the model declined', async () => {
    await model.newChat();
    await model.open.editor.ask('Please refuse.');
    await model.open.editor
      .byTestId('notice')
      .filter({ hasText: /declined/ })
      .waitFor();
  });

  it('stops a model that proposes the same failing program again and again', async () => {
    const { editor } = model.open;
    await model.newChat();
    await editor.ask('Please go in circles.');
    for (let round = 0; round < 3; round += 1) {
      const card = editor.byTestId('card').nth(round);
      await card.getByTestId('run').click();
      await card.getByTestId('metrics').filter({ hasText: 'exit 1' }).waitFor();
    }
    const banner = editor.byTestId('banner').filter({ hasText: /same program three times/ });
    await banner.waitFor();
    assert.equal(await editor.byTestId('card').count(), 3);
    await screenshot(model.open, '55-circles');
  });

  for (const [where, request] of [
    ['in the middle of an answer', 'Please speak at length.'],
    ['in the middle of a thought', 'Please think aloud.'],
  ] as const) {
    it(`stops ${where}, and the next request finds a history that the service takes`, async () => {
      const { editor } = model.open;
      await model.newChat();
      await editor.ask(request);
      await editor.byTestId('message-assistant').first().waitFor();
      await editor.byTestId('stop').click();
      await editor.byTestId('send').waitFor();
      await editor.ask('Are you there?');
      await shown('Here I am again.').waitFor();
    });
  }

  it('stops while a proposal waits, which then cannot be run, and goes on after it', async () => {
    const { editor } = model.open;
    await model.newChat();
    await editor.ask('Please go in circles.');
    const card = editor.byTestId('card').first();
    await card.getByTestId('run').waitFor();
    await editor.byTestId('stop').click();
    await card.getByTestId('run').waitFor({ state: 'detached' });
    await editor.ask('Are you there?');
    await shown('Here I am again.').waitFor();
    assert.equal(await card.getByTestId('metrics').count(), 0);
    assert.deepEqual(model.messages.rejections, []);
  });
});
