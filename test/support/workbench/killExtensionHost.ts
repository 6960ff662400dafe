import { readdir, readFile } from 'node:fs/promises';

/** Kills the extension hosts of a workbench server, which is the leader of its process group. */
export async function killExtensionHost(serverPid: number): Promise<void> {
  let killed = 0;
  for (const name of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const read = (file: string) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '');
    // After the name in brackets: state, parent, process group.
    const group = Number((await read('stat')).replace(/^.*\)/s, '').trim().split(' ')[2]);
    if (group !== serverPid || !(await read('cmdline')).includes('--type=extensionHost')) continue;
    process.kill(Number(name), 'SIGKILL');
    killed += 1;
  }
  if (killed === 0) throw new Error('There is no extension host to kill.');
}
