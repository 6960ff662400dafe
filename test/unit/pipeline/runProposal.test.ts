import assert from 'node:assert/strict';
import { sandboxKinds } from '../../../src/core/guarantees.ts';
import { defaultLimits } from '../../../src/core/limits.ts';
import type { Draft } from '../../../src/core/proposal.ts';
import { propose } from '../../../src/pipeline/propose.ts';
import { runProposal } from '../../../src/pipeline/runProposal.ts';

import { approve, draft, recordedPipeline } from './recordedPipeline.ts';

describe('the pipeline', () => {
  it('validates, asks, runs and records in this order', async () => {
    const { log, saved, events, run } = recordedPipeline(approve);
    const outcome = await run(draft('1'));
    assert.deepEqual(log, ['check 1', 'ask 1', 'run 1']);
    assert.equal(outcome.result.status, 'ok');
    assert.deepEqual(
      saved.map((record) => record.result?.status),
      [undefined, 'ok'],
    );
    assert.deepEqual(
      events.map((event) => event.kind),
      ['finished'],
    );
  });

  it('validates and asks again after an edit, and runs only the edited code', async () => {
    const { log, saved, run } = recordedPipeline((proposal) =>
      proposal.code === '1' ? { kind: 'edit', code: '2' } : approve(proposal),
    );
    const { proposal } = await run(draft('1'));
    assert.deepEqual(log, ['check 1', 'ask 1', 'check 2', 'ask 2', 'run 2']);
    assert.equal(proposal.previousCode, '1');
    assert.equal(saved[0]?.hash, propose(draft('2'), 'docker').hash);
  });

  it('runs nothing on an approval that names another hash', async () => {
    const { log, run } = recordedPipeline(() => ({ kind: 'run', hash: 'of other code', by: 'person' }));
    const { result } = await run(draft('1'));
    assert.equal(result.status, 'cancelled');
    assert.deepEqual(log, ['check 1', 'ask 1']);
  });

  it('runs nothing on an approval for another kind of sandbox than there is now, and says so', async () => {
    const { log, saved, run } = recordedPipeline((proposal) => ({
      kind: 'run',
      hash: propose(proposal, 'gvisor').hash,
      by: 'person',
    }));
    const { result } = await run(draft('1'));
    assert.equal(result.status, 'unavailable');
    assert.match(result.message ?? '', /approved for the sandbox "Docker with gVisor"/);
    assert.deepEqual(log, ['check 1', 'ask 1']);
    assert.deepEqual(
      saved.map((record) => record.result?.status),
      ['unavailable'],
    );
  });

  it('runs blocked code on no policy and on no plain approval, only when the person insists', async () => {
    const plain = recordedPipeline(approve);
    assert.equal((await plain.run(draft('evil', 'selection'), 'ask-on-findings')).result.status, 'blocked');
    // Once more: the approval may have been given before the findings were known.
    assert.deepEqual(plain.log, ['check evil', 'ask evil', 'ask evil']);
    const insisting = recordedPipeline((proposal) => ({
      kind: 'run',
      hash: proposal.hash,
      by: 'person',
      inSpiteOfFindings: true,
    }));
    assert.equal((await insisting.run(draft('evil'))).result.status, 'ok');
    assert.deepEqual(insisting.saved.at(-1)?.decision, {
      kind: 'run',
      hash: propose(draft('evil'), 'docker').hash,
      by: 'person',
      inSpiteOfFindings: true,
    });
  });

  it('records a rejection with its reason and runs nothing', async () => {
    const { log, saved, run } = recordedPipeline(() => ({ kind: 'reject', reason: 'not now' }));
    assert.equal((await run(draft('1'))).result.status, 'cancelled');
    assert.equal(log.includes('run 1'), false);
    assert.deepEqual(
      saved.map((record) => record.decision),
      [{ kind: 'reject', reason: 'not now' }],
    );
  });

  it('asks nobody about code that the sandbox can’t run, says why, and records it', async () => {
    const { log, saved, events, parts } = recordedPipeline(approve);
    const why = 'It runs Python and nothing else.';
    const executor = {
      ...parts.executor,
      refuses: async (language: string) => (language === 'shell' ? why : undefined),
    };
    const options = {
      limits: defaultLimits,
      mode: 'always-ask',
      signal: new AbortController().signal,
    } as const;
    const { result } = await runProposal(
      { ...draft('ls'), language: 'shell' },
      { ...parts, executor },
      options,
    );
    assert.deepEqual([result.status, result.message, log], ['unavailable', why, ['check ls']]);
    assert.deepEqual(
      saved.map(({ decision, result: ended }) => [decision, ended?.status]),
      [[{ kind: 'unsuited', reason: why }, 'unavailable']],
    );
    assert.deepEqual(
      events.map((event) => event.kind),
      ['finished'],
    );
    assert.equal((await runProposal(draft('1'), { ...parts, executor }, options)).result.status, 'ok');
  });

  it('ends a run as unavailable when the sandbox breaks, and records it', async () => {
    const { saved, events, run } = recordedPipeline(approve, () =>
      Promise.reject(new Error('the engine went away')),
    );
    const { result } = await run(draft('1'));
    assert.equal(result.status, 'unavailable');
    assert.equal(result.message, 'the engine went away');
    assert.equal(saved.at(-1)?.result?.status, 'unavailable');
    assert.equal(events.at(-1)?.kind, 'finished');
  });

  it('binds the hash to code, language, input, file names and the kind of sandbox', () => {
    const base = draft('1');
    const file = { name: 'a.csv', bytes: 1, open: async function* () {} };
    const variants: Draft[] = [
      base,
      { ...base, code: '2' },
      { ...base, language: 'shell' },
      { ...base, stdin: 'x' },
      { ...base, files: [file] },
      { ...base, files: [{ ...file, name: 'b.csv' }] },
    ];
    assert.equal(new Set(variants.map((variant) => propose(variant, 'docker').hash)).size, variants.length);
    assert.equal(new Set(sandboxKinds.map((kind) => propose(base, kind).hash)).size, sandboxKinds.length);
    assert.equal(
      propose({ ...base, purpose: 'said otherwise' }, 'docker').hash,
      propose(base, 'docker').hash,
    );
  });

  it('tells the validator what ran before in the session, and forgets it when the session ends', async () => {
    const { log, parts } = recordedPipeline((proposal) =>
      proposal.code === 'no' ? { kind: 'reject' } : approve(proposal),
    );
    const { signal } = new AbortController();
    const inSession = (code: string, sessionId?: string) =>
      runProposal(draft(code), parts, {
        limits: defaultLimits,
        mode: 'always-ask',
        signal,
        ...(sessionId === undefined ? {} : { sessionId }),
      });
    await inSession('1', 's');
    await inSession('no', 's');
    await inSession('2', 's');
    await inSession('3', 'other');
    await inSession('4');
    parts.sessionCode.ended('s');
    await inSession('5', 's');
    assert.deepEqual(
      log.filter((line) => line.startsWith('check')),
      ['check 1', 'check no after 1', 'check 2 after 1', 'check 3', 'check 4', 'check 5'],
    );
  });

  it('records the result although nobody can watch any more', async () => {
    const { saved, parts } = recordedPipeline(approve);
    const gone = (): never => {
      throw new Error('Channel has been closed');
    };
    const options = {
      limits: defaultLimits,
      mode: 'always-ask',
      signal: new AbortController().signal,
    } as const;
    const outcome = await runProposal(draft('ok'), { ...parts, output: { show: gone } }, options);
    assert.equal(outcome.result.status, 'ok');
    assert.equal(saved.at(-1)?.result?.status, 'ok');
  });
});
