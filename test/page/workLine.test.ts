import { becomes } from './support/becomes.ts';
import { chatForEach } from './support/chatForEach.ts';
import { beginIn } from './support/conversing.ts';
import { clean, proposalOf, resultOf, sandbox } from './support/samples.ts';

describe('the last row of the chat page', () => {
  const chat = chatForEach();
  const line = () => chat.open.page.getByTestId('work-line');
  const marks = () => chat.open.page.evaluate<number>('document.getAnimations().length');

  it('moves and counts while something is waited for that is not the person', async () => {
    const { page } = chat.open;
    await page.clock.install();
    await becomes(() => line().isVisible(), false);
    const answering = await chat.ask('List');
    await line().filter({ hasText: 'Waiting for the model…' }).waitFor();
    await becomes(marks, 1);
    await page.clock.runFor(12_000);
    await line()
      .filter({ hasText: /^Waiting for the model… [1-9]\d s$/ })
      .waitFor();
    answering.emit({ kind: 'thinking', delta: 'Hm.' });
    await line().filter({ hasText: 'Thinking…' }).waitFor();
    answering.emit({ kind: 'drafting', proposalId: 'p1' });
    await line().filter({ hasText: 'Writing code…' }).waitFor();
    await page.clock.runFor(65_000);
    await line()
      .filter({ hasText: /1 min \d+ s$/ })
      .waitFor();
    const proposal = proposalOf(answering.request.threadId);
    const deciding = chat.open.pending.decide(proposal, clean, answering.signal);
    await line().waitFor({ state: 'hidden' });
    await page.getByTestId('run').click();
    await deciding;
    await line().filter({ hasText: 'Starting the program…' }).waitFor();
    answering.emit({ kind: 'run', proposalId: 'p1', event: { kind: 'started', sandbox, at: 0 } });
    await line().filter({ hasText: 'Running the program…' }).waitFor();
    answering.emit({ kind: 'ran', proposalId: 'p1', result: resultOf() });
    await line().filter({ hasText: 'Waiting for the model…' }).waitFor();
    answering.emit({ kind: 'text', delta: 'There.' });
    await line().filter({ hasText: 'Answering…' }).waitFor();
    answering.end();
    await line().waitFor({ state: 'hidden' });
  });

  it('is silent for screen readers, and still where motion is not wanted', async () => {
    await chat.open.page.emulateMedia({ reducedMotion: 'reduce' });
    await chat.open.page.clock.install();
    const answering = await chat.ask('List');
    await line().filter({ hasText: 'Waiting for the model…' }).waitFor();
    await becomes(marks, 0);
    await chat.open.page.clock.runFor(3000);
    await becomes(() => line().getAttribute('aria-live'), 'off');
    await becomes(() => chat.open.page.getByTestId('announcer').textContent(), 'Glovebox is answering.');
    answering.end();
  });

  it('goes on counting in a page that was away, and counts nothing of which it does not know the beginning', async () => {
    const { page } = chat.open;
    const answering = await chat.ask('List');
    await line().waitFor();
    await page.evaluate(ago, 40_000);
    await page.reload();
    await line()
      .filter({ hasText: /4\d s$/ })
      .waitFor();
    await page.evaluate('sessionStorage.setItem(\'draft\', \'{"text":""}\')');
    await page.reload();
    await becomes(() => line().textContent(), 'Waiting for the model…');
    answering.end();
  });

  it('says at once that it stops, however long that takes', async () => {
    const { page } = chat.open;
    const answering = await chat.ask('List');
    const proposal = proposalOf(answering.request.threadId);
    answering.emit({ kind: 'proposed', proposal, report: clean });
    await page.getByTestId('run').waitFor();
    chat.open.chat.stop = () => undefined;
    await page.getByTestId('stop').press('Enter');
    await line().filter({ hasText: 'Stopping…' }).waitFor();
    await becomes(() => page.getByTestId('stop').isDisabled(), true);
    await page.getByTestId('announcer').filter({ hasText: 'Stopping.' }).waitFor();
    answering.end();
    await line().waitFor({ state: 'hidden' });
    const second = await chat.ask('Again');
    await page.getByTestId('stop').waitFor();
    await becomes(() => page.getByTestId('stop').isDisabled(), false);
    second.end();
  });

  it('says it only of the conversation that is being stopped', async () => {
    const { page, chat: controller, agent } = chat.open;
    agent.endsOnStop = false;
    const other = await chat.ask('First');
    await beginIn(chat.open);
    const stopped = await chat.ask('Second');
    await page.getByTestId('stop').click();
    await line().filter({ hasText: 'Stopping…' }).waitFor();
    await controller.select(other.request.threadId);
    await line().filter({ hasText: 'Waiting for the model…' }).waitFor();
    await becomes(() => page.getByTestId('stop').isDisabled(), false);
    await controller.select(stopped.request.threadId);
    await line().filter({ hasText: 'Stopping…' }).waitFor();
    await becomes(() => page.getByTestId('stop').isDisabled(), true);
    stopped.end();
    await line().waitFor({ state: 'hidden' });
    await controller.select(other.request.threadId);
    await page.getByTestId('stop').click();
    await becomes(() => other.signal.aborted, true);
    other.end();
  });
});

interface PageScope {
  readonly sessionStorage: { getItem(key: string): string; setItem(key: string, value: string): void };
}

/** Runs in the page: what is waited for began so much earlier. */
function ago(ms: number): void {
  const { sessionStorage } = globalThis as unknown as PageScope;
  const kept = JSON.parse(sessionStorage.getItem('draft')) as { work: { since: number } };
  kept.work.since -= ms;
  sessionStorage.setItem('draft', JSON.stringify(kept));
}
