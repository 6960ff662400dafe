// Runs a script of this project on the project's own Node version: `node scripts/bootstrap.mjs FILE …`.
// Installs the dependencies and builds dist/ where that has not been done. Plain JavaScript, because
// on a fresh clone only the machine's own Node is there, which may be too old for TypeScript.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname));
const windows = process.platform === 'win32';

function must(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: windows });
  if (status === 0) return;
  console.error(`glovebox: "${command} ${args.join(' ')}" failed${error ? `: ${error.message}` : ''}.`);
  process.exit(1);
}

const installed = path.join(root, 'node_modules', '.package-lock.json');
if (!existsSync(installed)) {
  console.log('Installing the dependencies (npm ci) …');
  must('npm', ['ci']);
} else if (statSync(installed).mtimeMs < statSync(path.join(root, 'package-lock.json')).mtimeMs - 60_000) {
  console.error(
    'glovebox: package-lock.json is newer than node_modules; run "npm ci" if something is missing.',
  );
}

const node = path.join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
if (!existsSync(node)) {
  console.error(
    `glovebox: ${node} is missing, so there is no Node 24 to run on. Your npm probably blocked its install script; ` +
      'run "npm rebuild node esbuild" and try again.',
  );
  process.exit(1);
}
const bin = path.join(root, 'node_modules', '.bin');
const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
const args = process.argv.slice(2).filter((arg) => arg !== '--no-build');
if (args.length + 2 === process.argv.length) {
  const built = spawnSync(node, [path.join(root, 'esbuild.mjs')], { cwd: root, stdio: 'inherit', env });
  if (built.status !== 0) process.exit(1);
}
const child = spawn(realpathSync(node), args, { cwd: root, stdio: 'inherit', env });
// The terminal sends its Ctrl+C to both of us: the child ends, and says how.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 128 + 15 : 1)));
