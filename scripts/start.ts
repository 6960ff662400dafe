import { cp } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './setup/cacheFolder.ts';
import { run } from './setup/command.ts';
import type { Log } from './setup/part.ts';
import { doMainJob } from './start/mainJob.ts';
import { openVsCode } from './start/openVsCode.ts';
import { machineWays, sandboxAtHand } from './start/sandboxAtHand.ts';

// `npm start`: the main job once, step by step, then VS Code on the same workspace. `-- --no-open` ends
// after the job.
const root = path.dirname(import.meta.dirname);
const log: Log = (message) => console.log(`· ${message}`);
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());

const prepare = path.join(import.meta.dirname, 'prepareSandbox.ts');
const sandbox = await sandboxAtHand(log, {
  ...machineWays,
  async sandboxImage(host) {
    const { code } = await run(process.execPath, [prepare], { env: { ...process.env, ...host }, echo: true });
    return code === 0;
  },
});
try {
  const workspace = await cacheFolder('sample');
  await cp(path.join(root, 'test', 'fixtures', 'sample'), workspace, { recursive: true, force: true });
  const env = { ...process.env, GLOVEBOX_DATA: await cacheFolder('data'), ...sandbox.env };
  const prepared = sandbox.docker ? 'monthly_totals.py' : 'monthly_totals_svg.py';
  const { named } = sandbox;
  const flags = named === undefined ? [] : ['--sandbox', named];
  const worked = await doMainJob({ root, workspace, env, prepared, flags });
  if (!worked) process.exitCode = 1;
  if (!process.argv.includes('--no-open') && !interrupt.signal.aborted) {
    const settings = named === undefined ? {} : { 'glovebox.sandbox': named };
    await openVsCode({ root, workspace, env, settings }, log, interrupt.signal);
  }
} finally {
  await sandbox.stop();
}
