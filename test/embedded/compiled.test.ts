import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { publishedWheels } from '../support/publishedWheels.ts';
import { publishWheels, type WheelServer } from '../support/wheelServer.ts';
import { runCode, told } from '../contract/subject.ts';
import { wasmSubject, type WasmSubject } from './wasmSubject.ts';

const never = new AbortController().signal;

/** What contourpy asks of numpy before it has anything to compute. */
const withoutNumpy = `
import sys, types
numpy = types.ModuleType("numpy")
numpy.__getattr__ = lambda name: float
sys.modules["numpy"] = numpy
`;

/** Machine code as its authors publish it, behind the wall: what it imports must be what the wall leaves. */
describe('wasm: compiled packages', function () {
  this.timeout(120_000);
  let folder: string;
  let published: WheelServer;
  let subject: WasmSubject;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-compiled-'));
    published = await publishWheels(await publishedWheels(folder), folder);
    subject = await wasmSubject(path.join(folder, 'cache'), published)();
    await subject.executor.packages.fetch(['msgpack', 'pydantic-core', 'contourpy'], () => undefined, never);
  });
  after(async () => {
    await subject.executor.close();
    assert.deepEqual(await subject.leftovers(), []);
    await subject.dispose();
    await published.close();
    await rm(folder, { recursive: true, force: true });
  });

  const output = async (code: string, sessionId?: string): Promise<string> => {
    const result = await runCode(subject.executor, code, sessionId === undefined ? {} : { sessionId });
    assert.equal(result.status, 'ok', told(result));
    return result.stdout;
  };

  it('in C', async () => {
    const code = `
import msgpack
from msgpack import _cmsgpack
packed = msgpack.packb({"a": [1, 2.5, None], "b": b"x" * 100_000})
print(len(packed), msgpack.unpackb(packed)["a"], _cmsgpack.__file__.endswith(".so"))
try: msgpack.unpackb(packed[:100])
except ValueError as error: print(error)`;
    assert.match(await output(code), /^100022 \[1, 2\.5, None\] True\n.*incomplete/);
  });

  it('in Rust, with what it needs in pure Python', async () => {
    const code = `
from pydantic_core import SchemaValidator, ValidationError, to_json
numbers = SchemaValidator({"type": "list", "items_schema": {"type": "int"}})
print(numbers.validate_python(["1", 2]), to_json({"a": [1]}))
try: numbers.validate_python(["x"])
except ValidationError as error: print(error.errors()[0]["type"])`;
    assert.equal(await output(code), '[1, 2] b\'{"a":[1]}\'\nint_parsing\n');
  });

  it('in C++, with its exceptions', async () => {
    const code = `${withoutNumpy}
import contourpy
from contourpy import _contourpy as machine
print(machine.FillType(203), machine.max_threads())
for wrong in (lambda: machine.FillType(1.5), lambda: machine.SerialContourGenerator(1)):
    try: wrong()
    except TypeError as error: print("incompatible" in str(error))`;
    assert.equal(await output(code), 'FillType.ChunkCombinedCode 1\nTrue\nTrue\n');
  });

  it('keep their state in a session', async () => {
    await output('import msgpack\npacker = msgpack.Packer(autoreset=False)\npacker.pack(1)', 's');
    assert.equal(await output('packer.pack("two")\nprint(packer.bytes())', 's'), "b'\\x01\\xa3two'\n");
  });

  it('end with the program when they take too much memory', async () => {
    const code = 'import msgpack\nparts = []\nwhile True: parts.append(msgpack.packb(bytes(8 << 20)))';
    const result = await runCode(subject.executor, code, { limits: { memoryBytes: 256 << 20 } });
    assert.ok(['error', 'oom'].includes(result.status), told(result));
    assert.equal(await output('import msgpack\nprint(msgpack.packb(1))'), "b'\\x01'\n");
  });
});
