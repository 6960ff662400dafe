import { findCommand } from './command.ts';
import { installPackages } from './debian.ts';
import { missing, ready, type Log, type Part } from './part.ts';

/** A Chromium for the tests of the user interface. */
export async function ensureBrowser(log: Log): Promise<Part<string>> {
  const find = () => findCommand('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
  const found = process.env['CHROMIUM_PATH'] ?? (await find());
  if (found !== undefined) return ready(found);
  await installPackages(['chromium', 'fonts-dejavu-core'], log);
  const installed = await find();
  if (installed !== undefined) return ready(installed);
  return missing('Chromium', 'Install Chromium or Chrome, or name its executable in CHROMIUM_PATH.');
}
