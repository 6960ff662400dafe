import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { GloveboxError } from '../../core/errors.ts';
import { filterDescriptor, processCommand, type ProcessPlan } from './processCommand.ts';

const patienceMs = 15_000;
/** Says `1` where AppArmor forbids user namespaces to whoever has no profile for them. */
const ofKernel = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';

/** Starts a process of the plan: the runner speaks on its stdin and stdout. */
export function startEnclosed(plan: ProcessPlan, filter: Uint8Array) {
  const { file, args } = processCommand(plan);
  const stdio = ['pipe', 'pipe', 'pipe', 'pipe'] as const;
  const child = spawn(file, [...args], {
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    stdio: [...stdio],
  });
  const input = child.stdio[filterDescriptor];
  if (input !== null && input !== undefined && 'end' in input) {
    input.on('error', () => undefined);
    input.end(filter);
  }
  return child;
}

/**
 * Tries whether the operating system lets us shut a process in the way we must. Rejects with the reason,
 * and what to do, where it does not: nothing weaker is used instead.
 */
export async function proveEnclosure(
  plan: ProcessPlan,
  filter: Uint8Array,
  appArmorSetting = ofKernel,
): Promise<void> {
  const child = startEnclosed(plan, filter);
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + String(chunk)).slice(-2000)));
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  // Its runner says hello; nobody is told to do anything, so the end of its stdin ends it.
  const hello = once(child.stdout ?? child, 'data').then(() => true);
  const ended = once(child, 'close').then(() => false);
  try {
    const started = await Promise.race([hello, ended]).catch(() => false);
    child.stdin?.on('error', () => undefined).end();
    await ended.catch(() => undefined);
    if (!started) throw new GloveboxError('no-sandbox', await whyNot(complaint.trim(), appArmorSetting));
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

/** For the person: what stands in the way, from what the tools said and what the kernel is set to. */
async function whyNot(complaint: string, appArmorSetting: string): Promise<string> {
  const last = complaint.split('\n').slice(-2).join(' ');
  const begin = 'The local process sandbox can’t be used here: ';
  const instead = 'Or choose `auto`, `docker` or `wasm` as `glovebox.sandbox`.';
  if (/bwrap: not found|exec: bwrap/.test(complaint))
    return `${begin}bubblewrap is not installed. Install the package \`bubblewrap\`. ${instead}`;
  if (/(mount|prlimit|setpriv): not found/.test(complaint))
    return `${begin}the tools of util-linux are missing (${last}). Install \`util-linux\`. ${instead}`;
  if (/namespace|uid map|bwrap: .*(not permitted|denied)/i.test(complaint)) {
    const restricted = await readFile(appArmorSetting, 'utf8').catch(() => '');
    return restricted.trim() === '1'
      ? `${begin}AppArmor forbids user namespaces (\`kernel.apparmor_restrict_unprivileged_userns\`), as Ubuntu does. Allow them for bubblewrap with an AppArmor profile. ${instead}`
      : `${begin}the kernel does not allow user namespaces, as in most containers (${last}). ${instead}`;
  }
  return `${begin}${last === '' ? 'it did not start in time' : last}. ${instead}`;
}
