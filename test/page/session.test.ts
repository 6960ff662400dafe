import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { becomes } from './support/becomes.ts';
import { browserForSuite } from './support/browserForSuite.ts';
import { openChat } from './support/openChat.ts';
import { clean, proposalOf, resultOf } from './support/samples.ts';

describe('a conversation that keeps its state, on the chat page', () => {
  const browser = browserForSuite();
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'gbp-'));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('is the choice of the person, is shown while it holds, and is there again later', async () => {
    const first = await openChat(browser(), { folder });
    const { page, chat, did } = first;
    const toggle = page.getByTestId('keep-state');
    await becomes(() => toggle.getAttribute('aria-pressed'), 'false');
    await becomes(() => page.getByTestId('session').isVisible(), false);
    await toggle.press('Enter');
    await page.getByTestId('session').waitFor();
    await becomes(() => toggle.getAttribute('aria-pressed'), 'true');
    const { id } = chat.shown;
    await becomes(() => page.getByTestId('interrupt-session').isVisible(), false);
    await page.getByTestId('composer').fill('sums');
    await page.getByTestId('composer').press('Enter');
    const answering = await first.agent.next();
    await page.getByTestId('interrupt-session').click();
    answering.emit({ kind: 'text', delta: 'Done.' });
    answering.end();
    await page.getByTestId('send').waitFor();
    await page.getByTestId('restart-session').click();
    await becomes(() => did, [`interrupt conversation-${id}`, `close conversation-${id}`]);
    await page.getByTestId('notice').filter({ hasText: 'Nothing has run in this session yet' }).waitFor();
    chat.shown.receive({ kind: 'proposed', proposal: proposalOf(id), report: clean });
    chat.shown.receive({ kind: 'ran', proposalId: 'p1', result: resultOf() });
    await page.getByTestId('restart-session').click();
    await page.getByTestId('notice').filter({ hasText: 'its variables and files are gone' }).waitFor();
    did.splice(0);
    await first.close();

    const second = await openChat(browser(), { folder });
    await second.page.getByTestId('session').waitFor();
    await second.page.getByTestId('keep-state').click();
    await second.page.getByTestId('session').waitFor({ state: 'hidden' });
    await becomes(() => second.did, [`close conversation-${id}`]);
    await second.close();
  });

  it('offers no interrupt where the sandbox has none, and says what Stop does', async () => {
    const sandbox = { state: 'ready', label: 'wasm · pyodide', interrupts: false } as const;
    const open = await openChat(browser(), { setup: { trusted: true, key: 'present', sandbox, model: '' } });
    const { page, chat, did, agent } = open;
    await page.getByTestId('keep-state').click();
    await page.getByTestId('composer').fill('sums');
    await page.getByTestId('composer').press('Enter');
    const answering = await agent.next();
    await page.getByTestId('session').getByText('Stop ends it').waitFor();
    await becomes(() => page.getByTestId('interrupt-session').isVisible(), false);
    answering.end();
    await page.getByTestId('session').getByText('variables and files stay').waitFor();
    assert.equal(chat.shown.content.conversation.keepsState, true);
    assert.ok(!did.some((what) => what.startsWith('interrupt')));
    await open.close();
  });
});
