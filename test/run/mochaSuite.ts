import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Counts } from '../support/mocha/countingReporter.ts';
import { runGroup } from './childGroup.ts';
import type { RunContext } from './context.ts';
import type { Tally } from './tally.ts';

/** Runs the tests that match in a mocha of their own, one folder of temporary files for all. */
export async function mochaSuite(
  name: string,
  files: readonly string[],
  timeoutMs: number,
  context: RunContext,
): Promise<Tally> {
  const reporter = path.join(context.root, 'test', 'support', 'mocha', 'countingReporter.ts');
  const args = ['--reporter', reporter, '--timeout', String(timeoutMs), ...files];
  return countedCommand(name, 'mocha', args, context);
}

/** Any command whose mocha leaves its figures with the counting reporter. */
export async function countedCommand(
  name: string,
  command: string,
  args: readonly string[],
  context: RunContext,
): Promise<Tally> {
  const file = path.join(context.stateFolder, `${name}.json`);
  await rm(file, { force: true });
  const env = { ...context.env, GLOVEBOX_COUNTS: file };
  const over = watchForEnd(file);
  const signal = AbortSignal.any([context.signal, over.signal]);
  const { code, ended } = await runGroup(command, args, { ...context, env, signal });
  over.stop();
  const counts = await readCounts(file);
  const problems: string[] = [];
  if (over.signal.aborted) problems.push(`${name}: a test left something open that keeps it from ending`);
  else if (ended && !context.signal.aborted)
    problems.push(`${name}: still running after ${context.limitMs / 1000} s`);
  else if (counts === undefined)
    problems.push(`${name}: ended without a report (exit code ${code ?? 'none'})`);
  else if (code !== 0 && counts.failed.length === 0)
    problems.push(`${name}: ended with ${code ?? 'a signal'}`);
  else if (counts.passed + counts.failed.length + counts.skipped.length === 0)
    problems.push(`${name}: has no tests`);
  return {
    passed: counts?.passed ?? 0,
    failed: [...(counts?.failed ?? []).map((title) => `${name}: ${title}`), ...problems],
    skipped: (counts?.skipped ?? []).map((title) => `${name}: ${title}`),
  };
}

/** A suite has this long to end by itself after its last test. */
const graceMs = 20_000;

/** Aborts when the figures have been there for a while and nobody stopped the watch. */
function watchForEnd(file: string): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  let since: number | undefined;
  const timer = setInterval(() => {
    if (existsSync(file)) since ??= Date.now();
    if (since !== undefined && Date.now() - since > graceMs) controller.abort();
  }, 500);
  return { signal: controller.signal, stop: () => clearInterval(timer) };
}

async function readCounts(file: string): Promise<Counts | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Counts;
  } catch {
    return undefined;
  }
}
