import { spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { ChildSandbox } from '../runner/childSandbox.ts';
import { realmCommand, type RealmPlan } from './realmCommand.ts';
import { SealedChannel } from './sealedChannel.ts';

/** The engine and its compiled code, beside the memory that the program may use. */
const ownMemoryBytes = 400 * 1024 * 1024;

/** Starts one process with one interpreter, which waits for its one job or serves one conversation. */
export function startRealm(plan: RealmPlan): ChildSandbox {
  const { file, args, env } = realmCommand(plan);
  const child = spawn(file, args, {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const channel = new SealedChannel();
  return new ChildSandbox({
    name: 'The embedded sandbox',
    child,
    to: child.stdio[3] as Duplex,
    from: child.stdio[4] as Duplex,
    read: (chunk) => channel.read(chunk),
    ownMemoryBytes,
    greeting: channel.greeting,
  });
}
