import assert from 'node:assert/strict';
import type Dockerode from 'dockerode';
import { listContainers } from '../../../src/executors/docker/listContainers.ts';
import { removeContainer } from '../../../src/executors/docker/removeContainer.ts';

const failure = (statusCode?: number): Error => Object.assign(new Error('no'), { statusCode });

/** An engine that answers so to one try after the other, and the number of tries that it saw. */
function engineThat(...answers: readonly (Error | undefined)[]) {
  let tries = 0;
  let waits = 0;
  const container = {
    remove: async () => {
      const answer = answers[tries];
      tries += 1;
      if (answer !== undefined) throw answer;
    },
    wait: async () => void (waits += 1),
  };
  const docker = { getContainer: () => container } as unknown as Dockerode;
  return { docker, tries: () => tries, waits: () => waits };
}

describe('a container that is removed', () => {
  const cases: readonly (readonly [string, readonly (Error | undefined)[], number, number])[] = [
    ['is gone at once', [undefined], 1, 0],
    ['was gone before', [failure(404)], 1, 0],
    ['is being removed by the engine itself, which is waited for', [failure(409)], 1, 1],
    ['has files that are still in use, and goes when they are not', [failure(500), undefined], 2, 0],
    ['is on an engine that is gone', [failure()], 1, 0],
  ];
  for (const [what, answers, tries, waits] of cases) {
    it(what, async () => {
      const engine = engineThat(...answers);
      await removeContainer(engine.docker, 'c');
      assert.deepEqual([engine.tries(), engine.waits()], [tries, waits]);
    });
  }
});

describe('the list of containers', () => {
  it('has no dead one that the engine finds no more', async () => {
    const listed = [
      { Id: 'runs', State: 'running' },
      { Id: 'ghost', State: 'dead' },
      { Id: 'stuck', State: 'dead' },
    ];
    const docker = {
      listContainers: async () => listed,
      getContainer: (id: string) => ({
        inspect: async () => {
          if (id !== 'stuck') throw failure(404);
        },
      }),
    } as unknown as Dockerode;
    const found = await listContainers(docker, ['ours']);
    assert.deepEqual(
      found.map(({ Id }) => Id),
      ['runs', 'stuck'],
    );
  });
});
