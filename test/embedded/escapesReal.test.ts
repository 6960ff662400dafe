import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { runCode, told } from '../contract/subject.ts';
import { sandboxWithout } from './undoneSandbox.ts';
import { refused, together } from './escapes.ts';
import { wasmSubject } from './wasmSubject.ts';
import { withinReach, type WithinReach } from './withinReach.ts';

const plainPyodide = path.join(import.meta.dirname, 'plainPyodide.mjs');

/** They get through where wall, doors and language are open; nothing else in the process knows of them. */
const heldByLayers = [
  'a constructor on a function',
  'a constructor on an object',
  'a constructor on a proxy',
  'the converter of dictionaries',
  'the module behind',
  'the interface behind',
  'the C module',
  'sockets of Node',
  'a setter on every object',
];

/** The process's own limits answer them with the end of the interpreter, so no program can try them all. */
const deadly = new Set(['a server', 'the shell', 'the shell, by the C library']);

// A way that is tried in vain shows something only where it leads somewhere: a module that another version
// of Pyodide has under another name would be refused for ever.
describe('wasm: the ways out are real', function () {
  this.timeout(120_000);
  let reach: WithinReach;
  before(async () => (reach = await withinReach()));
  after(() => reach.close());

  it('each of them gets through in Pyodide as it is used without us', async () => {
    const ways = JSON.stringify(refused.map(({ way, code }) => ({ way, code: reach.filled(code) })));
    const { stdout } = await promisify(execFile)(process.execPath, [plainPyodide, ways]);
    const [, ...tried] = stdout.split('\nWAY ');
    assert.deepEqual(
      tried.map((text) => text.split('\n', 1)[0]),
      refused.map(({ way }) => way),
    );
    assert.deepEqual(
      tried.filter((text) => !text.includes('\nREACHED')),
      [],
    );
    assert.ok(reach.touched() > 0);
  });

  it('those that only our layers hold get through without them, and the process itself holds the others', async () => {
    const sandbox = await sandboxWithout(['wall', 'doors', 'language'], reach.folder);
    const cache = path.join(sandbox, 'cache');
    const subject = await wasmSubject(cache, { sandbox, shell: 'none', spares: 0, prepared: false })();
    try {
      const tried = refused.filter(({ way }) => !deadly.has(way));
      const result = await runCode(subject.executor, reach.filled(together(tried)));
      assert.equal(result.status, 'ok', told(result));
      const lines = result.stdout.split('\n');
      const through = tried.filter(({ way }) => !lines.includes(`tried ${way}`)).map(({ way }) => way);
      assert.deepEqual(through, heldByLayers, told(result));
    } finally {
      await subject.executor.close();
      await subject.dispose();
    }
  });
});
