import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buildFailure } from '../../../src/executors/docker/images/buildFailure.ts';
import { BuildLog } from '../../../src/executors/docker/images/buildLog.ts';

const cases: readonly (readonly [string, string, RegExp])[] = [
  [
    'a bad name',
    'ERROR: No matching distribution found for nosuch>=2',
    /"nosuch>=2".*glovebox\.docker\.packages/,
  ],
  [
    'an untrusted proxy',
    'SSLError(CERTIFICATE_VERIFY_FAILED) No matching distribution found for x',
    /caFile/,
  ],
  [
    'a bad name behind a connection that broke once',
    "WARNING: Retrying (Retry(total=4, connect=None)) after connection broken by 'ConnectTimeoutError(x)'\nERROR: No matching distribution found for nosuch",
    /no wheel of "nosuch"/,
  ],
  [
    'an index that never answered',
    "WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'ReadTimeoutError(x)'\nERROR: No matching distribution found for numpy",
    /no network, or it broke off/,
  ],
  ['no network', 'Temporary failure resolving deb.example', /no network/],
  ['packages at odds', 'ERROR: ResolutionImpossible: see below', /contradict/],
  ['another file than expected', 'THESE PACKAGES DO NOT MATCH THE HASHES', /hash/],
  ['a full disk', 'write /x: no space left on device', /disk/],
  ['a base image that cannot be had', 'pull access denied for debian', /debian:trixie-slim/],
];

describe('a failed image build', () => {
  for (const [what, line, expected] of cases) {
    it(`says what to do about ${what}`, () => {
      const error = buildFailure('base', ['first', ...line.split('\n')], new Error('exit 1'));
      assert.equal(error.code, 'image-build');
      assert.match(error.message, expected);
      assert.ok(error.message.endsWith(line), 'the last line of the build is shown');
    });
  }

  it('names a command that there is', async () => {
    const titles = await readFile(path.join(import.meta.dirname, '../../../package.nls.json'), 'utf8');
    const { message } = buildFailure('base', ['something else'], new Error('exit 1'));
    const [, title = ''] = /"Glovebox: ([^"]+)"/.exec(message) ?? [];
    assert.ok(titles.includes(`"${title}"`), message);
  });

  it('of an own image says what the image needs', () => {
    assert.match(
      buildFailure('custom', ['python3: not found'], new Error('exit 127')).message,
      /python3, 3\.10/,
    );
  });

  it('keeps the last lines alone, without colours, however they were cut', () => {
    const said: string[] = [];
    const log = new BuildLog((message) => said.push(message));
    log.write('Step 1/9 : RUN apt-g');
    log.write('et update\n\x1b[91mWarn');
    log.write('ing\x1b[0m\n ---> 0123456789ab\n');
    for (let line = 0; line < 100; line++) log.write(`line ${line}\n`);
    assert.deepEqual(said, ['Building the sandbox image (step 1 of 9): installing Python…']);
    assert.equal(log.lines.length, 40);
    assert.equal(log.lines.at(-1), 'line 99');
  });
});
