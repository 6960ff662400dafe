import { readdir } from 'node:fs/promises';
import path from 'node:path';
import Mocha from 'mocha';
import CountingReporter from '../support/mocha/countingReporter.ts';
import { mochaHooks } from '../support/requests/requestHooks.ts';

/** VS Code calls this in its extension host; it rejects when a test fails. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, color: false, reporter: CountingReporter });
  mocha.rootHooks(mochaHooks);
  const folder = import.meta.dirname;
  const files = (await readdir(folder)).filter((name) => name.endsWith('.test.js')).sort();
  for (const file of files) mocha.addFile(path.join(folder, file));
  await mocha.loadFilesAsync();
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} tests failed in the extension host`));
    });
  });
}
