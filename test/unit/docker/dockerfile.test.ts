import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { dockerfileFor } from '../../../src/executors/docker/images/dockerfile.ts';

const text = `# says what it is
FROM os AS tools
RUN make tools

FROM os AS base
COPY --from=tools /a /a

FROM os AS other
RUN not for us

FROM base AS top
COPY --from=base /a /b
`;

describe('the part of a Dockerfile for one target', () => {
  it('has the stages that the target stands on or copies from, in order, and no others', () => {
    const part = dockerfileFor(text, 'top');
    assert.deepEqual(part.match(/^FROM .*$/gm), ['FROM os AS tools', 'FROM os AS base', 'FROM base AS top']);
  });

  it('takes an image in the place of a stage that is there already', () => {
    const part = dockerfileFor(text, 'top', { base: 'ours/base:1' });
    assert.equal(part, 'FROM ours/base:1 AS top\nCOPY --from=ours/base:1 /a /b\n');
  });

  it('refuses a target that the file does not have', () => {
    assert.throws(() => dockerfileFor(text, 'nothing'), /no stage "nothing"/);
  });

  it('leaves no root, no certificates and no package index in what programs run in', async () => {
    const ours = await readFile(path.resolve(import.meta.dirname, '../../../sandbox/Dockerfile'), 'utf8');
    for (const target of ['python', 'javascript']) {
      const last =
        dockerfileFor(ours, target, { base: 'base:1' })
          .split(/^(?=FROM )/m)
          .at(-1) ?? '';
      assert.match(last, /^USER 10001:10001$/m);
      assert.doesNotMatch(last, /ca\.pem|pip install|apt-get/);
    }
    assert.match(dockerfileFor(ours, 'base'), /^FROM scratch AS base$/m);
  });
});
