import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { becomes } from './support/becomes.ts';
import { browserForSuite } from './support/browserForSuite.ts';
import { askIn } from './support/chatForEach.ts';
import { openChat, type OpenChat } from './support/openChat.ts';
import { clean, proposalOf, resultOf, sandbox } from './support/samples.ts';

describe('a program that shows secrets, on the chat page', () => {
  const browser = browserForSuite();
  let folder: string;
  let open: OpenChat;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'gbp-'));
  });
  afterEach(() => open.close());
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('has them masked on its card and in what is kept, and the rest at once', async () => {
    open = await openChat(browser(), { folder });
    const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
    const answering = await askIn(open, 'Show me');
    const proposal = proposalOf(answering.request.threadId, { code: 'print(open("token").read())' });
    answering.emit({ kind: 'proposed', proposal, report: clean });
    answering.emit({ kind: 'run', proposalId: 'p1', event: { kind: 'started', sandbox, at: 0 } });
    const say = (text: string) =>
      answering.emit({ kind: 'run', proposalId: 'p1', event: { kind: 'output', stream: 'stdout', text } });
    const stdout = open.page.getByTestId('stdout');
    say(`Working: ${token.slice(0, 9)}`);
    await stdout.filter({ hasText: 'Working: ghp_' }).waitFor();
    await becomes(() => stdout.textContent(), 'Working: ghp_');
    say(`${token.slice(9)} and my-own-gateway-key`);
    say('\nDone');
    await stdout.filter({ hasText: /Done$/ }).waitFor();
    await becomes(() => stdout.textContent(), 'Working: ghp_[secret removed] and [secret removed]\nDone');
    const result = resultOf({ value: `'${token}'`, message: `${token} was refused` });
    answering.emit({ kind: 'ran', proposalId: 'p1', result });
    answering.emit({ kind: 'text', delta: 'There.' });
    answering.end();
    await open.page.getByText('[secret removed] was refused').waitFor();
    assert.ok(!(await open.page.content()).includes(token.slice(9)));
    await open.chat.close();
    const [kept] = await readdir(folder);
    const text = await readFile(path.join(folder, kept ?? ''), 'utf8');
    assert.match(text, /Working: ghp_\[secret removed\]/);
    assert.ok(!text.includes(token.slice(9)) && !text.includes('gateway'));
  });
});
