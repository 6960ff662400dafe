import assert from 'node:assert/strict';
import type { RunRecord } from '../../../src/core/record.ts';
import type * as deleting from '../../../src/ui/history/deleteRuns.ts';
import { withEditor } from '../../support/fakeEditor.ts';
import { someRecord, someResult } from '../../support/records.ts';

const ended = (runId: string) => someRecord({ runId, title: `${runId}.py`, result: someResult({ runId }) });
const goesOn = (runId: string) => someRecord({ runId, title: `${runId}.py` });

/** Asks to delete these, and says yes. */
async function deleteAll(...records: readonly RunRecord[]) {
  const asked: { readonly question: string; readonly detail: string | undefined }[] = [];
  const told: string[] = [];
  const { deleteRuns } = await withEditor<typeof deleting>('history/deleteRuns.ts', {
    window: {
      showWarningMessage: async (question: string, { detail }: { detail?: string }, action: string) => {
        asked.push({ question, detail });
        return action;
      },
      showInformationMessage: async (message: string) => void told.push(message),
    },
  });
  const kept = new Map(records.map((record) => [record.runId, record]));
  await deleteRuns([...kept.keys()], {
    get: async (id) => kept.get(id),
    remove: async (id) => void kept.delete(id),
  });
  return { asked, told, kept: [...kept.keys()] };
}

describe('deleting runs', () => {
  it('leaves out those that go on, and says so', async () => {
    const { asked, told, kept } = await deleteAll(ended('a'), goesOn('b'), ended('c'), goesOn('d'));
    assert.deepEqual(kept, ['b', 'd']);
    assert.match(asked[0]?.question ?? '', /^Delete 2 runs/);
    assert.match(
      asked[0]?.detail ?? '',
      /^“a\.py” .*\n“c\.py” .*\n2 runs have not ended yet and are left out\.$/,
    );
    assert.deepEqual(told, []);
  });

  it('asks about one by its name, also where another one is left out', async () => {
    const { asked, kept } = await deleteAll(goesOn('a'), ended('b'));
    assert.deepEqual(kept, ['a']);
    assert.match(asked[0]?.question ?? '', /^Delete “b\.py”/);
    assert.equal(asked[0]?.detail, 'One run has not ended yet and is left out.');
    assert.equal((await deleteAll(ended('b'))).asked[0]?.detail, undefined);
  });

  it('asks nothing where all of them go on, and says what to do', async () => {
    const { asked, told, kept } = await deleteAll(goesOn('a'));
    assert.deepEqual([asked, kept], [[], ['a']]);
    assert.match(told.join(), /^A run can be deleted when it has ended/);
  });
});
