// npm run bench -- [--quick] [--json] [--only PART]
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchPart, Row } from './benchPart.ts';
import { machine } from './machine.ts';
import { measure } from './rounds.ts';
import { printTable } from './table.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    rounds: { type: 'string' },
  },
});
const say = (message: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${message}`);
};

const folder = path.join(import.meta.dirname, 'parts');
/** A quick bench begins nothing more after this, so that it ends within its minute on a busy machine, too. */
const lastStartMs = options.quick ? 44_000 : Infinity;
const rows: Row[] = [];
const ratios: Record<string, number> = {};
const left: string[] = [];
const about = machine();

for (const file of (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort()) {
  const { part } = (await import(path.join(folder, file))) as { part?: BenchPart };
  if (part === undefined) continue;
  if (options.only !== undefined && !options.only.includes(part.name)) continue;
  await run(part);
}
say('');
const report = { machine: about, rows, ratios, ...(left.length === 0 ? {} : { left }) };
if (options.json) process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
else printTable(report);

async function run(part: BenchPart): Promise<void> {
  const { quick } = options;
  const tell = (message: string): void => say(`${part.name}: ${message}`);
  const context = {
    root: path.join(import.meta.dirname, '../..'),
    quick,
    untilMs: lastStartMs,
    say: tell,
  };
  if (performance.now() > lastStartMs) {
    left.push(`${part.name}: the machine is too busy for it within the minute`);
    return;
  }
  const open = await part.open(context);
  if (typeof open === 'string') {
    left.push(`${part.name}: ${open}`);
    return;
  }
  try {
    for (const reason of open.left ?? []) left.push(`${part.name}: ${reason}`);
    const seconds = quick ? (part.quickSeconds ?? 10) : Infinity;
    const rounds = options.rounds === undefined ? (part.rounds ?? 30) : Number(options.rounds);
    const mine = [
      ...(await measure(
        open.cases,
        { rounds, warmUp: !quick, untilMs: Math.min(lastStartMs, performance.now() + seconds * 1000) },
        tell,
      )),
    ];
    mine.push(...((await open.moreRows?.()) ?? []));
    rows.push(...mine);
    Object.assign(ratios, open.ratios?.(mine) ?? {});
  } finally {
    await open.close();
  }
}
