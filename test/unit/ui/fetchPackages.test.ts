import assert from 'node:assert/strict';
import type * as fetching from '../../../src/ui/sandbox/fetchPackages.ts';
import { hearingEditor, withEditor } from '../../support/fakeEditor.ts';

describe('choosing packages for the embedded Python', () => {
  const all = ['numpy', 'numpy-tests', ...Array.from({ length: 20 }, (_, at) => `package-${at}`)];

  async function picked(pick: (names: readonly string[]) => readonly string[], press?: string) {
    const { editor, heard } = hearingEditor();
    if (press !== undefined) heard.press = press;
    let offered: readonly string[] = [];
    const { fetchPackages } = await withEditor<typeof fetching>('sandbox/fetchPackages.ts', {
      ...editor,
      ProgressLocation: { Notification: 1 },
      window: {
        ...editor.window,
        showQuickPick: async (rows: readonly { label: string }[]) => {
          offered = rows.map(({ label }) => label);
          return pick(offered).map((label) => ({ label }));
        },
        withProgress: async (_: object, task: (progress: object, token: object) => unknown) =>
          task({}, { onCancellationRequested: () => ({ dispose: () => undefined }) }),
      },
    });
    const fetched: string[] = [];
    const packages = {
      list: async () => all.map((name) => ({ name, version: '1', here: false })),
      fetch: async (names: readonly string[]) => void fetched.push(...names),
    };
    await fetchPackages(async () => ({ packages }) as never, { refresh: async () => undefined } as never);
    return { offered, fetched, heard };
  }

  it('offers no tests of packages, and fetches a few without another question', async () => {
    const { offered, fetched, heard } = await picked(() => ['numpy']);
    assert.ok(offered.includes('numpy') && !offered.includes('numpy-tests'));
    assert.deepEqual(fetched, ['numpy']);
    assert.deepEqual(heard.messages, ['information: The embedded Python has them now: numpy']);
  });

  it('asks before it fetches all of them', async () => {
    const no = await picked((names) => names);
    assert.deepEqual(no.fetched, []);
    assert.match(no.heard.messages.join(), /^warning: Fetch 21 packages/);
    assert.equal((await picked((names) => names, 'Fetch 21 Packages')).fetched.length, 21);
  });
});
