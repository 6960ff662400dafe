import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { failingScript, failingScriptStory } from '../support/messages/failingScript.ts';
import { reply, runCode, say, type ScriptedRequest, type Turn } from '../support/messages/script.ts';
import { allText, lastWords, resultsSince, toolResults } from '../support/messages/storyText.ts';
import { editorWithModel } from '../support/workbench/editorWithModel.ts';
import { screenshot, screenshotInThemes } from '../support/workbench/screenshots.ts';

const program = (code: string) =>
  ({ type: 'tool_use', name: 'run_code', input: { language: 'python', code, purpose: code } }) as const;
const thought = 'They want to know what six times seven is. I should compute it.';

/** Whether the editor has written down, in its browser, a state of ours that has this in it. */
const keeps = `async (text) => {
  const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const state = await done(database.transaction(store).objectStore(store).get('glovebox.glovebox'));
      if (String(state).includes(text)) return true;
    }
    database.close();
  }
  return false;
}`;

/** What the model does, by what the person asked last. */
function answers(): (request: ScriptedRequest) => Turn {
  let counted = 0;
  return (request) => {
    const words = lastWords(request);
    const results = resultsSince(request);
    if (words.startsWith('Summarise the conversation below')) return say('They count. The last was 28.');
    if (words.includes('script fail')) return failingScriptStory(results);
    if (words.includes('two ways'))
      return results.length === 0
        ? reply([{ type: 'text', text: 'Two ways.' }, program('print("first")'), program('print("second")')])
        : say(`Of two, ${results.filter((text) => text.startsWith('status: ok')).length} ran.`);
    if (words.includes('after the reload'))
      return results.length === 0
        ? runCode('I ask first.', { code: 'print("still here")', purpose: 'Say something' })
        : say(`It said: ${/still here/.exec(results[0] ?? '')?.[0] ?? 'nothing'}.`);
    if (words.includes('six times seven'))
      return results.length === 0
        ? reply([
            { type: 'thinking', thinking: thought },
            { type: 'text', text: 'Computing.' },
            program('print(42)'),
          ])
        : reply([
            { type: 'thinking', thinking: 'It printed 42.' },
            { type: 'text', text: 'Six times seven is 42.' },
          ]);
    if (words.startsWith('Count')) {
      counted += 1;
      return say(`Number ${counted}.`, { usage: { input: request.body.messages.length * 2500, output: 10 } });
    }
    return say('I know nothing of that.');
  };
}

describe('the agent at work in the editor', () => {
  const model = editorWithModel(answers());
  const answer = (text: string | RegExp) =>
    model.open.editor.byTestId('message-assistant').filter({ hasText: text }).first().waitFor();
  afterEach(() => assert.deepEqual(model.messages.rejections, []));

  it('finds out why a script fails on a file, corrects itself, and changes the script when it may', async () => {
    const { editor, workspace } = model.open;
    const file = path.join(workspace, 'report.py');
    await writeFile(file, failingScript);
    await editor.ask('Why does this script fail on my file? It is report.py and reads sales.csv.');
    const cards = editor.byTestId('card');
    await cards.nth(0).getByTestId('run').click();
    await cards.nth(0).getByTestId('metrics').filter({ hasText: 'exit 1' }).waitFor();
    assert.match(await cards.nth(0).getByTestId('stderr').innerText(), /KeyError: 'amount'/);
    await cards.nth(1).getByTestId('run').click();
    await cards.nth(1).getByTestId('metrics').filter({ hasText: 'exit 0' }).waitFor();
    const change = editor.byTestId('permission');
    await change.getByTestId('allow').waitFor();
    assert.equal(await readFile(file, 'utf8'), failingScript, 'changed before anybody said so');
    await change.getByTestId('open-change').click();
    await editor.page.locator('.monaco-diff-editor .line-insert').first().waitFor();
    await screenshotInThemes(model.open, '60-change');
    await change.getByTestId('allow').click();
    await answer(/The total is 524,320\.41; the file is changed/);
    assert.match(await readFile(file, 'utf8'), /float\(row\["units"\]\) \* float\(row\["price"\]\)/);
    await screenshot(model.open, '61-changed');
    await change.getByTestId('undo-change').click();
    await change.getByTestId('permission-status').filter({ hasText: 'Taken back' }).waitFor();
    assert.equal(await readFile(file, 'utf8'), failingScript);
  });

  it('changes nothing when the file changed while the question stood', async () => {
    await model.newChat();
    const { editor, workspace } = model.open;
    const file = path.join(workspace, 'report.py');
    await editor.ask('Once more: why does this script fail? It is report.py.');
    for (const at of [0, 1]) await editor.byTestId('card').nth(at).getByTestId('run').click();
    const change = editor.byTestId('permission');
    await change.getByTestId('allow').waitFor();
    await writeFile(file, `${failingScript}print("mine")\n`);
    await change.getByTestId('allow').click();
    await answer(/the file is as it was/);
    assert.equal(await readFile(file, 'utf8'), `${failingScript}print("mine")\n`);
  });

  it('runs one of two parallel proposals when the other is rejected', async () => {
    await model.newChat();
    const { editor } = model.open;
    await editor.ask('Try two ways at once.');
    const cards = editor.byTestId('card');
    await cards.nth(1).getByTestId('run').waitFor();
    await cards.nth(0).getByTestId('reject').click();
    await cards.nth(1).getByTestId('run').click();
    await answer('Of two, 1 ran.');
    assert.deepEqual(
      toolResults(model.messages.requests.at(-1)!).map((text) => /^status: \w+/.exec(text)?.[0]),
      ['status: rejected', 'status: ok'],
    );
    await screenshot(model.open, '62-one-of-two');
  });

  it('has the open decision again after a reload of the window, and goes on from it', async () => {
    await model.newChat();
    await model.open.editor.ask('Ask me, and go on after the reload.');
    await model.open.editor.byTestId('card').getByTestId('run').waitFor();
    const before = model.messages.requests.length;
    await model.open.closeWindow();
    const editor = await model.open.reopen();
    await editor.openGlovebox();
    await editor.byTestId('card').getByTestId('run').waitFor();
    assert.equal(model.messages.requests.length, before, 'asked the model again');
    await screenshot(model.open, '63-after-reload');
    await editor.byTestId('card').getByTestId('run').click();
    await answer('It said: still here.');
  });

  it('has the copy that was edited in the editor again after a reload, and goes on from that', async () => {
    await model.newChat();
    await model.open.configure({ 'files.autoSave': 'onFocusChange' });
    const { editor } = model.open;
    const { page } = editor;
    await editor.ask('Ask me, and go on after the reload.');
    const lens = (title: string) => page.locator('.codelens-decoration a').filter({ hasText: title }).first();
    await lens('Edit').click();
    await lens('Use This Code').waitFor();
    const text = page.locator('.editor-instance .view-lines').filter({ visible: true }).first();
    await text.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nprint("and mine")');
    await page.locator('.tab.active.dirty').waitFor();
    // It saves itself.
    await editor.byTestId('composer').click();
    await page.locator('.tab.active:not(.dirty)').waitFor();
    while (!(await page.evaluate(`(${keeps})('and mine')`))) await page.waitForTimeout(200);
    await page.reload();
    // The copy may be there by itself, in front of the preview.
    await editor.byTestId('card').getByTestId('preview').click();
    await lens('Edit').click();
    await text.filter({ hasText: /and\smine/ }).waitFor();
    await editor.byTestId('card').filter({ hasText: 'You are editing this in the editor' }).waitFor();
    await lens('Use This Code').waitFor();
    await screenshot(model.open, '63-edit-after-reload');
    await lens('Use This Code').click();
    const card = editor.byTestId('card').filter({ hasText: 'and mine' });
    await card.getByTestId('run').click();
    await card.getByTestId('stdout').filter({ hasText: 'and mine' }).waitFor();
    await answer('It said: still here.');
    await model.open.configure({});
  });

  it('keeps its thoughts folded, and gives them back as they were', async () => {
    await model.newChat();
    await model.open.configure({ 'glovebox.thinkingTokens': 2000 });
    const { editor } = model.open;
    await editor.ask('What is six times seven?');
    await editor.byTestId('card').getByTestId('run').click();
    await answer('Six times seven is 42.');
    const fold = editor.byTestId('thinking').first();
    assert.equal(await fold.locator('pre').isVisible(), false);
    await fold.locator('summary').click();
    await fold.locator('pre').filter({ hasText: thought }).waitFor();
    await editor.ask('And once more: what is six times seven?');
    await editor.byTestId('card').nth(1).getByTestId('run').click();
    await editor.byTestId('message-assistant').filter({ hasText: 'is 42' }).nth(1).waitFor();
    const last = model.messages.requests.at(-1)?.body;
    assert.deepEqual(last?.thinking, { type: 'enabled', budget_tokens: 2000 });
    const sent = JSON.stringify(last.messages);
    assert.ok(sent.includes(thought) && sent.includes('"signature"'));
    await model.open.configure({});
  });

  it('goes on when a conversation of sixty messages has become too long', async () => {
    await model.newChat();
    const { editor } = model.open;
    for (let at = 1; at <= 30; at += 1) {
      await editor.ask(`Count ${at}`);
      await editor
        .byTestId('message-assistant')
        .filter({ hasText: `Number ${at}.` })
        .waitFor();
      await editor.byTestId('send').waitFor();
    }
    assert.equal(await editor.byTestId('message-user').count(), 30);
    assert.equal(await editor.byTestId('notice').filter({ hasText: 'summarised' }).count(), 1);
    const last = model.messages.requests.at(-1)!;
    assert.ok(last.body.messages.length < 12, `${last.body.messages.length} messages were sent`);
    assert.match(allText(last), /Summary of the conversation so far[^]*<summary>\s+They count/);
    await screenshot(model.open, '64-summarised');
  });
});
