import { cp } from 'node:fs/promises';
import path from 'node:path';
import { ensureBaseImage } from './setup/baseImage.ts';
import { cacheFolder } from './setup/cacheFolder.ts';
import { run } from './setup/command.ts';
import { ensureEngine } from './setup/engine.ts';
import type { Log } from './setup/part.ts';
import { doMainJob } from './start/mainJob.ts';
import { openVsCode } from './start/openVsCode.ts';

// `npm start`: the main job once, step by step, then VS Code on the same workspace. `-- --no-open` ends
// after the job.
const root = path.dirname(import.meta.dirname);
const log: Log = (message) => console.log(`· ${message}`);
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());

const engine = await ensureEngine(log);
try {
  const base = engine.kind === 'ready' ? await ensureBaseImage(engine.value, log) : engine;
  if (base.kind === 'missing') {
    log(`${base.what} is missing. ${base.how}`);
    log('going on with the embedded sandbox, which has Python without packages');
  }
  const docker = engine.kind === 'ready' && base.kind === 'ready';
  const workspace = await cacheFolder('sample');
  await cp(path.join(root, 'test', 'fixtures', 'sample'), workspace, { recursive: true, force: true });
  const env = {
    ...process.env,
    GLOVEBOX_DATA: await cacheFolder('data'),
    ...(engine.kind === 'ready' ? { DOCKER_HOST: engine.value.host } : {}),
  };
  if (docker)
    await run(process.execPath, [path.join(import.meta.dirname, 'prepareSandbox.ts')], { env, echo: true });
  const prepared = docker ? 'monthly_totals.py' : 'monthly_totals_svg.py';
  const worked = await doMainJob({ root, workspace, env, prepared });
  if (!worked) process.exitCode = 1;
  if (!process.argv.includes('--no-open') && !interrupt.signal.aborted) {
    await openVsCode(root, workspace, env, log, interrupt.signal);
  }
} finally {
  if (engine.kind === 'ready') await engine.stop();
}
