import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pythonParts } from '../../../src/executors/process/pythonParts.ts';

describe('what a Python can’t do without', () => {
  let root: string;
  beforeEach(async () => (root = await mkdtemp(path.join(os.tmpdir(), 'glovebox-parts-'))));
  afterEach(async () => rm(root, { recursive: true, force: true }));

  /** Makes these files, links where a name has an arrow, and folders where it ends so. */
  async function make(...names: readonly string[]): Promise<void> {
    for (const each of names) {
      const [name = '', to] = each.split(' -> ');
      const file = path.join(root, name);
      await mkdir(name.endsWith('/') ? file : path.dirname(file), { recursive: true });
      if (to !== undefined) await symlink(to, file);
      else if (!name.endsWith('/')) await writeFile(file, '');
    }
  }

  async function parts(executable: string, homes: readonly string[]): Promise<string[]> {
    const at = (name: string): string => path.join(root, name);
    const libraries = homes.map((home) => at(`${home}/lib/python3.12/site-packages`));
    const places = { executable: at(executable), series: '3.12', homes: homes.map(at), libraries };
    const found = await pythonParts(places);
    return found
      .filter((name) => !libraries.includes(name))
      .map((name) => path.relative(root, name))
      .toSorted();
  }

  const base = [
    'py/bin/python3.12',
    'py/bin/python3 -> python3.12',
    'py/lib/python3.12/os.py',
    'py/include/',
  ];
  const basic = ['py/bin', 'py/lib', 'py/lib64', 'py/share/terminfo', 'py/share/zoneinfo'];

  it('is of one that lives by itself its programs and libraries', async () => {
    await make(...base);
    assert.deepEqual(await parts('py/bin/python3', ['py']), basic);
  });

  it('is of a virtual environment its programs, its packages and its file, and the Python behind', async () => {
    const venv = ['v/bin/python -> ../../py/bin/python3', 'v/bin/pytest', 'v/pyvenv.cfg', 'v/include/'];
    await make(...base, ...venv, 'v/lib/python3.12/site-packages/', 'v/lib64 -> lib');
    const expected = [...basic, 'v/bin', 'v/pyvenv.cfg'];
    assert.deepEqual(await parts('v/bin/python', ['v', 'py']), expected);
    await make('v/pip.conf');
    const shared = [...basic, 'v/bin/python', 'v/pyvenv.cfg'];
    assert.deepEqual(await parts('v/bin/python', ['v', 'py']), shared, 'with something of somebody else’s');
  });

  it('is in a folder with other things nothing of those', async () => {
    await make(...base, 'py/.git/config', 'py/bin/deploy', 'py/lib/libpython3.12.so.1.0', 'py/lib/ours/key');
    const expected = ['py/bin/python3', 'py/bin/python3.12', 'py/lib/libpython3.12.so.1.0'];
    const rest = ['py/lib/python3.12', ...basic.slice(2)];
    assert.deepEqual(await parts('py/bin/python3', ['py']), [...expected, ...rest]);
  });

  it('is without what may be a secret beside its programs', async () => {
    await make(...base, 'py/bin/.env', 'py/lib/.git/config');
    const expected = ['py/bin/python3', 'py/bin/python3.12', 'py/lib/python3.12', ...basic.slice(2)];
    assert.deepEqual(await parts('py/bin/python3', ['py']), expected);
  });

  it('is of conda what its programs look for too, and neither other environments nor its settings', async () => {
    await make(...base, 'py/conda-meta/history', 'py/envs/other/', 'py/.condarc', 'py/share/proj/');
    const expected = ['py/bin', 'py/etc/fonts', 'py/lib', 'py/lib64', 'py/libexec', 'py/plugins', 'py/share'];
    assert.deepEqual(await parts('py/bin/python3', ['py']), expected);
  });

  it('is every link on the way, and not the folder in which one stands', async () => {
    const chain = ['project/python -> ../links/python', 'links/python -> ../py/bin/python3', 'project/.env'];
    await make(...base, ...chain);
    assert.deepEqual(
      await parts('project/python', ['py']),
      [...basic, 'links/python', 'project/python'].sort(),
    );
    await make('round/a -> b', 'round/b -> a');
    assert.ok((await parts('round/a', [])).includes('round/a'));
  });
});
