import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/workbench/browser.ts';

/** One browser for all tests of the suite in whose body this is called; there while they run. */
export function browserForSuite(): () => Browser {
  let browser: Browser | undefined;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error('The browser is there only while a test of its suite runs.');
    return browser;
  };
}
