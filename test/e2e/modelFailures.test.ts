import assert from 'node:assert/strict';
import { failure, reply, runCode, say, type ScriptedRequest, type Turn } from '../support/messages/script.ts';
import { attempts, lastWords, toolResults } from '../support/messages/storyText.ts';
import { editorWithModel } from '../support/workbench/editorWithModel.ts';
import { screenshot } from '../support/workbench/screenshots.ts';

const product = { code: 'print(6 * 7)\n', purpose: 'Six times seven' };

/** What the model does in trouble, by what the person asks; each trouble comes once. */
function troubles(): (request: ScriptedRequest) => Turn {
  const had = new Set<string>();
  const once = (trouble: string): boolean => !had.has(trouble) && had.add(trouble) !== undefined;
  return (request) => {
    const [result] = toolResults(request);
    const words = lastWords(request);
    if (words.includes('rate limit'))
      return once('rate limit') ? failure(429, undefined, 2) : say('The wait is over.');
    if (words.includes('fall silent'))
      return once('silence')
        ? say('One two three', { cut: { at: 'mid-text', how: 'stall' } })
        : say('One two.');
    if (words.includes('not a word')) return once('no word') ? { kind: 'hang' } : say('Here is a word.');
    if (words.includes('cut off')) {
      if (result !== undefined) return say(`It printed ${/42/.exec(result)?.[0] ?? 'nothing'}.`);
      return runCode('I will multiply.', product, {
        chunk: 12,
        ...(once('cut off') ? { cut: { at: 'mid-tool', how: 'drop' } } : {}),
      });
    }
    if (words.includes('malformed')) {
      switch (attempts(request)) {
        case 0:
          return reply([{ type: 'tool_use', name: 'run_code', input: { language: 'python' } }]);
        case 1:
          return reply([{ type: 'tool_use', name: 'run_code', rawInput: '{"language": "python", "code' }]);
        case 2:
          return runCode('', { code: '', purpose: 'Nothing at all' });
        default:
          return say(`I gave up: ${result?.slice(0, 60)}`);
      }
    }
    if (words.includes('syntax error')) {
      if (result !== undefined) return say(`You said no: ${result.slice(0, 200)}`);
      return runCode('A slip of the pen.', { code: 'print("never closed\n', purpose: 'A greeting' });
    }
    return say('I know no such trouble.');
  };
}

describe('trouble with the model, said in the chat', () => {
  const model = editorWithModel(troubles());
  const answer = (text: string | RegExp) =>
    model.open.editor.byTestId('message-assistant').filter({ hasText: text }).first().waitFor();

  it('waits for a rate limit, says so and how long, and goes on', async () => {
    await model.open.editor.ask('Please meet the rate limit.');
    await model.open.editor
      .byTestId('notice')
      .filter({ hasText: /rate limit.*in 2 s/i })
      .waitFor();
    await screenshot(model.open, '50-rate-limit');
    await answer('The wait is over.');
  });

  it('takes back a reply that broke off in the middle of a tool call, and shows the whole one once', async () => {
    await model.newChat();
    await model.open.editor.ask('Please be cut off.');
    const card = model.open.editor.byTestId('card');
    await card.first().getByTestId('run').waitFor();
    await model.open.editor
      .byTestId('notice')
      .filter({ hasText: /broke in the middle/ })
      .waitFor();
    assert.equal(await card.count(), 1);
    assert.equal(await model.open.editor.chat.getByText('I will multiply.').count(), 1);
    await card.first().getByTestId('run').click();
    await answer('It printed 42.');
    await screenshot(model.open, '51-cut-off');
  });

  it('takes back a reply that falls silent, and one that never begins, and asks again', async () => {
    const { editor } = model.open;
    await model.newChat();
    await model.open.configure({ 'glovebox.silenceSeconds': 2 });
    await editor.ask('Please fall silent.');
    await answer('One two.');
    await editor
      .byTestId('notice')
      .filter({ hasText: /broke in the middle.*trying again/ })
      .waitFor();
    assert.equal(await editor.chat.getByText('One two three').count(), 0);
    await editor.ask('Please say not a word.');
    await answer('Here is a word.');
    assert.equal(
      await editor
        .byTestId('notice')
        .filter({ hasText: /trying again/ })
        .count(),
      2,
    );
    await model.open.configure({});
  });

  it('runs nothing for malformed, cut and empty calls, and tells the model what is wrong', async () => {
    await model.newChat();
    const before = model.messages.requests.length;
    await model.open.editor.ask('Please be malformed.');
    await answer(/I gave up/);
    assert.equal(await model.open.editor.byTestId('metrics').count(), 0);
    const told = model.messages.requests.slice(before + 1).flatMap((request) => toolResults(request));
    assert.equal(told.length, 3);
    for (const each of told) assert.match(each, /Nothing was run[^]*code/);
    await screenshot(model.open, '52-malformed');
  });

  it('shows where a syntax error is and runs nothing', async () => {
    await model.newChat();
    await model.open.editor.ask('Please make a syntax error.');
    const card = model.open.editor.byTestId('card').first();
    const finding = card.getByTestId('finding').first();
    await finding.waitFor();
    assert.match(await finding.innerText(), /line 1/i);
    assert.equal(await card.getByTestId('run').count(), 0);
    await screenshot(model.open, '53-syntax-error');
    await card.getByTestId('reject').click();
    await answer(/You said no/);
  });

  it('says that the model cannot be reached, where, and what to look at', async () => {
    await model.newChat();
    await model.messages.close();
    await model.open.editor.ask('Is anybody there?');
    const banner = model.open.editor.byTestId('banner').filter({ hasText: model.messages.url });
    await banner.waitFor();
    assert.equal(await banner.getAttribute('data-code'), 'model-unreachable');
    assert.match(await banner.innerText(), /network.*proxy.*base URL/);
    await banner.getByTestId('retry').waitFor();
    await screenshot(model.open, '54-no-network');
  });
});
