import assert from 'node:assert/strict';
import { defaultLimits } from '../../../src/core/limits.ts';
import type { RunRecord } from '../../../src/core/record.ts';
import { runProposal } from '../../../src/pipeline/runProposal.ts';

import { approve, draft, recordedPipeline } from './recordedPipeline.ts';

describe('a history that can not keep what ran', () => {
  it('takes the result from nobody, and is named beside it', async () => {
    const { parts, saved, events } = recordedPipeline(approve);
    let saves = 0;
    const save = async (record: RunRecord): Promise<void> => {
      if (++saves === 2) throw new Error('database or disk is full');
      saved.push(record);
    };
    const full = { ...parts, recorder: { save } };
    const options = {
      limits: defaultLimits,
      mode: 'always-ask',
      signal: new AbortController().signal,
    } as const;
    const { result } = await runProposal(draft('1'), full, options);
    assert.equal(result.status, 'ok');
    assert.match(result.notices.join(), /could not keep .* disk is full/);
    assert.deepEqual(
      events.filter(({ kind }) => kind === 'finished'),
      [{ kind: 'finished', result }],
      'what is shown says so, too',
    );
    const never = { save: async () => Promise.reject(new Error('database or disk is full')) };
    await assert.rejects(runProposal(draft('1'), { ...parts, recorder: never }, options), /disk is full/);
  });
});
