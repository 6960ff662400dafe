import type { Page } from 'playwright-core';

export interface PageTrace {
  /** Names of elements that the page itself never makes. */
  readonly foreign: string[];
  /** Attributes through which markup acts. */
  readonly handlers: string[];
  /** Whether any of the texts was carried out. */
  readonly hit: boolean;
}

interface Element {
  readonly tagName: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  closest(selector: string): unknown;
}

/** What hostile text has left in the document. */
export async function pageTrace(page: Page): Promise<PageTrace> {
  return page.evaluate(() => {
    const scope = globalThis as unknown as {
      wasHit?: boolean;
      document: { querySelectorAll(selector: string): Iterable<Element> };
    };
    const own =
      'HTML HEAD BODY TITLE META LINK SCRIPT DIV SPAN BDI BUTTON svg path HEADER MAIN SECTION ARTICLE P UL OL LI ' +
      'H2 H3 H4 H5 STRONG EM DEL CODE PRE BLOCKQUOTE HR BR TABLE THEAD TBODY TR TH TD A DETAILS SUMMARY ' +
      'TEXTAREA INPUT METER IMG FIGURE FIGCAPTION';
    const known = new Set(own.split(' '));
    const foreign: string[] = [];
    const handlers: string[] = [];
    for (const found of scope.document.querySelectorAll('*')) {
      if (!known.has(found.tagName)) foreign.push(found.tagName);
      if (['SCRIPT', 'LINK', 'META', 'TITLE'].includes(found.tagName) && found.closest('#chat') !== null)
        foreign.push(found.tagName);
      for (const { name, value } of found.attributes)
        if (/^on|^(?:href|srcdoc|action|formaction|style)$/i.test(name) && found.closest('#chat') !== null)
          handlers.push(`${name}=${value}`);
    }
    return { foreign, handlers, hit: scope.wasHit === true };
  });
}
