import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createValidator } from '../../../src/validator/createValidator.ts';
import { Parsers } from '../../../src/validator/parse/parsers.ts';
import { readCorpus } from '../../support/corpus.ts';
import { freshLoad } from '../freshLoad.ts';
import type { BenchCase, BenchContext, BenchPart, Row, Timing } from '../benchPart.ts';

const mebibyte = 2 ** 20;

/** Ordinary programs put one after another until there are that many lines. */
function programOf(lines: number): string {
  const programs = readCorpus('ordinary').filter((one) => one.code.length > 200);
  let text = '';
  let count = 0;
  for (let at = 0; count < lines; at++) {
    const code = programs[at % programs.length]?.code ?? '';
    text += code;
    count += code.split('\n').length - 1;
  }
  return text.split('\n').slice(0, lines).join('\n');
}

async function timed(work: () => unknown): Promise<Timing> {
  const start = performance.now();
  await work();
  return { resultMs: performance.now() - start };
}

/** What checking costs, beside what parsing alone costs in the same run. */
export const part: BenchPart = {
  name: 'validator',
  quickSeconds: 2,
  async open({ root, quick }: BenchContext) {
    const wasmFolder = path.join(root, 'node_modules/@vscode/tree-sitter-wasm/wasm');
    const validator = createValidator({ wasmFolder });
    const parsers = new Parsers(wasmFolder);
    const parser = await parsers.load('python');
    const fresh = await freshLoad(root);
    const short = programOf(100);
    const long = programOf(3000);
    // Compiled code is what people have once the window has been open for a while; it takes V8 that many checks.
    for (let round = 0; round < 200; round++) await validator.check('python', short);
    const cases: BenchCase[] = [
      {
        case: 'check-100-lines',
        who: 'ours',
        // As after an edit; the first would clear away what the case before has left.
        run: async () => {
          await validator.check('python', short);
          return timed(() => validator.check('python', short));
        },
      },
      { case: 'check-3000-lines', who: 'ours', run: () => timed(() => validator.check('python', long)) },
      { case: 'check-3000-lines', who: 'bare-parse', run: () => timed(() => parser.parse(long)?.delete()) },
      {
        case: 'load',
        who: 'ours',
        // Once for each window: in a process that has loaded nothing yet.
        run: async () => ({ resultMs: await fresh.load() }),
      },
    ];
    return {
      cases,
      async moreRows(): Promise<readonly Row[]> {
        return [
          await growth(quick ? 100 : 10_000, async () => void (await validator.check('python', short))),
        ];
      },
      ratios: (rows) => {
        const p50 = (name: string, who: string): number =>
          rows.find((row) => row.case === name && row.who === who)?.p50 ?? NaN;
        return {
          'check over bare parse': p50('check-3000-lines', 'ours') / p50('check-3000-lines', 'bare-parse'),
        };
      },
      async close() {
        await validator.dispose();
        await parsers.dispose();
        await fresh.close();
      },
    };
  },
};

/** How much the process has grown over many checks; trees that are not freed would show here. */
async function growth(checks: number, check: () => Promise<void>): Promise<Row> {
  // The heap and the compiled code reach their size in the first thousands.
  for (let round = 0; round < checks / 4; round++) await check();
  const before = residentBytes();
  for (let round = 0; round < checks; round++) await check();
  const grown = (residentBytes() - before) / mebibyte;
  return { case: `growth-over-${checks}-checks`, who: 'ours', n: 1, p50: grown, p95: grown, unit: 'MiB' };
}

function residentBytes(): number {
  // Garbage that merely waits is not growth.
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const kibibytes = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
  return kibibytes === undefined ? process.memoryUsage.rss() : Number(kibibytes) * 1024;
}
