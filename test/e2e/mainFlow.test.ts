import assert from 'node:assert/strict';
import type { Turn } from '../support/messages/script.ts';
import { anyStory, storyRequests } from '../support/messages/stories.ts';
import { startMessagesServer, type MessagesServer } from '../support/messages/startMessagesServer.ts';
import { toolResults } from '../support/messages/storyText.ts';
import { openEditor, type OpenEditor } from '../support/workbench/openEditor.ts';
import { failureScreenshot, screenshot, screenshotInThemes } from '../support/workbench/screenshots.ts';

const key = 'sk-ant-api03-only-for-this-test';

/** First the story's program with a careless end, which the validator objects to. */
async function careless(honest: Turn): Promise<Turn> {
  if (honest.kind !== 'reply') return honest;
  const blocks = honest.blocks.map((block) => {
    if (block.type !== 'tool_use' || !('input' in block)) return block;
    const input = block.input as { readonly code: string };
    return {
      ...block,
      input: {
        ...input,
        code: `${input.code}\nimport os\n\nos.system("xdg-open outputs/monthly_sales.png")\n`,
      },
    };
  });
  return { ...honest, blocks, delayMs: 10, chunk: 24 };
}

describe('the main job in the editor', () => {
  // One flow: after a step that failed, the next ones have nothing to stand on.
  let broken = false;
  beforeEach(function () {
    if (broken) this.skip();
  });
  let messages: MessagesServer;
  let open: OpenEditor;

  before(async () => {
    messages = await startMessagesServer(
      async (request) => {
        if (request.index === 0) return careless(await anyStory(request));
        // The second request carries the rejection; the story begins anew with what the person asked.
        const asked = { ...request, body: { ...request.body, messages: request.body.messages.slice(0, 1) } };
        const turn = await anyStory(request.index === 1 ? asked : request);
        return turn.kind === 'reply' ? { ...turn, delayMs: 5, chunk: 24 } : turn;
      },
      { apiKey: key },
    );
    open = await openEditor({ settings: { 'glovebox.baseUrl': messages.url } });
  });
  after(async () => {
    await open?.close();
    await messages?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      broken = true;
      await failureScreenshot(open, this.currentTest.title);
    }
  });

  it('says that a key is missing, and takes it in a password input', async () => {
    const { editor } = open;
    await editor.openGlovebox();
    await editor.byTestId('banner-setKey').waitFor();
    await screenshotInThemes(open, '01-first-look');
    await editor.byTestId('banner-setKey').click();
    const input = editor.page.locator('.quick-input-widget .quick-input-box input');
    await input.waitFor();
    assert.equal(await input.getAttribute('type'), 'password');
    await input.fill(key);
    await editor.page.keyboard.press('Enter');
    await editor.byTestId('banner-setKey').waitFor({ state: 'detached' });
  });

  it('streams the answer and shows the proposal with the findings, and runs nothing', async () => {
    const { editor } = open;
    await editor.attach('sales.csv');
    await editor.ask(storyRequests.sales);
    const answer = editor.byTestId('message-assistant').first();
    await answer.filter({ hasText: 'I will add up' }).waitFor();
    const card = editor.byTestId('card').first();
    await card.getByTestId('finding').first().waitFor();
    assert.match(await card.getByTestId('finding').first().innerText(), /os\.system/);
    assert.equal(await card.getByTestId('run').count(), 0, 'blocked code has no plain Run button');
    assert.equal(await card.getByTestId('metrics').count(), 0);
    await screenshotInThemes(open, '02-blocked');
  });

  it('shows the same findings in the preview editor', async () => {
    const { editor } = open;
    await editor.byTestId('preview').click();
    const squiggle = editor.page.locator('.editor-instance .squiggly-error').first();
    await squiggle.waitFor();
    await editor.page
      .locator('.editor-instance .view-line', { hasText: 'import matplotlib' })
      .first()
      .waitFor();
    await screenshot(open, '03-preview');
  });

  it('takes a rejection with its reason to the agent, who proposes anew, as a diff', async () => {
    const { editor } = open;
    const first = editor.byTestId('card').first();
    await first.getByTestId('reject-why').click();
    await first.getByTestId('reject-reason').fill('No shell commands, please. Use pandas.');
    await first.getByTestId('reject-confirm').click();
    const second = editor.byTestId('card').nth(1);
    await second.getByTestId('run').waitFor();
    await second.getByTestId('preview').click();
    assert.equal(await second.getByTestId('finding').count(), 0);
    const [, afterRejection] = messages.requests;
    assert.ok(afterRejection);
    assert.match(toolResults(afterRejection).join('\n'), /No shell commands, please/);
    await editor.page.locator('.monaco-diff-editor .line-delete').first().waitFor();
    await screenshotInThemes(open, '04-proposal-diff');
  });

  it('runs what was approved, shows the chart in the chat and lets the agent read the figures', async () => {
    const { editor } = open;
    const card = editor.byTestId('card').nth(1);
    await card.getByTestId('run').click();
    const image = card.getByTestId('artifact-image').first();
    await image.waitFor();
    // The picture is there when it has been decoded, not when its element is.
    await image.evaluate((node) => (node as unknown as { decode(): Promise<void> }).decode());
    assert.match(await card.getByTestId('metrics').innerText(), /exit 0 .* CPU .* peak .* docker/);
    assert.match(await card.getByTestId('stdout').innerText(), /Total\s+524,320\.41/);
    await editor.byTestId('message-assistant').filter({ hasText: '524,320.41' }).waitFor();
    await screenshotInThemes(open, '05-done');
  });

  it('has the run in the output channel, under the name of the code, with its metrics', async () => {
    const { editor } = open;
    await editor.byTestId('card').nth(1).getByTestId('open-output').click();
    await editor.page.locator('.part.panel .view-line', { hasText: 'Total' }).first().waitFor();
    const text = await editor.outputText();
    assert.match(text, /exit code\s+0/i);
    assert.match(text, /peak memory/i);
    await screenshot(open, '06-output');
  });

  it('has the run in the history and runs it again', async () => {
    const { editor } = open;
    await editor.byTestId('card').nth(1).getByTestId('open-run').click();
    await editor.page.locator('.tab.active', { hasText: /sales|Monthly/i }).waitFor();
    const page = editor.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');
    await page.getByRole('button', { name: 'Run Again' }).waitFor();
    const shown = await page.locator('body').innerText();
    for (const part of [/import matplotlib/, /Approved by a person/, /Total\s+524,320\.41/, /peak/i, /\.png/])
      assert.match(shown, part);
    await screenshotInThemes(open, '07-history');
    const ended = editor.page
      .locator('.pane', { hasText: 'Run History' })
      .locator('.monaco-list-row[aria-label*=", Done,"]');
    const before = await ended.count();
    await page.getByRole('button', { name: 'Run Again' }).click();
    await ended.nth(before).waitFor();
    await editor.byTestId('card').nth(1).getByTestId('rerun').click();
    await ended.nth(before + 1).waitFor();
    await screenshot(open, '08-run-again');
  });

  it('never showed the key to anything but the model', async () => {
    assert.deepEqual(messages.rejections, []);
    assert.ok(messages.requests.every((request) => request.headers['x-api-key'] === key));
    assert.ok(!open.serverLog().includes(key));
  });
});
