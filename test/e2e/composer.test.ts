import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../support/messages/script.ts';
import { allText } from '../support/messages/storyText.ts';
import { editorWithModel } from '../support/workbench/editorWithModel.ts';
import { screenshot } from '../support/workbench/screenshots.ts';

describe('a request in the making', () => {
  const model = editorWithModel((request) => say(`Number ${request.index}.`));
  const answer = (text: string | RegExp) =>
    model.open.editor.byTestId('message-assistant').filter({ hasText: text }).first().waitFor();
  afterEach(() => assert.deepEqual(model.messages.rejections, []));

  /** What stands in the composer, once this is in it. */
  async function written(part: string): Promise<string> {
    const composer = model.open.editor.byTestId('composer');
    for (let tries = 0; tries < 1000; tries += 1) {
      const text = await composer.inputValue();
      if (text.includes(part)) return text;
      await sleep(50);
    }
    return composer.inputValue();
  }

  it('takes folders, the selection and pasted tables into a request', async () => {
    await model.newChat();
    const { editor, workspace } = model.open;
    await mkdir(path.join(workspace, 'parts'));
    for (const name of ['one.csv', 'two.csv', '.env'])
      await writeFile(path.join(workspace, 'parts', name), 'day,units\n2024-01-01,3\n');
    const composer = editor.byTestId('composer');
    await composer.pressSequentially('Count #parts');
    await editor.byTestId('mentions').getByText('parts', { exact: true }).click();
    await editor.byTestId('attachment').nth(1).waitFor();
    assert.deepEqual(await editor.byTestId('attachment').allInnerTexts(), ['parts/one.csv', 'parts/two.csv']);
    await editor.openFile('monthly_totals.py');
    await editor.page.locator('.editor-instance .view-line').first().click();
    await editor.page.keyboard.press('Home');
    await editor.page.keyboard.press('Shift+ArrowDown');
    await editor.page.locator('.statusbar', { hasText: /\(\d+ selected\)/ }).waitFor();
    await composer.focus();
    await composer.press('Control+End');
    await composer.pressSequentially('@sel');
    await editor.byTestId('mentions').getByText('monthly_totals.py:1').click();
    assert.match(await written('```'), /^Count parts\/\s+monthly_totals\.py:1-2\n```python\n/);
    await screenshot(model.open, '68-attached');
    await editor.byTestId('send').click();
    await answer(/Number \d+/);
    const sent = allText(model.messages.requests.at(-1)!);
    assert.match(sent, /parts\/one\.csv \(\d+ bytes\): 1 rows; columns: day \(date\), units \(integer\)/);
    assert.ok(!sent.includes('.env'));
  });

  it('is asked to fix the error of a failed run', async () => {
    await model.newChat();
    const { editor, workspace } = model.open;
    await writeFile(path.join(workspace, 'fails.py'), 'print(unknown_name)\n');
    await editor.runFile('fails.py');
    await editor.notification('ended with exit code 1').getByText('Fix This Error').click();
    assert.match(
      await written('NameError'),
      /This run ended with an error \(exit code 1\)\..*print\(unknown_name\).*NameError/s,
    );
    await editor.byTestId('composer').fill('');
  });

  it('takes another model from the live list', async () => {
    await model.newChat();
    const { editor } = model.open;
    await editor.byTestId('choose-model').click();
    const row = editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'claude-opus-5-5' });
    await row.waitFor();
    await screenshot(model.open, '65-models');
    await row.click();
    await editor.byTestId('choose-model').filter({ hasText: 'claude-opus-5-5' }).waitFor();
    await editor.ask('Count again');
    await answer(/Number \d/);
    assert.equal(model.messages.requests.at(-1)?.body.model, 'claude-opus-5-5');
  });

  it('completes skills, and shows which there are and which are not valid', async () => {
    await model.newChat();
    const { editor, workspace } = model.open;
    await writeSkill(path.join(workspace, '.claude/skills/broken'), 'no front matter');
    await writeSkill(
      path.join(workspace, '.claude/skills/data-analysis'),
      '---\nname: data-analysis\ndescription: Ours.\n---\nOurs.\n',
    );
    await editor.byTestId('composer').pressSequentially('/');
    await editor.byTestId('mentions').getByText('data-analysis').waitFor();
    await screenshot(model.open, '66-skill-completion');
    await editor.byTestId('composer').fill('');
    await editor.command('Glovebox: Show Skills');
    const rows = editor.page.locator('.pane', { hasText: 'Skills' }).locator('.monaco-list-row');
    await rows.filter({ hasText: /broken.*invalid: SKILL\.md does not begin with front matter/ }).waitFor();
    await rows.filter({ hasText: /data-analysis.*shadowed/ }).waitFor();
    await rows
      .filter({ hasText: /data-analysis.*workspace/ })
      .first()
      .waitFor();
    await screenshot(model.open, '67-skills');
  });

  it('opens with the selection that was asked about, where it was not open yet', async () => {
    await model.open.closeWindow();
    const editor = await model.open.reopen();
    await editor.openFile('monthly_totals.py');
    await editor.page.locator('.editor-instance .view-line').first().click();
    await editor.page.keyboard.press('Home');
    await editor.page.keyboard.press('Shift+ArrowDown');
    await editor.page.locator('.statusbar', { hasText: /\(\d+ selected\)/ }).waitFor();
    assert.equal(await editor.byTestId('composer').count(), 0, 'the chat was open already');
    await editor.command('Glovebox: Ask About Selection');
    assert.match(await written('```'), /^\s*monthly_totals\.py:1-2\n```python\n/);
  });

  it('opens with an error of a file, from its light bulb', async () => {
    await model.open.closeWindow();
    await writeFile(path.join(model.open.workspace, 'broken.py'), 'rate = )\n');
    const editor = await model.open.reopen();
    await editor.openFile('broken.py');
    await editor.command('Glovebox: Check File Without Running It');
    await editor.page.locator('.editor-instance .squiggly-error').first().waitFor();
    await editor.page.locator('.editor-instance .view-line').first().click();
    const fix = editor.page.locator('.action-widget').getByText('Fix This Error');
    // The menu closes by itself when something else takes the focus.
    for (let tries = 0; tries < 6 && !(await fix.isVisible()); tries += 1) {
      await editor.page.keyboard.press('Control+.');
      await fix.waitFor({ timeout: 5000 }).catch(() => undefined);
    }
    await fix.click();
    assert.match(await written('```'), /^Fix this error in line 1 of broken\.py: .*rate = \)/s);
    await editor.byTestId('attachment').filter({ hasText: 'broken.py' }).waitFor();
  });
});

async function writeSkill(folder: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'SKILL.md'), text);
}
