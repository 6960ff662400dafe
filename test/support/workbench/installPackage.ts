import { existsSync } from 'node:fs';
import path from 'node:path';
import { mustRun } from '../../../scripts/setup/command.ts';
import type { Workbench } from '../../../scripts/setup/workbench.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** Installs the packaged product into a folder of extensions, as a person would install it. */
export async function installPackage(workbench: Workbench, extensionsFolder: string): Promise<void> {
  const vsix = path.join(root, 'out', 'glovebox.vsix');
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: run "npm run package" first.`);
  const args = ['--install-extension', vsix, '--extensions-dir', extensionsFolder];
  const data = ['--server-data-dir', path.join(extensionsFolder, '..', 'install-data')];
  const output = await mustRun('node', [workbench.server, ...args, ...data, '--accept-server-license-terms']);
  if (!output.includes('successfully installed'))
    throw new Error(`The package was not installed:\n${output}`);
}
