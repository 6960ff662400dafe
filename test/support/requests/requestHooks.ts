import path from 'node:path';
import { matchKept, readKept } from './keptFile.ts';
import { plainRequests } from './plainRequests.ts';
import { repositoryRoot } from './repositoryRoot.ts';
import { readSections, sectionsText } from './requestFile.ts';
import { requestText } from './requestText.ts';
import { sentIn, testBegins, testEnded, type SentRequest } from './sentRequests.ts';
import { standardRequest } from './standardRequest.ts';

/**
 * Compares all that the agent sends in the tests with the files under `test/fixtures/requests`, one
 * for each file of tests. With `UPDATE_REQUESTS=1` in the environment the files are written anew;
 * tests that did not run, or failed, keep what they have.
 */
export const mochaHooks = {
  beforeAll(this: Mocha.Context): void {
    for (const suite of this.test?.parent?.suites ?? [])
      suite.afterAll('what was sent is what was kept', async function () {
        this.timeout(60_000);
        await compare(suite);
      });
  },
  beforeEach(this: Mocha.Context): void {
    const test = this.currentTest;
    if (test !== undefined) testBegins(test, topOf(test));
  },
  afterEach: (): void => testEnded(),
};

async function compare(suite: Mocha.Suite): Promise<void> {
  const name = path
    .relative(repositoryRoot(), suite.file ?? '')
    .replaceAll(path.sep, '/')
    .replace(/^(test|out)\//, '')
    .replace(/\.test\.[tj]s$/, '');
  const sections = new Map(readSections(await readKept(name)));
  const keep = async (owner: Mocha.Test | Mocha.Suite): Promise<void> => {
    const text = await textOf(sentIn(owner), !name.startsWith('unit/'));
    if (text === '') sections.delete(titleOf(owner));
    else sections.set(titleOf(owner), text);
  };
  const tests = testsOf(suite);
  for (const test of tests) if (test.state === 'passed') await keep(test);
  // What a server for the whole suite heard is whole only when every test was there.
  if (tests.every(({ state }) => state === 'passed')) await keep(suite);
  const titles = titlesOf(suite.parent?.suites.filter(({ file }) => file === suite.file) ?? [suite]);
  for (const title of sections.keys()) if (!titles.includes(title)) sections.delete(title);
  await matchKept(name, sectionsText(name, sections, titles));
}

async function textOf(places: readonly (readonly SentRequest[])[], ofMachine: boolean): Promise<string> {
  if (places.length === 0) return '';
  const standard = await standardRequest();
  return places
    .map((requests) =>
      plainRequests(
        requests.map(({ body }) => body),
        ofMachine,
      ),
    )
    .map((bodies) => requestText(bodies, standard).join('\n'))
    .join('\n---\n');
}

function testsOf(suite: Mocha.Suite): readonly Mocha.Test[] {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}

function titlesOf(suites: readonly Mocha.Suite[]): readonly string[] {
  return suites.flatMap((suite) => [titleOf(suite), ...testsOf(suite).map(titleOf)]);
}

const titleOf = (owner: Mocha.Test | Mocha.Suite): string => owner.titlePath().join(' › ');

function topOf(test: Mocha.Test): Mocha.Suite {
  let suite = test.parent;
  while (suite?.parent !== undefined && !suite.parent.root) suite = suite.parent;
  if (suite === undefined) throw new Error(`"${test.title}" stands outside of any describe.`);
  return suite;
}
