/** A request as an agent sent it: of the Messages API, or one to a model of the editor. */
export interface SentRequest {
  readonly body: object;
}

/** Requests that came in at one place, and whose they are. */
interface Heard {
  readonly requests: readonly SentRequest[];
  /** The test that was under way when the place opened; undefined for one that is there for a suite. */
  readonly test: Mocha.Test | undefined;
  suite: Mocha.Suite | undefined;
}

const heard: Heard[] = [];
let running: Mocha.Test | undefined;

/**
 * Has everything that this list gets compared with what is kept of it under `test/fixtures/requests`
 * (`requestHooks.ts`), so that a change in prompting is seen in review.
 */
export function keepRequests(requests: readonly SentRequest[]): void {
  heard.push({ requests, test: running, suite: undefined });
}

/** A test and its own set-up begin. What was opened before them is there for its whole suite. */
export function testBegins(test: Mocha.Test, suite: Mocha.Suite): void {
  running = test;
  for (const each of heard) if (each.test === undefined) each.suite ??= suite;
}

export function testEnded(): void {
  running = undefined;
}

/** What was sent in a test, or in a suite by what is there for all its tests: a list for each place. */
export function sentIn(owner: Mocha.Test | Mocha.Suite): readonly (readonly SentRequest[])[] {
  return heard
    .filter((each) => (each.test ?? each.suite) === owner && each.requests.length > 0)
    .map(({ requests }) => requests);
}
