import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { say } from '../support/messages/script.ts';
import { allText } from '../support/messages/storyText.ts';
import { editorWithModel } from '../support/workbench/editorWithModel.ts';
import { screenshot } from '../support/workbench/screenshots.ts';

describe('a request in the making', () => {
  const model = editorWithModel((request) => say(`Number ${request.index}.`));
  const answer = (text: string | RegExp) =>
    model.open.editor.byTestId('message-assistant').filter({ hasText: text }).first().waitFor();
  afterEach(() => assert.deepEqual(model.messages.rejections, []));

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
    await editor.page.keyboard.press('Shift+ArrowDown');
    await composer.click();
    await composer.pressSequentially('@sel');
    await editor.byTestId('mentions').getByText('monthly_totals.py:1').click();
    await editor.byTestId('composer').and(editor.chat.locator(':focus')).waitFor();
    assert.match(await composer.inputValue(), /monthly_totals\.py:1-2\n```python\n/);
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
    await editor.page.waitForTimeout(500);
    const composer = editor.byTestId('composer');
    await composer.filter({ visible: true }).waitFor();
    const written = await composer.evaluate(async (field) => {
      const area = field as unknown as { value: string };
      for (let tries = 0; tries < 100 && area.value === ''; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      return area.value;
    });
    assert.match(written, /This run ended with error\..*print\(unknown_name\).*NameError/s);
    await composer.fill('');
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
});

async function writeSkill(folder: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'SKILL.md'), text);
}
