import assert from 'node:assert/strict';
import path from 'node:path';
import type { ShellKind } from '../../src/executors/wasm/enclosed.ts';
import { runCode, told, type Subject } from '../contract/subject.ts';
import { refused, stopped, together } from './escapes.ts';
import { wasmSubject } from './wasmSubject.ts';
import { withinReach, type WithinReach } from './withinReach.ts';

const kinds: readonly ShellKind[] =
  process.platform === 'linux' ? ['bubblewrap', 'pdeathsig', 'posix', 'none'] : ['posix', 'none'];

describe('wasm: ways out', function () {
  this.timeout(120_000);
  let reach: WithinReach;
  before(async () => (reach = await withinReach()));
  after(() => reach.close());

  for (const shell of kinds) {
    describe(`with ${shell} around the process`, () => {
      let subject: Subject;
      before(async () => {
        subject = await wasmSubject(path.join(reach.folder, 'cache'), { shell })();
      });
      after(async () => {
        await subject.executor.close();
        assert.deepEqual(await subject.leftovers(), []);
        await subject.dispose();
      });

      it(`${refused.length} ways end in an exception`, async () => {
        const result = await runCode(subject.executor, reach.filled(together(refused)));
        const expected = refused.map(({ way }) => `tried ${way}`).join('\n');
        assert.deepEqual([result.status, result.stdout.trim()], ['ok', expected], told(result));
        assert.equal(reach.touched(), 0);
      });

      for (const { way, code } of stopped) {
        it(`${way}: the interpreter is stopped`, async () => {
          const result = await runCode(subject.executor, reach.filled(code));
          assert.deepEqual([result.status, result.stdout], ['error', ''], told(result));
          assert.match(result.stderr, /reached for JavaScript \(\w+\), of which there is none/);
        });
      }

      it('a program in JavaScript finds the language and nothing of the process around it', async () => {
        const result = await runCode(subject.executor, reach.filled(script), {
          language: 'javascript',
          title: 'escape.js',
        });
        assert.deepEqual([result.status, result.stdout], ['ok', 'over\n'], told(result));
        assert.equal(reach.touched(), 0);
      });
    });
  }
});

const script = `
const tries = {
  code: () => [].constructor.constructor('return this')().process.binding,
  global: () => globalThis.process.getBuiltinModule('fs'),
  module: () => require('child_process'),
  secret: () => require('fs').readFileSync('FOLDER/secret.txt', 'utf8'),
  proc: () => require('fs').readFileSync('/proc/self/environ', 'utf8'),
  up: () => require('fs').readFileSync('../../../etc/passwd', 'utf8'),
  environment: () => Object.keys(process.env)[0],
  fetch: () => fetch('http://127.0.0.1:PORT/'),
  wasm: () => WebAssembly,
  worker: () => new Worker('x'),
};
for (const [name, step] of Object.entries(tries)) {
  let got;
  try { got = step(); } catch { continue; }
  if (got !== undefined) console.log('REACHED', name, got);
}
import('node:child_process').then((it) => console.log('REACHED', it), () => console.log('over'));`;
