import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const patienceMs = 10_000;
/** The first that runs TypeScript by itself in every case that the container does. */
const oldest = 24;

/** The person's Node.js as an absolute path; undefined where there is none that is new enough. */
export async function findNode(): Promise<string | undefined> {
  const script = 'process.stdout.write(`${process.versions.node.split(".")[0]} ${process.execPath}`)';
  const { stdout } = await run('node', ['-e', script], { timeout: patienceMs }).catch(() => ({ stdout: '' }));
  const [major = '0', ...rest] = stdout.split(' ');
  return Number(major) >= oldest ? rest.join(' ') : undefined;
}
