import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { findCommand, mustRun } from '../../scripts/setup/command.ts';
import type { Wheel } from './wheel.ts';

const list = path.resolve(import.meta.dirname, '../fixtures/compiled-wheels.txt');

/** The tags of the Python that is embedded, as its lock file has them. */
const tags = [
  ...['--platform', 'pyemscripten_2026_0_wasm32', '--python-version', '3.14'],
  ...['--implementation', 'cp', '--abi', 'cp314', '--only-binary=:all:'],
];

/** Gets the pinned wheels into this folder, by pip; what has another hash is refused. */
export async function publishedWheels(folder: string): Promise<readonly Wheel[]> {
  const pip = await findCommand('pip3');
  if (pip === undefined) throw new Error('This needs pip. On Debian: apt-get install python3-pip');
  await mustRun(pip, [
    'download',
    '--quiet',
    '--no-deps',
    '--require-hashes',
    ...tags,
    '-r',
    list,
    '-d',
    folder,
  ]);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.whl'));
  return Promise.all(files.map(async (name) => wheelOf(name, await readFile(path.join(folder, name)))));
}

function wheelOf(fileName: string, bytes: Buffer): Wheel {
  const [module = '', version] = fileName.split('-');
  const entry = {
    name: module.replace('_', '-'),
    version,
    file_name: fileName,
    install_dir: 'site',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    package_type: 'package',
    imports: [module],
    depends: module === 'pydantic_core' ? ['typing-extensions'] : [],
    unvendored_tests: false,
  };
  return { fileName, bytes, entry };
}
