import assert from 'node:assert/strict';
import { runCode, told } from '../contract/subject.ts';
import { embeddedForSuite } from './embeddedForSuite.ts';

const writes = `
import os
def put(name):
    os.makedirs(os.path.dirname("outputs/" + name), exist_ok=True)
    with open("outputs/" + name, "w") as file: file.write(name)
`;

describe('wasm: outputs that can not be read', function () {
  this.timeout(120_000);
  const subject = embeddedForSuite({ shell: 'none' });

  const left = {
    'a file that may not be read': {
      code: 'put("a"); put("b"); os.chmod("outputs/a", 0)',
      notice: '1 file in outputs left out (a link, or not readable): "a"',
      names: ['b'],
      undo: 'os.chmod("outputs/a", 0o600)',
      later: ['a'],
    },
    'a folder that may not be read': {
      code: 'put("a/x"); put("b"); os.chmod("outputs/a", 0)',
      notice: '1 file in outputs left out (a link, or not readable): "a/x"',
      names: ['b'],
      undo: 'os.chmod("outputs/a", 0o700)',
      later: ['a/x'],
    },
    'files beside as many open ones as there may be': {
      code: `
put("a"); put("b")
opened = []
try:
    while True: opened.append(os.open("/dev/null", os.O_RDONLY))
except OSError: pass`,
      notice: '2 files in outputs left out (a link, or not readable): "a"',
      names: [],
      undo: 'for one in opened: os.close(one)',
      later: ['a', 'b'],
    },
    'the whole folder': {
      code: 'put("a"); os.chmod("outputs", 0)',
      notice: '1 file in outputs left out (a link, or not readable): "a"',
      names: [],
      undo: 'os.chmod("outputs", 0o700)',
      later: ['a'],
    },
    'the folder above': {
      code: 'put("a"); os.chmod("/work", 0)',
      notice: 'The outputs folder is not readable, so nothing was taken from it.',
      names: [],
      undo: 'os.chmod("/work", 0o700)',
      later: ['a'],
    },
  };
  for (const [what, { code, notice, names, undo, later }] of Object.entries(left)) {
    it(`${what}: what else is there comes, it is said, and a session goes on`, async () => {
      const fresh = await runCode(subject.executor, writes + code);
      const first = await runCode(subject.executor, writes + code, { sessionId: what });
      for (const result of [fresh, first]) {
        assert.deepEqual([result.status, result.notices], ['ok', [notice]], told(result));
        assert.deepEqual(
          result.artifacts.map(({ name }) => name),
          names,
        );
      }
      const next = await runCode(subject.executor, `${undo}\nprint("put" in globals())`, { sessionId: what });
      assert.deepEqual([next.stdout, next.notices], ['True\n', []], told(next));
      assert.deepEqual(
        next.artifacts.map(({ name }) => name),
        later,
        'what could not be read before',
      );
    });
  }

  it('a folder that is gone holds nothing, and nothing is said', async () => {
    const result = await runCode(subject.executor, 'import os\nos.rmdir("outputs")');
    assert.deepEqual([result.status, result.notices, result.artifacts], ['ok', [], []], told(result));
  });
});
