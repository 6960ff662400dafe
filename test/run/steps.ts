import { existsSync } from 'node:fs';
import path from 'node:path';
import { runGroup } from './childGroup.ts';
import type { RunContext } from './context.ts';
import { countedCommand, mochaSuite } from './mochaSuite.ts';
import { staticChecks } from './staticChecks.ts';
import { hostFolder, suites, testFiles, type Need, type Suite } from './suites.ts';
import { failed, passed, sum, type Tally } from './tally.ts';

/** One part of the whole run. */
export interface Step {
  readonly name: string;
  readonly needs: readonly Need[];
  /** It shares nothing but the processors with the steps up to the end of this one, and may go on beside them. */
  readonly beside?: string;
  run(context: RunContext): Promise<Tally>;
  /** The tests that are missed when a need is not met. */
  titles(context: RunContext): Promise<readonly string[]>;
}

/** The steps in their order, or only those that are named. */
export async function planned(root: string, names: readonly string[]): Promise<readonly Step[]> {
  const files = await testFiles(root);
  const known = new Set([...suites.map((suite) => suite.name), hostFolder]);
  const strays = [...files].filter(([folder]) => !known.has(folder)).flatMap(([, stray]) => stray);
  const steps: readonly Step[] = [
    simple('checks', [], async (context) =>
      sum([await staticChecks(context), ...strays.map((file) => failed(`${file} belongs to no suite`))]),
    ),
    ...suites
      .filter((suite) => suite.needs.length === 0)
      .flatMap((suite) => mochaStep(suite, files.get(suite.name))),
    ...suites
      .filter((suite) => suite.beside !== undefined)
      .flatMap((suite) => mochaStep(suite, files.get(suite.name))),
    simple('sandbox', ['engine'], (context) => script('scripts/prepareSandbox.ts', context)),
    ...suites
      .filter((suite) => suite.beside === undefined)
      .filter((suite) => suite.needs.length > 0 && !suite.needs.includes('package'))
      .flatMap((suite) => mochaStep(suite, files.get(suite.name))),
    ...(files.has(hostFolder) || existsSync(path.join(root, 'test', hostFolder, 'index.ts'))
      ? [simple(hostFolder, ['browser', 'workbench', 'engine'], runInHost)]
      : []),
    simple('package', ['package'], (context) => script('scripts/package.ts', context)),
    ...suites
      .filter((suite) => suite.needs.includes('package'))
      .flatMap((suite) => mochaStep(suite, files.get(suite.name))),
  ];
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No such step: ${unknown.join(', ')}. There are: ${steps.map((s) => s.name).join(', ')}.`,
    );
  }
  return names.length === 0 ? steps : steps.filter((step) => names.includes(step.name));
}

function simple(name: string, needs: readonly Need[], run: Step['run']): Step {
  return { name, needs, run, titles: () => Promise.resolve([name]) };
}

function mochaStep(suite: Suite, files: readonly string[] = []): readonly Step[] {
  if (files.length === 0) return [];
  return [
    {
      name: suite.name,
      needs: suite.needs,
      ...(suite.beside === undefined ? {} : { beside: suite.beside }),
      run: (context) => mochaSuite(suite.name, files, suite.timeoutMs, context),
      titles: async (context) => {
        // A dry run lists the tests without running one.
        const listing = await mochaSuite(suite.name, ['--dry-run', ...files], suite.timeoutMs, context);
        const count = listing.passed + listing.skipped.length;
        return Array.from({ length: count }, (_, index) => `${suite.name} ${index + 1}`);
      },
    },
  ];
}

async function runInHost(context: RunContext): Promise<Tally> {
  const runner = path.join('test', 'support', 'workbench', 'runIntegration.ts');
  return countedCommand(hostFolder, 'node', [runner], context);
}

/** A script that is a test in itself. */
async function script(file: string, context: RunContext): Promise<Tally> {
  const { code } = await runGroup('node', [file], context);
  return code === 0 ? passed() : failed(`${file} ended with ${code ?? 'a signal'}`);
}
