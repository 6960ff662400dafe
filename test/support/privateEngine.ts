import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { eventually, requireEngine } from './engine.ts';

/** Whether a second engine can be started here: the daemon is installed and we may run it. */
export function canStartEngine(): boolean {
  return (
    process.getuid?.() === 0 &&
    spawnSync('unshare', ['--net', '--mount', '--', 'dockerd', '--version']).status === 0
  );
}

/** A daemon of the test's own, with everything in one temporary folder, for being killed. */
export class PrivateEngine {
  readonly folder: string;
  #daemon: ChildProcess | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  static async start(): Promise<PrivateEngine> {
    const engine = new PrivateEngine(await mkdtemp(path.join(os.tmpdir(), 'glovebox-engine-')));
    await engine.restart();
    return engine;
  }

  get host(): string {
    return `unix://${this.folder}/engine.sock`;
  }

  /** Starts the daemon on the same folder and waits until it answers. */
  async restart(): Promise<void> {
    const at = (name: string): string => path.join(this.folder, name);
    const places = ['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('engine.pid')];
    const network = ['--bridge=none', '--iptables=false', '--ip-forward=false'];
    const log = await open(at('engine.log'), 'a');
    // In namespaces of its own: a daemon without a bridge takes away the bridge of the machine's engine,
    // and its mounts go with it.
    const apart = ['--net', '--mount', '--', 'dockerd'];
    this.#daemon = spawn('unshare', [...apart, ...places, ...network, '-H', this.host], {
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    await eventually(
      'the private engine answers',
      async () => {
        return requireEngine(this.host).then(
          (found) => (found.dispose(), true),
          () => false,
        );
      },
      60_000,
    );
  }

  /** Copies an image from another engine. */
  async load(from: Dockerode, image: string): Promise<void> {
    const { docker } = await requireEngine(this.host);
    const stream = await from.getImage(image).get();
    const answer = (await docker.loadImage(stream)) as Readable;
    for await (const _ of answer);
  }

  /** SIGKILL to the daemon alone; its containers are left to themselves. */
  async kill(): Promise<void> {
    const daemon = this.#daemon;
    if (daemon?.exitCode !== null) return;
    const gone = once(daemon, 'exit');
    daemon.kill('SIGKILL');
    await gone;
    // Its containerd dies with it, but where nobody reaps it the id looks alive to the next daemon.
    for (const pidFile of ['engine.pid', 'exec/containerd/containerd.pid']) {
      await rm(path.join(this.folder, pidFile), { force: true });
    }
  }

  /** Ends everything and removes the folder. */
  async stop(): Promise<void> {
    if (this.#daemon?.exitCode === null) {
      const gone = once(this.#daemon, 'exit');
      this.#daemon.kill('SIGTERM');
      await gone;
    }
    // A daemon that was killed leaves its containers' shims behind; they name our folder.
    for (const pid of await readdir('/proc')) {
      const command = /^\d+$/.test(pid) ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') : '';
      if (command.includes('containerd-shim') && command.includes(this.folder))
        process.kill(Number(pid), 'SIGKILL');
    }
    await eventually('the folder of the private engine can be removed', async () =>
      rm(this.folder, { recursive: true, force: true }).then(
        () => true,
        () => false,
      ),
    );
  }
}
