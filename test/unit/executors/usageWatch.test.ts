import { spawn } from 'node:child_process';
import { watchUsage, type Usage } from '../../../src/executors/runner/usageWatch.ts';

const holds = 'const held = Buffer.alloc(200 << 20, 1); setInterval(() => held.at(0), 1000)';
const starts = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(holds)}])`;

describe('the watch over what processes use', function () {
  this.timeout(30_000);
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  let end: () => void = () => undefined;
  afterEach(() => end());

  /** Resolves when so much is seen of a Node.js that runs this; never where it is not. */
  async function sees(code: string, enough: (usage: Usage) => boolean): Promise<void> {
    const child = spawn(process.execPath, ['-e', code], { stdio: 'ignore', detached: true });
    const { promise, resolve } = Promise.withResolvers<void>();
    const watch = watchUsage(child.pid ?? 0, (usage) => enough(usage) && resolve());
    end = () => {
      watch.dispose();
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    };
    await promise;
  }
  const much = ({ residentBytes }: Usage): boolean => residentBytes > 200 << 20;

  it('sees a process that the first thread has started', () => sees(starts, much));

  it('sees a process that another thread has started', async () => {
    await sees(
      `new (require("node:worker_threads").Worker)(${JSON.stringify(starts)}, { eval: true })`,
      much,
    );
  });

  it('sees the processor time of processes that have ended', async () => {
    const works = 'let used; do used = process.cpuUsage(); while (used.user + used.system < 600_000);';
    const each = `require("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(works)}])`;
    const code = `for (const _ of [1, 2, 3]) ${each}; setInterval(() => undefined, 1000)`;
    // One of them has far less, with the parent that waits for it.
    await sees(code, ({ cpuMs }) => cpuMs >= 1500);
  });
});
