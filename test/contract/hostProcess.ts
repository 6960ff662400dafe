import { defaultLimits } from '../../src/core/limits.ts';
import { createDockerExecutor } from '../../src/executors/docker/createDockerExecutor.ts';
import { newOwnerId, processSpace } from '../../src/executors/docker/ownership.ts';
import { dockerSettings } from '../../src/executors/docker/settings.ts';
import { runCode } from './subject.ts';
import path from 'node:path';

// A host of its own, for being killed: runs something endless and says then who it is on its stdout.
const [runsFolder = ''] = process.argv.slice(2);
const owner = newOwnerId(processSpace(path.dirname(runsFolder)));
const executor = createDockerExecutor({
  root: path.resolve(import.meta.dirname, '../..'),
  settings: () => dockerSettings.parse({ poolSize: 2 }),
  limits: () => defaultLimits,
  runsFolder,
  owner,
});
await executor.prepare?.(() => undefined, new AbortController().signal);
const hold =
  'import os, signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nif os.fork() == 0: os.setsid()\nprint("begun", flush=True)\nwhile True: time.sleep(1)';
await runCode(executor, hold, {
  limits: { wallMs: 600_000 },
  onEvent: (event) => event.kind === 'output' && console.log(owner),
});
