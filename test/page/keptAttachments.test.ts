import assert from 'node:assert/strict';
import type { InputFile } from '../../src/core/proposal.ts';
import { becomes } from './support/becomes.ts';
import { chatForEach } from './support/chatForEach.ts';

describe('files that are attached to a draft', () => {
  const chat = chatForEach();
  const make = (name: string): InputFile => ({
    name,
    bytes: 2048,
    open: () => {
      throw new Error('never read');
    },
  });
  const names = async (): Promise<readonly string[]> =>
    chat.open.page.getByTestId('attachment').allInnerTexts();

  it('are there again with it after the window was reloaded, and what can’t be is told', async () => {
    const { page, chat: controller, did } = chat.open;
    await page.getByTestId('composer').fill('Sum it up');
    await page.getByTestId('attach').click();
    await becomes(names, ['sales.csv']);
    controller.attach([{ ...make('pasted.csv'), bytes: 999_999 }]);
    await becomes(names, ['sales.csv', 'pasted.csv']);
    // A new window knows of no attachments.
    controller.attachments.take(['sales.csv', 'pasted.csv']);
    await page.reload();
    await becomes(names, ['sales.csv']);
    await becomes(() => page.getByTestId('composer').inputValue(), 'Sum it up');
    await becomes(
      () => did.filter((what) => what.startsWith('warn')),
      ['warn No longer attached after the reload: pasted.csv. Attach again what the request needs.'],
    );
    await page.getByTestId('attachment').getByRole('button').click();
    await becomes(names, []);
    await page.reload();
    await page.getByTestId('composer').waitFor();
    await becomes(names, []);
  });

  it('are there again however many they are', async () => {
    const { page, chat: controller, did } = chat.open;
    const many = Array.from({ length: 250 }, (_, at) => `data/${at}.csv`);
    controller.attach(many.map(make));
    await becomes(async () => (await names()).length, many.length);
    controller.attachments.take(many);
    await page.reload();
    await becomes(async () => (await names()).length, many.length);
    assert.deepEqual(did, []);
  });
});
