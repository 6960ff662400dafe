import { chromium, type Browser } from 'playwright-core';
import { ensureBrowser } from '../../../scripts/setup/browser.ts';

/** A headless Chromium; the sandbox of its own needs privileges that a container rarely has. */
export async function launchBrowser(): Promise<Browser> {
  const part = await ensureBrowser(console.log);
  if (part.kind === 'missing') throw new Error(`${part.what} is missing. ${part.how}`);
  return chromium.launch({
    executablePath: part.value,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
