import path from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const runSchema = z.object({
  runId: z.string(),
  status: z.string(),
  exitCode: z.number().nullable(),
  verdict: z.string(),
  findings: z.array(z.object({ severity: z.string(), rule: z.string(), message: z.string() })),
  stdout: z.string(),
  stderr: z.string(),
  decision: z.object({ kind: z.string(), by: z.string().optional(), reason: z.string().optional() }),
  artifacts: z.array(z.object({ name: z.string(), mime: z.string(), bytes: z.number(), path: z.string() })),
  metrics: z.object({
    wallMs: z.number(),
    cpuMs: z.number(),
    peakMemoryBytes: z.number(),
    startMs: z.number(),
  }),
  sandbox: z.object({
    backend: z.string(),
    runtime: z.string(),
    image: z.string(),
    reason: z.string().optional(),
  }),
  message: z.string().optional(),
});
type Run = z.infer<typeof runSchema>;

const askSchema = z.object({ text: z.string(), runs: z.array(runSchema) });

export interface MainJob {
  readonly root: string;
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;
  /** The prepared program for when no model writes one. */
  readonly prepared: string;
  /** For the terminal door, with each command that runs something. */
  readonly flags: readonly string[];
}

/**
 * Does the main job once through the terminal door and prints each step; says whether it worked. Never
 * rejects: what follows goes on without it.
 */
export async function doMainJob(job: MainJob): Promise<boolean> {
  try {
    return await work(job);
  } catch (error) {
    step('ended', `The main job came to no end: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

async function work(job: MainJob): Promise<boolean> {
  const input = ['--input', path.join(job.workspace, 'sales.csv')];
  const request = 'Show me the monthly sales totals of sales.csv and a trend chart of them.';
  let runs: readonly Run[];
  if (job.env['ANTHROPIC_API_KEY'] !== undefined && job.env['ANTHROPIC_API_KEY'] !== '') {
    step('propose', `Claude writes the code for: ${request}`);
    const output = await glovebox(job, [
      'ask',
      request,
      ...input,
      '--approve',
      'clean',
      '--json',
      ...job.flags,
    ]);
    const answer = askSchema.parse(JSON.parse(output));
    runs = answer.runs;
    console.log(answer.text);
  } else {
    step('propose', `No ANTHROPIC_API_KEY, so nobody writes code: running the prepared ${job.prepared}`);
    const script = path.join(job.workspace, job.prepared);
    const output = await glovebox(job, ['run', script, ...input, '--json', ...job.flags]);
    runs = [runSchema.parse(JSON.parse(output))];
  }
  for (const run of runs) await show(job, run);
  return runs.length > 0 && runs.at(-1)?.status === 'ok';
}

async function show(job: MainJob, run: Run): Promise<void> {
  step('findings', `verdict ${run.verdict}, ${run.findings.length} findings`);
  for (const finding of run.findings) {
    console.log(`  ${finding.severity} [${finding.rule}] ${finding.message}`);
  }
  step('decision', decisionText(run));
  step('run', `${run.sandbox.backend} (${run.sandbox.runtime}) ${run.sandbox.image}`);
  if (run.sandbox.reason !== undefined) console.log(`  ${run.sandbox.reason}`);
  step('output', `${run.status}, exit code ${run.exitCode ?? '–'}${run.message ? `: ${run.message}` : ''}`);
  for (const line of `${run.stdout}${run.stderr}`.trimEnd().split('\n')) console.log(`  ${line}`);
  const { wallMs, cpuMs, startMs, peakMemoryBytes } = run.metrics;
  step(
    'metrics',
    `${wallMs.toFixed(0)} ms wall, ${cpuMs.toFixed(0)} ms CPU, ${(peakMemoryBytes / 2 ** 20).toFixed(0)} MB at most, ` +
      `started in ${startMs.toFixed(0)} ms`,
  );
  step('artifacts', String(run.artifacts.length));
  for (const { name, mime, bytes, path: file } of run.artifacts) {
    console.log(`  ${name} (${mime}, ${bytes} bytes) → ${file}`);
  }
  const listed = await glovebox(job, ['history', 'list', '--limit', '3']);
  step('history', `run ${run.runId} is on record`);
  for (const line of listed.trimEnd().split('\n')) console.log(`  ${line}`);
}

function decisionText({ decision: { kind, by, reason } }: Run): string {
  return kind === 'run'
    ? `to run it, by ${by === 'policy' ? 'the policy' : 'the person who started this'}`
    : `to run nothing: ${reason ?? ''}`;
}

function step(name: string, what: string): void {
  console.log(`▸ ${name.padEnd(10)} ${what}`);
}

/** The terminal door's output; what it says on the way (image, progress) is shown as it comes. */
async function glovebox(job: MainJob, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [path.join(job.root, 'dist', 'cli.js'), ...args], {
    cwd: job.workspace,
    env: job.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const [output, [code]] = await Promise.all([text(child.stdout), closed]);
  if (output.trim() === '') throw new Error(`glovebox ${args[0]} ended with ${code ?? 'a signal'}.`);
  return output;
}
