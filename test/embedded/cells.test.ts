import assert from 'node:assert/strict';
import { runCode, told } from '../contract/subject.ts';
import { embeddedForSuite } from './embeddedForSuite.ts';

const MiB = 1024 * 1024;
const limits = { wallMs: 1500, memoryBytes: 64 * MiB, workBytes: 8 * MiB, fileBytes: 4 * MiB };

/** A cell that can put `hook` in front of one call of a function that the realm or its Python uses. */
const hooked = (hook: string): string => `
import ast, importlib, json, time
told = []
${hook}
def replace(module, name):
    real = getattr(module, name)
    def replaced(*args, **named):
        setattr(module, name, real)
        hook()
        return real(*args, **named)
    setattr(module, name, replaced)
`;

describe('wasm: what a cell leaves in the interpreter', function () {
  this.timeout(120_000);
  const subject = embeddedForSuite();

  const cell = async (sessionId: string, code: string) =>
    runCode(subject.executor, code, { sessionId, limits });

  for (const name of ['ast.parse', 'json.loads', 'json.dumps', 'importlib.invalidate_caches', 'ast.walk']) {
    it(`runs in the time of the next one, by ${name}`, async () => {
      const [module = '', member = ''] = name.split('.');
      const spends = `def hook():
    began = time.time()
    while time.time() - began < 4: pass
    told.append("the hook was through")`;
      const first = await cell(name, `${hooked(spends)}replace(${module}, "${member}")`);
      assert.equal(first.status, name === 'json.dumps' ? 'timeout' : 'ok', told(first));
      const next = await cell(name, 'import os\nprint(globals().get("told", []))');
      // What is called by nobody holds nobody up.
      if (next.status === 'ok') assert.equal(next.stdout, '[]\n', told(next));
      else assert.equal(next.status, 'timeout', told(next));
    });
  }

  it('has the memory and the files of the next one, by what reads its imports', async () => {
    const takes = `def hook():
    try: told.append(len(bytearray(${110 * MiB})))
    except MemoryError: told.append("no memory")
    try:
        with open("big", "wb", buffering=0) as file:
            for _ in range(20): file.write(bytes(${MiB}))
        told.append("20 MB")
    except OSError: told.append("no room")`;
    const first = await cell('a', `${hooked(takes)}replace(ast, "parse")`);
    assert.equal(first.status, 'ok', told(first));
    const next = await cell('a', 'import os\nprint(told)');
    assert.equal(next.stdout, "['no memory', 'no room']\n", told(next));
  });

  it('that never ends ends the next one at its limit, and the one after is told', async () => {
    const first = await cell('b', `${hooked('def hook():\n    while True: pass')}replace(ast, "parse")`);
    assert.equal(first.status, 'ok', told(first));
    const next = await cell('b', 'import os');
    assert.equal(next.status, 'timeout', told(next));
    const after = await cell('b', 'print("told" in globals())');
    assert.equal(after.stdout, 'False\n', told(after));
    assert.match(after.notices.join(), /gone/);
  });
});
