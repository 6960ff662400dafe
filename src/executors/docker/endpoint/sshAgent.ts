import { spawn, type ChildProcess } from 'node:child_process';
import http from 'node:http';
import { Duplex } from 'node:stream';

/**
 * Reaches an engine as Docker's own tools do: through the person's `ssh`, with their keys, known
 * hosts and configuration, and `docker system dial-stdio` at the other end.
 */
export class SshAgent extends http.Agent {
  #args: readonly string[];
  #children = new Set<ChildProcess>();

  constructor(url: URL) {
    super({ keepAlive: true, maxFreeSockets: 4 });
    this.#args = sshArguments(url);
  }

  override createConnection(): Duplex {
    const child = spawn('ssh', [...this.#args], { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    this.#children.add(child);
    child.once('close', () => this.#children.delete(child));
    return new SshSocket(child);
  }

  override destroy(): void {
    super.destroy();
    for (const child of this.#children) child.kill();
  }
}

/** Arguments for ssh; the address can't smuggle options in. */
export function sshArguments(url: URL): readonly string[] {
  const args = ['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=15'];
  if (url.username !== '') args.push('-l', decodeURIComponent(url.username));
  if (url.port !== '') args.push('-p', url.port);
  const socket = url.pathname === '' || url.pathname === '/' ? [] : ['--host', `unix://${url.pathname}`];
  if (socket.some((part) => !/^[\w./:-]*$/.test(part)))
    throw new Error('the path of the address is not plain');
  return [...args, '--', url.hostname, 'docker', ...socket, 'system', 'dial-stdio'];
}

/** What node:http asks of a socket, over the pipes of a child. */
class SshSocket extends Duplex {
  #child: ChildProcess;
  #complaint = '';

  constructor(child: ChildProcess) {
    super({ allowHalfOpen: true });
    this.#child = child;
    child.stdout?.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) child.stdout?.pause();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#complaint = (this.#complaint + chunk.toString()).slice(-500);
    });
    // An ssh that hears nothing any more has ended, or is about to, and then says why.
    child.stdin?.on('error', () => undefined);
    child.once('error', (error) => this.destroy(error));
    child.once('close', (code) => {
      if (code === 0 || this.destroyed) this.push(null);
      else this.destroy(new Error(`ssh: ${this.#complaint.trim() || `ended with ${String(code)}`}`));
    });
  }

  override _read(): void {
    this.#child.stdout?.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#child.stdin?.write(chunk, () => done());
  }

  override _final(done: () => void): void {
    this.#child.stdin?.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }

  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  ref(): this {
    this.#child.ref();
    return this;
  }

  unref(): this {
    this.#child.unref();
    return this;
  }
}
