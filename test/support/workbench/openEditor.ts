import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { ensureWorkbench } from '../../../scripts/setup/workbench.ts';
import { workbenchAddress } from '../../../scripts/setup/workbenchAddress.ts';
import { startWorkbenchServer } from '../../../scripts/setup/workbenchServer.ts';
import { launchBrowser } from './browser.ts';
import { Editor } from './editor.ts';
import { installPackage } from './installPackage.ts';
import { killExtensionHost } from './killExtensionHost.ts';
import { whenStarted } from './ourContainers.ts';

const sample = path.resolve(import.meta.dirname, '../../fixtures/sample');
const quiet = {
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

export interface EditorOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly workspaceTrust?: boolean;
}

export interface OpenEditor {
  readonly editor: Editor;
  /** A copy of the sample workspace. */
  readonly workspace: string;
  /** Where the extension keeps its data. */
  readonly storage: string;
  /** Changes the settings of the workspace, and waits until the editor has them. */
  configure(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Closes the window; the server and its extension host go on until `close`. */
  closeWindow(): Promise<void>;
  /** The same workspace in a new window. */
  reopen(): Promise<Editor>;
  /** Ends the extension host as a crash would: no goodbye, no clean-up. */
  killExtensionHost(): Promise<void>;
  serverLog(): string;
  close(): Promise<void>;
}

/** VS Code on a copy of the sample workspace with the packaged extension installed, in a browser. */
export async function openEditor(options: EditorOptions = {}): Promise<OpenEditor> {
  const workbench = await ensureWorkbench(console.log);
  if (workbench.kind === 'missing') throw new Error(`${workbench.what} is missing. ${workbench.how}`);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'gbe-'));
  const workspace = path.join(folder, 'sales');
  await cp(sample, workspace, { recursive: true });
  const extensionsFolder = path.join(folder, 'extensions');
  await installPackage(workbench.value, extensionsFolder);
  // A key of the person who runs the tests must not get into them.
  const env = { ANTHROPIC_API_KEY: '', ANTHROPIC_BASE_URL: '', ...options.env };
  const settings = { ...quiet, ...options.settings };
  const trust = options.workspaceTrust ?? false;
  const server = await startWorkbenchServer(workbench.value, {
    extensionsFolder,
    env,
    settings,
    workspaceTrust: trust,
  });
  const browser = await launchBrowser();
  const open = async (): Promise<Editor> => {
    const editor = await openWindow(browser);
    await editor.page.goto(workbenchAddress(server.port, workspace));
    await editor.ready();
    return editor;
  };
  let editor = await open();
  let configured = 0;
  return {
    get editor() {
      return editor;
    },
    workspace,
    storage: path.join(server.folder, 'data/User/globalStorage/glovebox.glovebox'),
    async configure(values) {
      await mkdir(path.join(workspace, '.vscode'), { recursive: true });
      // The extension is told of all settings at once, before anything that is done in the window later.
      const title = `settings ${(configured += 1)}`;
      const file = path.join(workspace, '.vscode', 'settings.json');
      await writeFile(file, JSON.stringify({ ...values, 'window.title': title }));
      await editor.page.waitForFunction(
        (wanted) =>
          (globalThis as unknown as { document: { title: string } }).document.title.includes(wanted),
        title,
      );
    },
    async closeWindow() {
      // Leaving the page says goodbye to the server, as closing a window does.
      await editor.page.goto('about:blank');
      await editor.page.context().close();
    },
    async reopen() {
      editor = await open();
      return editor;
    },
    killExtensionHost: () => killExtensionHost(server.pid),
    serverLog: () => server.log(),
    async close() {
      await browser.close();
      await whenStarted(10_000);
      await server.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function openWindow(browser: Browser): Promise<Editor> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(60_000);
  return new Editor(await context.newPage());
}
