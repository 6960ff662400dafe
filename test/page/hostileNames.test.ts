import assert from 'node:assert/strict';
import { becomes } from './support/becomes.ts';
import { chatForEach } from './support/chatForEach.ts';
import { resultOf, clean, proposalOf } from './support/samples.ts';

/** A name that turns the order of what is seen, and what is to be seen of it. */
const evil = 'evil\u202egnp.py';
const shown = 'evil⟨U+202E⟩gnp.py';

describe('hostile names of files on the chat page', () => {
  const chat = chatForEach();

  it('are written out in the list, in the text and on the chips, and stay what they are for the host', async () => {
    const { page } = chat.open;
    await page.getByTestId('composer').pressSequentially('Read @evil');
    await page.getByTestId('mentions').getByText(shown).waitFor();
    await page.getByTestId('composer').press('Enter');
    await becomes(() => page.getByTestId('composer').inputValue(), `Read ${shown} `);
    const chip = page.getByTestId('attachment');
    await chip.waitFor();
    await becomes(() => chip.textContent(), shown);
    await chip.getByRole('button', { name: `Remove ${shown}` }).waitFor();
    await page.getByTestId('composer').press('Enter');
    const answering = await chat.open.agent.next();
    assert.deepEqual(
      answering.request.files.map(({ name }) => name),
      [evil],
    );
    await becomes(() => page.getByTestId('sent-file').textContent(), shown);
    answering.end();
  });

  it('are told from letters where a program gave them to its files', async () => {
    const answering = await chat.ask('Draw');
    const proposal = proposalOf(answering.request.threadId);
    answering.emit({ kind: 'proposed', proposal, report: clean });
    const artifacts = [{ name: evil, mime: 'text/plain', bytes: 9, path: '/x/evil' }];
    answering.emit({ kind: 'ran', proposalId: 'p1', result: resultOf({ artifacts }) });
    await becomes(() => chat.open.page.getByTestId('artifact').textContent(), `${shown} (9 B)`);
    answering.end();
  });
});
