import assert from 'node:assert/strict';
import type { RunResult } from '../../src/core/run.ts';
import { becomes } from './support/becomes.ts';
import { chatForEach } from './support/chatForEach.ts';
import { clean, proposalOf, resultOf, sandbox } from './support/samples.ts';

describe('the end of a run, on its card', () => {
  const chat = chatForEach();

  async function ran(result: RunResult): Promise<void> {
    const answering = await chat.ask('Go');
    const proposal = proposalOf(answering.request.threadId);
    answering.emit({ kind: 'proposed', proposal, report: clean });
    answering.emit({ kind: 'ran', proposalId: proposal.id, result });
    answering.end();
    await chat.open.page.getByTestId('metrics').waitFor();
  }

  it('fetches the package that the program did not find', async () => {
    const notice = 'matplotlib has not been fetched for the embedded sandbox.';
    await ran(resultOf({ status: 'error', exitCode: 1, notices: [notice], missingPackage: 'matplotlib' }));
    const { page, did } = chat.open;
    await page.getByText(notice).waitFor();
    await page.getByRole('button', { name: 'Fetch matplotlib' }).click();
    await becomes(() => did, ['fetchPackage matplotlib']);
  });

  it('says on its figures why it ran in that sandbox', async () => {
    const why = 'chosen because there is no Docker here: nothing answers';
    await ran(resultOf({ sandbox: { ...sandbox, backend: 'wasm', reason: `${why}\n\u202eby itself` } }));
    const { page } = chat.open;
    const told = `Why there: ${why} ⟨U+202E⟩by itself`;
    await becomes(() => page.getByTestId('metrics').getAttribute('title'), told);
  });

  it('shows both ends of what was too long, and opens all of it', async () => {
    const stdout = `BEGIN\n${'row\n'.repeat(50_000)}THE END\n`;
    const fullOutput = [{ stream: 'stdout', path: '/a/stdout.txt' }] as const;
    await ran(resultOf({ stdout, fullOutput, truncated: { stdout: true, stderr: false } }));
    const { page, did } = chat.open;
    const shown = (await page.getByTestId('stdout').textContent()) ?? '';
    assert.match(shown, /^BEGIN\nrow\n[^]*\n… [\d,]+ characters are not shown here …\n[^]*row\nTHE END\n$/);
    await page.getByRole('button', { name: 'Open all of stdout' }).click();
    await becomes(() => did, ['openFullOutput r1 stdout']);
  });
});
