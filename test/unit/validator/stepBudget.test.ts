import assert from 'node:assert/strict';
import path from 'node:path';
import { checkProgram, javascriptCheck } from '../../../src/validator/javascript/checkJavascript.ts';
import { copyTree } from '../../../src/validator/parse/copyTree.ts';
import type { Parsed } from '../../../src/validator/parse/tree.ts';
import { Parsers, parseWithin } from '../../../src/validator/parse/parsers.ts';
import { checkScript, shellCheck } from '../../../src/validator/shell/checkShell.ts';
import { StepBudget } from '../../../src/validator/stepBudget.ts';

const wasmFolder = path.join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** How much work a program is, and which rules speak of it. */
interface Work {
  readonly steps: number;
  readonly nodes: number;
  readonly rules: readonly string[];
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

describe('the work of a check', function () {
  this.timeout(60_000);
  const parsers = new Parsers(wasmFolder);
  after(() => parsers.dispose());

  const parse = async (grammar: 'javascript' | 'bash', code: string): Promise<Parsed> => {
    const tree = parseWithin(await parsers.load(grammar), code, 30_000);
    assert.ok(tree !== undefined);
    const parsed = copyTree(tree, code, (grammar === 'bash' ? shellCheck : javascriptCheck).keep);
    tree.delete();
    return parsed;
  };
  const javascript = async (code: string): Promise<Work> => {
    const parsed = await parse('javascript', code);
    const budget = new StepBudget(Infinity);
    const rules = checkProgram(parsed, {}, budget).map((one) => one.rule);
    return { steps: budget.spent, nodes: parsed.nodeCount, rules };
  };
  const shell = async (code: string): Promise<Work> => {
    const parsed = await parse('bash', code);
    const budget = new StepBudget(Infinity);
    const rules = checkScript(parsed, {}, budget).map((one) => one.rule);
    return { steps: budget.spent, nodes: parsed.nodeCount, rules };
  };

  /** Twice the program is twice the work, or four times where all values meet; the cube would be eight. */
  async function assertGrowth(check: (code: string) => Promise<Work>, program: (size: number) => string) {
    const small = await check(program(20));
    const large = await check(program(40));
    assert.ok(large.steps <= small.steps * 6, `${small.steps} steps became ${large.steps}`);
    assert.ok(large.steps <= 400_000, `${large.steps} steps`);
    assert.ok(!large.rules.includes('too-complex'));
  }

  it('stays small for objects that are spread into their own successors', async () => {
    await assertGrowth(
      javascript,
      (size) => `let o = {};\n${lines(size, (i) => `o = { ...o, k${i}: ${i} };`)}\nconsole.log(o.total);`,
    );
  });

  it('stays small for a reducer that spreads its state', async () => {
    await assertGrowth(
      javascript,
      (size) =>
        `const reduce = (state, action) => { switch (action.type) {\n${lines(
          size,
          (i) => `case 'a${i}': return { ...state, field${i}: action.value, list: [...state.list, ${i}] };`,
        )}\ndefault: return state; } };\nlet state = { list: [] };\n` +
        `for (const action of actions) state = reduce(state, action);\nconsole.log(state.field1, state.list.length);`,
    );
  });

  it('stays small for chains of inheritance and copies', async () => {
    await assertGrowth(
      javascript,
      (size) =>
        `let p = {};\n${lines(size, (i) => `p = Object.assign(Object.create(p), p, { k${i}: ${i} });`)}\np.total();`,
    );
    await assertGrowth(
      javascript,
      (size) =>
        `class A0 { run() { return 1; } }\n${lines(size, (i) => `class A${i + 1} extends A${i} { m${i}() { return this.run(); } }`)}\n` +
        `new A${size}().run();`,
    );
  });

  it('stays small for functions of a script that hand on their arguments', async () => {
    for (const all of ['"$@"', '$*', '"${@}"']) {
      const places = (count: number): string => Array.from({ length: count }, () => all).join(' ');
      await assertGrowth(shell, (size) => `f() { f ${places(size)} x; }\nf a b`);
      await assertGrowth(shell, (size) => `f() { g ${places(size)}; }\ng() { f ${places(size)}; }\nf a b`);
    }
  });

  it('stays small for texts that double and commands within commands', async () => {
    const names = 'abcdefghijklmnopqrstuvwxyz';
    await assertGrowth(
      shell,
      (size) =>
        `a=${'y'.repeat(60)}\n${lines(Math.min(size, 25), (i) => `${names[i + 1] ?? 'z'}=${`$${names[i] ?? 'a'}`.repeat(12)}`)}\necho $z`,
    );
    await assertGrowth(shell, (size) => `find . ${'-exec find . '.repeat(size)} \\;`);
  });

  it('stays small for long programs of awk and sed', async () => {
    await assertGrowth(shell, (size) => `sed '${'\n'.repeat(size * 80)}' a.txt`);
    await assertGrowth(shell, (size) => `awk '${'print '.repeat(size * 15)}' a.txt`);
    await assertGrowth(shell, (size) => `awk '${'/[a'.repeat(size * 30)}' a.txt`);
  });

  it('ends where the budget ends, with a finding that refuses', async () => {
    const program = await parse(
      'javascript',
      lines(200, (i) => `let a${i} = { ...globalThis, b: ${i} };`),
    );
    const script = await parse('bash', 'x=env; x=time; x=nice; x=nohup\n$x $x $x $x $x $x $x $x $x $x ls');
    for (const limit of [1, 10, 100, 1000]) {
      const javascriptBudget = new StepBudget(limit);
      assert.ok(checkProgram(program, {}, javascriptBudget).some((one) => one.rule === 'too-complex'));
      const shellBudget = new StepBudget(limit);
      assert.ok(checkScript(script, {}, shellBudget).some((one) => one.rule === 'too-complex'));
      for (const budget of [javascriptBudget, shellBudget])
        assert.ok(budget.spent < limit + 1000, `${budget.spent} of ${limit}`);
    }
  });

  it('of a script with many ways to read one command is bounded by its size', async () => {
    const parsed = await parse('bash', `x=env; x=time; x=nice; x=nohup\n${'$x '.repeat(30)} ls`);
    assert.ok(shellCheck.check(parsed, {}).some((one) => one.rule === 'too-complex'));
  });
});
