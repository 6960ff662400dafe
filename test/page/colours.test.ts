import assert from 'node:assert/strict';
import { runPageStyle } from '../../src/ui/history/runPageStyle.ts';
import { chatForEach } from './support/chatForEach.ts';
import { clean, proposalOf, resultOf } from './support/samples.ts';

describe('green text in a light theme', () => {
  const chat = chatForEach();

  it('can be read on the card and on the page of a run', async () => {
    const { page } = chat.open;
    const answering = await chat.ask('List');
    const proposal = proposalOf(answering.request.threadId, { code: '# why\nprint(1)\n' });
    answering.emit({ kind: 'proposed', proposal, report: clean });
    answering.emit({ kind: 'ran', proposalId: 'p1', result: resultOf() });
    answering.end();
    await page.getByTestId('status').filter({ hasText: 'Done' }).waitFor();
    await page.evaluate(adopt, lightTheme);
    await page.evaluate("document.body.classList.add('vscode-light')");
    for (const green of ['.badge.good', '.tone-comment'])
      assert.ok((await page.evaluate(contrastOnWhite, green)) >= 4.5, green);
    await page.evaluate('document.body.replaceChildren()');
    await page.evaluate(adopt, runPageStyle);
    await page.evaluate(
      "document.body.append(Object.assign(document.createElement('b'), { className: 'status ok' }))",
    );
    assert.ok((await page.evaluate(contrastOnWhite, '.status.ok')) >= 4.5, 'status of a run');
  });
});

/** Colours of Light Modern. */
const lightTheme = ':root { --vscode-testing-iconPassed: #73c991; --vscode-charts-green: #388a34; }';

interface PageScope {
  readonly CSSStyleSheet: new () => { replaceSync(style: string): void };
  readonly document: {
    adoptedStyleSheets: unknown[];
    querySelector(selector: string): unknown;
    createElement(name: 'canvas'): {
      getContext(kind: '2d'): {
        fillStyle: string;
        fillRect(x: number, y: number, width: number, height: number): void;
        getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
      };
    };
  };
  getComputedStyle(of: unknown): { color: string };
}

/** Runs in the page, whose policy allows no other style than its own file. */
function adopt(style: string): void {
  const { CSSStyleSheet, document } = globalThis as unknown as PageScope;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets.push(sheet);
}

/** Runs in the page: how well a text can be told from white, as WCAG counts it. */
function contrastOnWhite(selector: string): number {
  const scope = globalThis as unknown as PageScope;
  const drawing = scope.document.createElement('canvas').getContext('2d');
  drawing.fillStyle = scope.getComputedStyle(scope.document.querySelector(selector)).color;
  drawing.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = [...drawing.getImageData(0, 0, 1, 1).data].map((value) => {
    const part = value / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
