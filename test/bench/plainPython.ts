import { spawn, execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { Timing } from './benchPart.ts';
import type { Program } from './programs.ts';

const execute = promisify(execFile);

/** Python as it is run without us, through the same command that a person or a peer's tool uses. */
export interface Plain {
  readonly who: string;
  can(program: Program): boolean;
  run(program: Program): Promise<Timing>;
  close(): Promise<void>;
}

const inside = '/data/sales.csv';

/** A container for each run, without any hardening. */
export async function dockerRun(image: string, csv: string): Promise<Plain | undefined> {
  if (!(await answers('docker', ['version']))) return undefined;
  const before = ['run', '--rm', '-v', `${csv}:${inside}:ro`, '--entrypoint', 'python3', image, '-c'];
  return {
    who: 'docker-run',
    can: () => true,
    run: async (program) => timed('docker', [...before, program.code(inside)], program),
    close: async () => undefined,
  };
}

/** One container for all runs, as most of the field does it. */
export async function dockerExec(image: string, csv: string): Promise<Plain | undefined> {
  if (!(await answers('docker', ['version']))) return undefined;
  const name = `glovebox-bench-${randomUUID()}`;
  const args = ['run', '-d', '--rm', '--name', name, '-v', `${csv}:${inside}:ro`, '--entrypoint', 'sleep'];
  await execute('docker', [...args, image, 'infinity']);
  return {
    who: 'docker-exec',
    can: () => true,
    run: async (program) => timed('docker', ['exec', name, 'python3', '-c', program.code(inside)], program),
    close: async () => void (await execute('docker', ['rm', '-f', name])),
  };
}

/** No sandbox at all. */
export async function hostPython(csv: string): Promise<Plain | undefined> {
  if (!(await answers('python3', ['-c', 'pass']))) return undefined;
  // What a shim of a version manager starts, without the shim's own time.
  const { stdout } = await execute('python3', ['-c', 'import sys; print(sys.executable)']);
  const python = stdout.trim();
  const pandas = await answers(python, ['-c', 'import pandas']);
  return {
    who: 'host-python',
    can: (program) => program.pandas !== true || pandas,
    run: async (program) => timed(python, ['-c', program.code(csv)], program),
    close: async () => undefined,
  };
}

async function answers(command: string, args: readonly string[]): Promise<boolean> {
  return execute(command, [...args]).then(
    () => true,
    () => false,
  );
}

async function timed(command: string, args: readonly string[], program: Program): Promise<Timing> {
  const start = performance.now();
  let firstByteMs: number | undefined;
  let output = '';
  const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    firstByteMs ??= performance.now() - start;
    output += text;
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const resultMs = performance.now() - start;
  if (code !== 0 || !program.expected(output)) throw new Error(`${command} failed at ${program.name}`);
  return firstByteMs === undefined ? { resultMs } : { resultMs, firstByteMs };
}
