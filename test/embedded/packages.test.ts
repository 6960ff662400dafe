import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { GloveboxError } from '../../src/core/errors.ts';
import { pureWheel } from '../support/wheel.ts';
import { publishWheels, type WheelServer } from '../support/wheelServer.ts';
import { runCode, told } from '../contract/subject.ts';
import { wasmSubject, type WasmSubject } from './wasmSubject.ts';

const farewell = pureWheel('farewell', 'def say(name): return f"bye {name}"\n');
const greeting = pureWheel(
  'greeting',
  'import farewell\ndef say(name): return f"hello and {farewell.say(name)}"\n',
  ['farewell'],
);
/** A library of machine code without any, as far as the linker asks. */
const section = Buffer.concat([Buffer.from('\x08dylink.0'), Buffer.from([1, 4, 0, 0, 0, 0])]);
const machineCode = Buffer.concat([
  Buffer.from('\0asm\x01\0\0\0'),
  Buffer.from([0, section.length]),
  section,
]);
const compiled = pureWheel(
  'compiled',
  'import ctypes, os\nlibrary = ctypes.CDLL(os.path.join(os.path.dirname(__file__), "code.so"))\n',
  [],
  {
    'compiled/code.so': machineCode,
    'compiled-1.0.0.data/data/share/compiled.txt':
      'for the whole system, and long enough to be packed: '.repeat(9),
  },
);
const heavyBytes = 3 * 1024 * 1024;
const heavy = pureWheel('heavy', 'x = 1\n', [], {
  'heavy-1.0.0.data/data/share/heavy.bin': Buffer.alloc(heavyBytes, 1),
});
const all = [farewell, greeting, compiled, heavy];
const uses = 'import greeting\nprint(greeting.say("you"))';
const never = new AbortController().signal;

describe('wasm: packages', function () {
  this.timeout(120_000);
  let folder: string;
  let published: WheelServer;
  let subject: WasmSubject;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-packages-'));
    published = await publishWheels(all, folder);
    subject = await wasmSubject(path.join(folder, 'cache'), published)();
  });
  beforeEach(() => published.afresh());
  after(async () => {
    await subject.executor.close();
    assert.deepEqual(await subject.leftovers(), []);
    await subject.dispose();
    await published.close();
    await rm(folder, { recursive: true, force: true });
  });

  const fetch = async (...names: string[]): Promise<string[]> => {
    const steps: string[] = [];
    await subject.executor.packages.fetch(names, (step) => steps.push(step), never);
    return steps;
  };
  const here = async (): Promise<readonly string[]> => {
    const status = await subject.executor.describe();
    return status.available ? (status.packages ?? []) : [];
  };

  it('one that was not fetched is reported with what to do', async () => {
    const result = await runCode(subject.executor, uses);
    assert.equal(result.status, 'error', told(result));
    assert.match(result.notices.join(), /greeting has not been fetched.*can be fetched/);
    assert.doesNotMatch(result.notices.join(), /[*`]/);
    assert.equal(result.missingPackage, 'greeting');
    const unknown = await runCode(subject.executor, 'import nobody_has_this');
    assert.match(unknown.notices.join(), /publishes no package for nobody_has_this.*Docker/);
    assert.equal(unknown.missingPackage, undefined);
    assert.deepEqual([await here(), published.asked], [[], []]);
  });

  it('one that the network does not give stays absent, and it is said what to do', async () => {
    published.answer = () => undefined;
    await assert.rejects(
      fetch('greeting'),
      (error) => GloveboxError.is(error) && /can't be fetched.*404.*Docker/.test(error.message),
    );
    assert.deepEqual(await here(), []);
  });

  it('a file that is not the published one is thrown away', async () => {
    published.answer = () => Buffer.concat([farewell.bytes, Buffer.from('x')]);
    await assert.rejects(fetch('farewell'), /not the file that Pyodide published/);
    assert.deepEqual(await readdir(path.join(folder, 'cache', 'packages')), []);
  });

  it('a program in the sandbox can fetch nothing itself', async () => {
    const code =
      'import pyodide_js\nfrom pyodide.ffi import run_sync\nrun_sync(pyodide_js.loadPackage("greeting"))\nimport greeting\nprint("loaded")';
    const result = await runCode(subject.executor, code);
    assert.equal(result.stdout.includes('loaded'), false, told(result));
    assert.deepEqual(published.asked, []);
  });

  it('fetches what a package needs too, with progress, and programs find both', async () => {
    const steps = await fetch('greeting');
    assert.deepEqual(published.asked.toSorted(), [farewell.fileName, greeting.fileName]);
    assert.match(steps.join('\n'), /greeting 1\.0\.0[\s\S]*of 2/);
    assert.deepEqual((await here()).toSorted(), ['farewell', 'greeting']);
    const result = await runCode(subject.executor, uses, { limits: { workBytes: 1 << 20 } });
    assert.deepEqual([result.status, result.stdout], ['ok', 'hello and bye you\n'], told(result));
    assert.deepEqual(await fetch('greeting'), [], 'what is here is not fetched again');
  });

  it('machine code of a package is loaded, and the same code from elsewhere is loaded too, but nothing else', async () => {
    await fetch('compiled');
    const code = `
import compiled, ctypes, pathlib
print(len(open("/share/compiled.txt").read()) > 400)
code = pathlib.Path(compiled.__file__).with_name("code.so").read_bytes()
def load(name, bytes):
    pathlib.Path(name).write_bytes(bytes)
    try: ctypes.CDLL("/work/" + name); print(name, "loaded")
    except OSError as error: print(name, "Glovebox installed" in str(error))
load("same.so", code)
load("changed.so", code + bytes([5, 3, 1, 0, 1]))`;
    const result = await runCode(subject.executor, code);
    assert.equal(result.stdout, 'True\nsame.so loaded\nchanged.so True\n', told(result));
  });

  it('are found by later cells of a session, whatever the earlier ones did to the interpreter', async () => {
    const spoil = `
import gc, shutil, sys, zipfile
for module in [shutil, zipfile, *(one for name, one in sys.modules.items() if "pyodide" in name or name == "js")]:
    for name in [name for name in dir(module) if name[:2] != "__"]: setattr(module, name, None)
gc.collect()
x = 1`;
    const first = await runCode(subject.executor, spoil, { sessionId: 'a' });
    assert.equal(first.status, 'ok', told(first));
    const second = await runCode(subject.executor, `${uses}\nx`, { sessionId: 'a' });
    assert.deepEqual([second.stdout, second.value], ['hello and bye you\n', '1'], told(second));
  });

  it('count neither for the files of a program nor against them', async () => {
    await fetch('heavy');
    const code = `
import heavy, os
print(os.path.getsize("/share/heavy.bin"))
os.truncate("/share/heavy.bin", 0)
def room(name, size):
    try:
        with open(name, "wb", buffering=0) as file: file.write(bytes(size))
        print(name, "written")
    except OSError as error: print(name, error.strerror)
room("within", ${heavyBytes / 6})
room("beyond", ${heavyBytes / 2})
os.truncate("within", 0)
room("again", ${heavyBytes / 6})`;
    const result = await runCode(subject.executor, code, { limits: { workBytes: heavyBytes / 3 } });
    const beyond = 'beyond No space left on device\n';
    assert.equal(result.stdout, `${heavyBytes}\nwithin written\n${beyond}again written\n`, told(result));
  });

  it('are installed once in a session, whatever a cell puts in their way', async () => {
    await fetch('heavy');
    const cell = async (code: string) => runCode(subject.executor, code, { sessionId: 'b' });
    const inTheWay =
      'import os, sysconfig\nos.makedirs(sysconfig.get_path("purelib") + "/heavy/__init__.py")';
    assert.equal((await cell(inTheWay)).status, 'ok');
    const again = 'import heavy\nprint(os.path.exists("/share/heavy.bin"))';
    const first = await cell(`${again}\nos.rename("/share/heavy.bin", "taken")`);
    assert.equal(first.stdout, 'True\n', told(first));
    assert.equal((await cell(again)).stdout, 'False\n');
  });

  it('one that was damaged keeps no other one from a program, and is fetched anew', async () => {
    await fetch('farewell', 'heavy');
    const file = path.join(folder, 'cache', 'packages', heavy.fileName);
    const both = 'import farewell\nprint(farewell.say("you"))\nimport heavy\nprint(heavy.x)';
    await writeFile(file, 'damaged');
    const result = await runCode(subject.executor, both);
    assert.deepEqual([result.status, result.stdout], ['error', 'bye you\n'], told(result));
    assert.match(result.notices.join(), /Files of heavy were changed/);
    assert.equal(result.missingPackage, 'heavy');
    for (const damaged of [false, true]) {
      if (damaged) await writeFile(file, 'damaged');
      await fetch('heavy');
      const again = await runCode(subject.executor, both);
      assert.equal(again.stdout, 'bye you\n1\n', told(again));
    }
  });

  it('a file that somebody changed later is not loaded', async () => {
    await writeFile(path.join(folder, 'cache', 'packages', greeting.fileName), 'changed');
    const result = await runCode(subject.executor, uses);
    assert.equal(result.status, 'error', told(result));
    assert.match(result.stderr, /No module named 'greeting'/);
    assert.match(result.notices.join(), /changed on this disk/);
    assert.ok(!(await here()).includes('greeting'));
  });
});
