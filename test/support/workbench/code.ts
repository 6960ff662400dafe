#!/usr/bin/env node
import { format } from 'node:util';
import { ensureWorkbench } from '../../../scripts/setup/workbench.ts';
import { remotePath, workbenchAddress } from '../../../scripts/setup/workbenchAddress.ts';
import { startWorkbenchServer } from '../../../scripts/setup/workbenchServer.ts';
import { launchBrowser } from './browser.ts';
import { parseCodeArguments } from './codeArguments.ts';

// Stands in for the VS Code desktop executable: the same arguments, but VS Code's server and a headless
// browser, for machines without a display. The tests run in a real extension host either way.
const limitMs = 10 * 60_000;
const workbenchNoise =
  /^(\[|Resolv|Creating a socket|Ignoring fetching|Updating additional)|spdlog|native-watchdog/;
const args = parseCodeArguments(process.argv.slice(2));
const part = await ensureWorkbench(console.log);
if (part.kind === 'missing') throw new Error(`${part.what} is missing. ${part.how}`);

const server = await startWorkbenchServer(part.value, {
  testDriver: true,
  workspaceTrust: args.workspaceTrust,
  ...(args.extensionsFolder === undefined ? {} : { extensionsFolder: args.extensionsFolder }),
  settings: {
    'workbench.startupEditor': 'none',
    'telemetry.telemetryLevel': 'off',
    'chat.disableAIFeatures': true,
  },
});
const browser = await launchBrowser();
const ended = Promise.withResolvers<number>();
const timer = setTimeout(() => {
  console.error('The tests in the extension host did not come to an end.');
  ended.resolve(98);
}, limitMs);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ended.resolve(130));
let sawPassing = false;
try {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.on('crash', () => ended.resolve(97));
  await page.exposeFunction('codeAutomationLog', (_level: string, values: readonly unknown[]) => {
    const line = format(...values);
    if (/^\s*[1-9]\d* passing/m.test(line)) sawPassing = true;
    if (!workbenchNoise.test(line)) console.log(line);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => ended.resolve(code));
  const payload: (readonly [string, string])[] = [['skipWelcome', 'true']];
  for (const folder of args.development) {
    payload.push(['extensionDevelopmentPath', remotePath(server.port, folder)]);
  }
  if (args.tests !== undefined) payload.push(['extensionTestsPath', remotePath(server.port, args.tests)]);
  await page.goto(workbenchAddress(server.port, args.folder ?? server.folder, { payload }));
  process.exitCode = await ended.promise;
} finally {
  clearTimeout(timer);
  await browser.close();
  await server.stop();
}
// An extension host that was killed reports success: only mocha's own last words count.
if (process.exitCode === 0 && !sawPassing) {
  console.error('The extension host ended without a summary of its tests.');
  process.exitCode = 95;
}
process.exit();
