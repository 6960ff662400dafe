import assert from 'node:assert/strict';
import { findShell } from '../../../src/executors/wasm/osShell.ts';
import { probeCommand, realmCommand, type RealmCommand } from '../../../src/executors/wasm/realmCommand.ts';

const files = { pyodide: '/p', sandbox: '/s', quickjs: '/q', packages: '/w' };
const plan = { files, cpuSeconds: 9, shell: 'bubblewrap' } as const;

/** Whether the command has these words next to each other. */
function has({ args }: RealmCommand, ...words: readonly string[]): boolean {
  return args.some((_, at) => words.every((word, index) => args[at + index] === word));
}

describe('what the operating system puts around the embedded sandbox', () => {
  const kindsTried = async (
    platform: NodeJS.Platform,
    holds: (text: string) => boolean,
  ): Promise<string[]> => {
    const tried: string[] = [];
    const works = async ({ file, args }: RealmCommand): Promise<boolean> => {
      tried.push(['bwrap', 'setpriv'].find((name) => args.some((one) => one.endsWith(name))) ?? 'plain');
      assert.ok(
        [file, ...args].some((one) => one.includes(process.execPath)),
        'around our own runtime',
      );
      return holds(args.join(' '));
    };
    const { kind, note } = await findShell(files, { platform, works });
    return [...tried, kind, note];
  };

  it('is the strongest that starts our own runtime here', async () => {
    assert.deepEqual(await kindsTried('linux', () => true), ['bwrap', 'bubblewrap', 'bubblewrap']);
    const [, ...afterwards] = await kindsTried('linux', (text) => !text.includes('bwrap'));
    assert.deepEqual(afterwards.slice(0, 2), ['setpriv', 'pdeathsig']);
    const plain = await kindsTried('linux', (text) => !/bwrap|setpriv/.test(text));
    assert.deepEqual(plain.slice(0, 4), ['bwrap', 'setpriv', 'plain', 'posix']);
    assert.match(plain.at(-1) ?? '', /bubblewrap is not installed or not allowed/);
    assert.deepEqual((await kindsTried('linux', () => false)).slice(-2), ['none', 'no OS sandbox']);
  });

  it('is known without a try elsewhere', async () => {
    assert.deepEqual(await kindsTried('darwin', () => false), ['posix', 'kernel limits']);
    assert.deepEqual(await kindsTried('win32', () => false), ['none', 'no OS sandbox on Windows']);
  });

  it('bubblewrap: no network, nothing of the environment, and what is named alone, read-only', () => {
    const command = realmCommand(plan);
    for (const word of ['--unshare-all', '--die-with-parent', '--clearenv', '--new-session'])
      assert.ok(has(command, word), word);
    assert.ok(has(command, '--cap-drop', 'ALL') && has(command, '--remount-ro', '/'));
    for (const folder of ['/p', '/s/wasm', '/s/runner', '/w', '/nix/store', '/gnu/store'])
      assert.ok(has(command, '--ro-bind-try', folder, folder), folder);
    assert.equal(has(command, '--bind'), false);
    assert.deepEqual(command.env, {});
    assert.match(command.args[1] ?? '', /^ulimit -c 0; ulimit -t 9; exec "\$@"$/);
  });

  it('tells Electron to be Node, also behind bubblewrap’s empty environment', () => {
    const versions = Object.getOwnPropertyDescriptor(process, 'versions') ?? {};
    Object.defineProperty(process, 'versions', {
      ...versions,
      value: { ...process.versions, electron: '39' },
    });
    try {
      for (const command of [realmCommand(plan), probeCommand(plan)]) {
        assert.deepEqual(command.env, { ELECTRON_RUN_AS_NODE: '1' });
        const named = command.args.indexOf('ELECTRON_RUN_AS_NODE');
        assert.ok(has(command, '--setenv', 'ELECTRON_RUN_AS_NODE', '1'));
        assert.ok(command.args.indexOf('--clearenv') < named);
        assert.ok(named < command.args.indexOf(process.execPath));
      }
      const alone = realmCommand({ ...plan, shell: 'none' });
      assert.deepEqual(alone.env, { ELECTRON_RUN_AS_NODE: '1' });
    } finally {
      Object.defineProperty(process, 'versions', versions);
    }
    assert.equal(has(realmCommand(plan), '--setenv'), false);
  });

  it('is tried with the same folders as those of a run', () => {
    const [probe, real] = [probeCommand(plan), realmCommand(plan)];
    const end = probe.args.indexOf(process.execPath);
    assert.deepEqual(probe.args.slice(0, end), real.args.slice(0, end));
    assert.deepEqual(probe.args.slice(end), [process.execPath, '--version']);
  });

  it('the kernel ends it with its host, or a watch does where the kernel has no word for it', () => {
    assert.ok(has(realmCommand({ ...plan, shell: 'pdeathsig' }), '--pdeathsig', 'KILL', '--no-new-privs'));
    assert.match(realmCommand({ ...plan, shell: 'posix' }).args[1] ?? '', /kill -0 .*kill -9/);
    assert.equal(realmCommand({ ...plan, shell: 'none' }).file, process.execPath);
  });

  it('always: Node reads its own files, and makes no code from strings', () => {
    for (const shell of ['bubblewrap', 'pdeathsig', 'posix', 'none'] as const) {
      const { args } = realmCommand({ ...plan, shell });
      const allowed = args.filter((one) => one.startsWith('--allow-'));
      const read = ['/p', '/s/wasm', '/s/runner', '/w'].map((name) => `--allow-fs-read=${name}`);
      assert.deepEqual(allowed, read);
      for (const word of ['--permission', '--disallow-code-generation-from-strings', '--no-addons'])
        assert.ok(args.includes(word), word);
    }
    const script = realmCommand({ ...plan, script: true, shell: 'none' }).args;
    assert.deepEqual(
      script.filter((one) => one.startsWith('--allow-')),
      ['--allow-fs-read=/q', '--allow-fs-read=/s/wasm'],
    );
  });
});
