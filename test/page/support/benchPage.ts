import { launchBrowser } from '../../support/workbench/browser.ts';
import { measureStreaming } from './measureStreaming.ts';

// Prints how the page keeps up with a long answer: `node test/page/support/benchPage.ts [tokens] [per second]`.
const [tokens = 5000, perSecond = 200] = process.argv.slice(2).map(Number);
const browser = await launchBrowser();
try {
  console.log(JSON.stringify(await measureStreaming(browser, tokens, perSecond)));
} finally {
  await browser.close();
}
