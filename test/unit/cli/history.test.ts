import assert from 'node:assert/strict';
import type { App } from '../../../src/app.ts';
import { historyCommand } from '../../../src/cli/historyCommand.ts';
import type { RunRecord } from '../../../src/core/record.ts';
import { someRecord, someResult } from '../../support/records.ts';
import { recordingTerminal } from '../../support/recordingTerminal.ts';

/** What `history …` prints where this is the one run. */
async function printed(record: RunRecord, ...args: readonly string[]): Promise<string> {
  const { terminal, printed } = recordingTerminal();
  const app = { history: async () => ({ get: async () => record }) } as unknown as App;
  await historyCommand(args, app, terminal);
  return printed.out;
}

describe('the history in the terminal', () => {
  const decision = { kind: 'run', hash: 'a', by: 'person', editedFrom: 'print("first")\u001b[2J' } as const;

  it('says where the word for deleting stands', async () => {
    const deleting = printed(someRecord(), '--json', 'delete', 'run-1');
    await assert.rejects(deleting, { name: 'UsageError', message: /as the first word after it, "delete"/ });
  });

  it('says that a person edited, and shows what was proposed', async () => {
    const record = someRecord({ decision, result: someResult() });
    const text = await printed(record, 'show', 'run-1');
    assert.match(
      text,
      /^edited by a person, decided by person\nfirst proposed:\nprint\("first"\)\\x1b\[2J$/m,
    );
    const whole = JSON.parse(await printed(record, 'show', 'run-1', '--json')) as RunRecord;
    assert.deepEqual(whole.decision, decision);
    assert.doesNotMatch(await printed(someRecord(), 'show', 'run-1'), /edited|first proposed/);
  });
});
