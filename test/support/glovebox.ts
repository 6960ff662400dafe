import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

export interface GloveboxRun {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

const root = path.join(import.meta.dirname, '../..');

/** Runs the terminal door as a person does, in a process of its own, and waits for its end. */
export async function glovebox(
  args: readonly string[],
  options: {
    readonly data: string;
    readonly cwd?: string;
    readonly stdin?: string;
    readonly env?: NodeJS.ProcessEnv;
  },
): Promise<GloveboxRun> {
  const { ANTHROPIC_API_KEY: _key, ANTHROPIC_BASE_URL: _url, ...inherited } = process.env;
  const child = spawn(process.execPath, [path.join(root, 'dist', 'cli.js'), ...args], {
    cwd: options.cwd ?? options.data,
    env: { ...inherited, GLOVEBOX_DATA: options.data, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(options.stdin ?? '');
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, out, err };
}
