import assert from 'node:assert/strict';
import path from 'node:path';
import { createValidator } from '../../../src/validator/createValidator.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** Programs that CPython refuses, with the line (counted from 0) of the first fault. */
const broken: [line: number, code: string][] = [
  [1, 'a = 1\n  b = 2\n'],
  [0, '   a = 1\nprint(a)\n'],
  [1, 'def f():\nprint(1)\n'],
  [2, 'if True:\n        a = 1\n    b = 2\n'],
  [2, 'if True:\n\ta = 1\n        b = 2\n'],
  [2, 'class A:\n    # nothing\nb = 1\n'],
  [1, 'while True:\n'],
  [0, 'a = 1 \\'],
  [0, 'return 5\n'],
  [1, 'class A:\n    return 1\n'],
  [0, 'yield 1\n'],
  [1, 'def f():\n    await g()\n'],
  [0, 'break\n'],
  [3, 'for a in b:\n    pass\nelse:\n    continue\n'],
  [2, 'while a:\n    def f():\n        break\n'],
  [0, 'nonlocal a\n'],
  [1, 'def f():\n    from os import *\n'],
  [0, 'f(a=1, b=2, a=3)\n'],
  [0, 'f(a=1, 2)\n'],
  [0, 'f(**a, 2)\n'],
  [0, 'def f(a=1, b): pass\n'],
  [0, 'def f(a, *, a): pass\n'],
  [0, 'g = lambda a=1, b: a\n'],
  [0, 'raise ValueError, "a"\n'],
  [0, 'a := 5\n'],
  [0, '*a\n'],
  [0, 'del f()\n'],
  [0, 'a = 0777\n'],
  [0, 'a = b"\u00e9"\n'],
  [0, 'a = "\\xZ1"\n'],
  [0, 'a = "\\u12"\n'],
  [0, 'a = ur"b"\n'],
];

/** Forms that look like these and are fine. */
const fine = [
  'if a:\n  b = [\n1,\n      2]\n  c = """\nx\n    y"""\nelse:\n\td = 1\n',
  'def f(a, /, b=1, *c, d, e=2, **g): return 1\nlambda *a, b, c=1: 0\n',
  'f(*a, b=1, *c, **d)\nf(a=1, \\\n  **b)\n',
  'for a in b:\n    if a: continue\n    while a:\n        break\n    else:\n        break\n',
  'async def f():\n    return [await a async for a in b]\ndef g():\n    return (await a for a in b)\n',
  'a = 0, 00, 0x0f, 0o17, 0b1, 0.5, 012.5, 012j, 1_000\n',
  'a = "\\x41\\u0041\\\\x\\N{DASH}", r"\\x", b"\\u1", rb"\\xZ", f"\\x41{a}\\N{DASH}", b"\\x41"\n',
  'class A: x = 1; y = 2\nif a: pass\nelif b: pass\nelse: pass\n',
  '# a\n   # b\n\n\f\na = 1 + \\\n    2\ndef f():\n    # c\n\n    return 1\n  # d\n',
  'print((a := 5), [*b], *c)\n[*d, e] = 1, 2\ndel a, (b), c[0], d.e\n',
  'x = lambda: (yield)\ndef g():\n    y = yield\n    class A:\n        def h(self): return 1\n',
  'match a:\n    case [1, *b]:\n        pass\n    case {"k": c, **d}:\n        pass\n',
  'a = {\n  "b": lambda c: c,\n}\nif b: a["c"] = (1\n)\n',
];

describe('programs that CPython refuses', () => {
  const validator = createValidator({ wasmFolder });
  after(() => validator.dispose());

  it('are refused at the place that is wrong', async () => {
    for (const [line, code] of broken) {
      const { verdict, findings } = await validator.check('python', code);
      const fault = findings.find((finding) => finding.rule === 'syntax');
      assert.equal(verdict, 'block', code);
      assert.equal(fault?.range.startLine, line, `${code}: ${fault?.message}`);
    }
  });

  it('are told from what is merely unusual', async () => {
    for (const code of fine) {
      const { findings } = await validator.check('python', code);
      assert.deepEqual(
        findings.filter((finding) => finding.rule === 'syntax').map((finding) => finding.message),
        [],
        code,
      );
    }
  });
});
