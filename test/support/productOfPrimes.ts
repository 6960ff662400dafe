import type { Language } from '../../src/core/language.ts';

/** The same small program in each language. */
export const productOfPrimes: Readonly<Record<Language, string>> = {
  python: 'product = 1\nfor prime in (2, 3, 7):\n    product *= prime\nprint(f"product: {product}")\n',
  javascript:
    'let product = 1;\nfor (const prime of [2, 3, 7]) product *= prime;\nconsole.log(`product: ${product}`);\n',
  typescript:
    'let product: number = 1;\nfor (const prime of [2, 3, 7] as const) product *= prime;\nconsole.log(`product: ${product}`);\n',
  shell:
    'product=1\nfor prime in 2 3 7; do\n  product=$((product * prime))\ndone\necho "product: $product"\n',
};

/** What it writes. */
export const primesWritten = 'product: 42\n';
