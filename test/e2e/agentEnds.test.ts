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

const slowly = { chunk: 6, delayMs: 40 };
const wrong = { code: 'print(1 / 0)\n', purpose: 'Divide by nothing' };

function answerTo(request: ScriptedRequest): Turn {
  const words = lastWords(request);
  const status = /answer with (\d+)/.exec(words)?.[1];
  if (status !== undefined) return failure(Number(status), undefined, 0);
  if (words.includes('refuse')) return say('I would rather not', { stopReason: 'refusal' });
  if (words.includes('go in circles')) return runCode('Once more.', wrong);
  if (words.includes('never end'))
    return reply([{ type: 'tool_use', name: 'search_files', input: { text: 'what is nowhere' } }]);
  if (words.includes('be dear')) return say('That was dear.', { usage: { output: 40_000 } });
  if (words.includes('draft slowly'))
    return runCode('I write.', { ...wrong, code: 'x = 1\n'.repeat(400) }, slowly);
  if (words.includes('run for long'))
    return runCode('I count.', {
      code: 'import time\nprint("counting", flush=True)\ntime.sleep(200)\n',
      purpose: 'Count for long',
    });
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
  // 40,000 tokens of an answer cost 0.60 dollars.
  const model = editorWithModel(answerTo, { settings: { 'glovebox.spendingLimit': 1 } });
  const shown = (text: string | RegExp) =>
    model.open.editor.byTestId('message-assistant').filter({ hasText: text }).first();
  const banner = (code: string) => model.open.editor.chat.locator(`[data-testid=banner][data-code=${code}]`);
  /** The service refuses a history with a call that has no answer. */
  const goesOn = async (): Promise<void> => {
    await model.open.editor.byTestId('send').waitFor();
    await model.open.editor.ask('Are you there?');
    await shown('Here I am again.').waitFor();
  };
  afterEach(() => assert.deepEqual(model.messages.rejections, []));

  for (const { status, says, code } of answers) {
    it(`says what a ${status} of the service means, and lets the person try again`, async () => {
      const { editor } = model.open;
      await model.newChat();
      await editor.ask(`Please answer with ${status}.`);
      const said = banner(code).filter({ hasText: says });
      await said.getByTestId('retry').waitFor();
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
    await banner('loop')
      .filter({ hasText: /same program three times/ })
      .waitFor();
    assert.equal(await editor.byTestId('card').count(), 3);
    await screenshot(model.open, '55-circles');
    await goesOn();
  });

  it('stops a model that never comes to an end after so many steps', async () => {
    await model.newChat();
    await model.open.editor.ask('Please never end.');
    await banner('step-limit').waitFor();
    await screenshot(model.open, '56-steps');
    await goesOn();
  });

  it('stops a request that takes too long', async () => {
    await model.newChat();
    await model.open.configure({ 'glovebox.turnSeconds': 3 });
    await model.open.editor.ask('Please speak at length.');
    await banner('time-limit').waitFor();
    await model.open.configure({});
    await goesOn();
  });

  it('stops a conversation that has cost what it may, before the next request', async () => {
    const { editor } = model.open;
    await model.newChat();
    for (const count of [1, 2]) {
      await editor.ask('Please be dear.');
      await editor
        .byTestId('message-assistant')
        .nth(count - 1)
        .filter({ hasText: 'dear' })
        .waitFor();
      await editor.byTestId('send').waitFor();
    }
    const before = model.messages.requests.length;
    await editor.ask('Please be dear.');
    await banner('spending-limit').waitFor();
    assert.equal(model.messages.requests.length, before);
    await screenshot(model.open, '57-spent');
  });

  it('stops in the middle of a program that is being written, of which nothing can be run', async () => {
    const { editor } = model.open;
    await model.newChat();
    await editor.ask('Please draft slowly.');
    await editor.byTestId('card').filter({ hasText: 'Writing code' }).waitFor();
    await editor.byTestId('stop').click();
    await goesOn();
    assert.equal(await editor.byTestId('run').count(), 0);
    assert.equal(await editor.byTestId('metrics').count(), 0);
  });

  it('stops a run, which ends in the sandbox too', async () => {
    const { editor } = model.open;
    await model.newChat();
    await editor.ask('Please run for long.');
    const card = editor.byTestId('card').first();
    await card.getByTestId('run').click();
    await card.getByTestId('stdout').getByText('counting').waitFor();
    await editor.byTestId('stop').click();
    await card.getByTestId('status').getByText('Cancelled').waitFor();
    await goesOn();
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
      await goesOn();
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
    await goesOn();
    assert.equal(await card.getByTestId('metrics').count(), 0);
  });
});
