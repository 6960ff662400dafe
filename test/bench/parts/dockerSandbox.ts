import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { connect } from '../../../src/executors/docker/endpoint/connect.ts';
import { ensureImage } from '../../../src/executors/docker/images/ensureImage.ts';
import type { BenchCase, BenchContext, BenchPart, OpenPart, Row } from '../benchPart.ts';
import { groupBy, readCsv, printOne, salesCsv, writeMegabyte, type Program } from '../programs.ts';
import { dockerExec, dockerRun, hostPython, type Plain } from '../plainPython.ts';
import { openOurs, type Ours } from '../ours.ts';
import { timesAsLong } from '../statistics.ts';
import { cancelRows } from '../cancel.ts';
import { throughput } from '../throughput.ts';

const programs: readonly Program[] = [printOne, groupBy, readCsv, writeMegabyte];

/** Ours, warm and cold, against what peers do and against no sandbox at all. */
export const part: BenchPart = {
  name: 'docker',
  quickSeconds: 6,
  open: async (context) => {
    const found = await connect({});
    if (!('docker' in found)) return found.unavailable;
    const never = new AbortController().signal;
    const { image } = await ensureImage(found.docker, { root: context.root }, context.say, never);
    const folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-bench-'));
    const csv = path.join(folder, 'sales.csv');
    await writeFile(csv, salesCsv(10 * 2 ** 20));
    const plain = [await dockerRun(image, csv), await dockerExec(image, csv), await hostPython(csv)];
    const warm = await openOurs(context.root, folder, found.docker, 'ours-warm', {});
    // A quick bench has no round that does not count; our own code is compiled by then all the same.
    if (context.quick)
      for (const program of [printOne, readCsv]) await warm.run(program, csv).then(() => warm.settle());
    const cold = await openOurs(context.root, folder, found.docker, 'ours-cold', { poolSize: 0 });
    return {
      cases: [
        ...plain.flatMap((each) => plainCases(each)),
        ...oursCases(warm, programs, csv),
        ...oursCases(cold, context.quick ? [printOne] : programs, csv),
      ],
      left: plain.flatMap((each) => leftOf(each)),
      moreRows: async () => moreRows(context, warm, cold),
      ratios,
      close: async () => {
        await Promise.all([warm.close(), cold.close(), ...plain.map((each) => each?.close())]);
        found.dispose();
        await rm(folder, { recursive: true, force: true });
      },
    } satisfies OpenPart;
  },
};

function plainCases(plain: Plain | undefined): readonly BenchCase[] {
  if (plain === undefined) return [];
  return programs
    .filter((program) => plain.can(program))
    .map((program) => ({ case: program.name, who: plain.who, run: async () => plain.run(program) }));
}

function leftOf(plain: Plain | undefined): readonly string[] {
  if (plain === undefined) return [];
  const left = programs.filter((program) => !plain.can(program)).map(({ name }) => name);
  return left.length === 0 ? [] : [`${left.join(', ')} by ${plain.who}: its Python has no pandas`];
}

function oursCases(ours: Ours, some: readonly Program[], csv: string): readonly BenchCase[] {
  return some.map((program) => ({
    case: program.name,
    who: ours.who,
    run: async () => ours.run(program, csv),
    settle: async () => ours.settle(),
  }));
}

async function moreRows(
  { quick, untilMs, say }: BenchContext,
  ours: Ours,
  cold: Ours,
): Promise<readonly Row[]> {
  say('cancelled runs');
  const rows: Row[] = [await ours.idleMemory(), ...(await cancelRows(cold, quick ? 1 : 30, untilMs))];
  for (const concurrency of quick ? [4] : [1, 4, 16]) {
    if (performance.now() > untilMs) break;
    say(`throughput with ${concurrency} at once`);
    rows.push(await throughput(ours, printOne, concurrency, quick ? 600 : 10_000));
  }
  return rows;
}

function ratios(rows: readonly Row[]): Readonly<Record<string, number>> {
  const all = {
    printVsDockerRun: timesAsLong(rows, 'print', 'docker-run', 'ours-warm'),
    printVsDockerExec: timesAsLong(rows, 'print', 'docker-exec', 'ours-warm'),
    pandasVsDockerRun: timesAsLong(rows, 'pandas', 'docker-run', 'ours-warm'),
    pandasVsDockerExec: timesAsLong(rows, 'pandas', 'docker-exec', 'ours-warm'),
    csv10mbVsDockerRun: timesAsLong(rows, 'csv10mb', 'docker-run', 'ours-warm'),
    output1mbVsDockerRun: timesAsLong(rows, 'output1mb', 'docker-run', 'ours-warm'),
    // The other way round: how much longer ours takes when no sandbox is waiting.
    coldVsDockerRun: timesAsLong(rows, 'print', 'ours-cold', 'docker-run'),
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}
