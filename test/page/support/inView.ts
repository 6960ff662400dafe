import type { Locator } from 'playwright-core';

interface Box {
  readonly left: number;
  readonly right: number;
}
interface PageNode {
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly ownerDocument: { createRange(): PageRange };
  readonly parentElement: { getBoundingClientRect(): Box };
}
interface PageRange {
  selectNodeContents(node: unknown): void;
  getClientRects(): ArrayLike<Box>;
}

/** How much of what is in an element lies behind its edge, in pixels. */
export function hiddenWidth(of: Locator): Promise<number> {
  return of.evaluate((node) => {
    const { scrollWidth, clientWidth } = node as unknown as PageNode;
    return scrollWidth - clientWidth;
  });
}

/** Whether the last words of a text lie within the width of what is around it. */
export function endInView(of: Locator): Promise<boolean> {
  return of.evaluate((node) => {
    const { ownerDocument, parentElement } = node as unknown as PageNode;
    const range = ownerDocument.createRange();
    range.selectNodeContents(node);
    const around = parentElement.getBoundingClientRect();
    const end = Array.from(range.getClientRects()).at(-1);
    return end !== undefined && end.left >= around.left && end.right <= around.right;
  });
}
